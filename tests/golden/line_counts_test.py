#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Lines of every example with the optimisations and without them: never more with than without.

    line_counts_test.py --cordon BINARY

Prints the table of tests/README.md.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import cases

GENERATOR = pathlib.Path(__file__).resolve().parents[1] / "bench/generate.py"
RULES = 20_000
PLATFORMS = (None, "cisco-asa", "cisco-ios", "nftables")


def pass_names(cordon):
    code, printed, errors = cases.run(cordon, "passes")
    if code:
        sys.exit(errors.decode("utf-8", "replace"))
    return [line.split()[0] for line in printed.decode().splitlines()]


def lines(cordon, project, platform, without):
    """Lines of configuration, or nothing where the platform refuses the policy."""
    with tempfile.TemporaryDirectory() as scratch:
        output = pathlib.Path(scratch) / "out"
        command = ["compile", project, "-o", output]
        if platform:
            command += ["--retarget", f"all={platform}"]
        for name in without:
            command += ["--without", name]
        code, _, _ = cases.run(cordon, *command)
        if code:
            return None
        return sum(path.read_bytes().count(b"\n") for path in output.iterdir() if path.suffix != ".json")


def inputs(scratch):
    """Name, project and platform: examples on each, goldens on their own, and a policy of many rules at random."""
    for name, project, _ in cases.output_cases():
        if name.startswith("example/"):
            yield from ((name[len("example/"):], project, platform) for platform in PLATFORMS)
        else:
            yield f"golden/{name}", project, None
    subprocess.run([sys.executable, "-B", GENERATOR, "matrix", "--rules", str(RULES), scratch / "matrix"], check=True)
    yield from ((f"{RULES:,} rules at random", scratch / "matrix", platform) for platform in PLATFORMS[1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    cordon = parser.parse_args().cordon.resolve()
    names = pass_names(cordon)
    compared = failed = 0
    print("| example | platform | lines written | without optimisations |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for name, project, platform in inputs(pathlib.Path(scratch)):
            full = lines(cordon, project, platform, names)
            if full is None:
                continue
            lean = lines(cordon, project, platform, [])
            compared += 1
            if not name.startswith("golden/"):
                print(f"| {name} | {platform or 'its own'} | {lean:,} | {full:,} |")
            if lean is None or lean > full:
                failed += 1
                print(f"{name}: the optimisations made it longer")
    print(f"{compared - failed} passed, {failed} failed")
    return 1 if failed or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
