#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Lines of every example with the optimisations and without them: never more with than without.

    line_counts_test.py --cordon BINARY

Prints the table of tests/README.md.
"""
import argparse
import pathlib
import sys
import tempfile

import cases

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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    cordon = parser.parse_args().cordon.resolve()
    names = pass_names(cordon)
    compared = failed = 0
    print("| example | platform | lines written | without optimisations |")
    print("|---|---|---|---|")
    for name, project, _ in cases.output_cases():
        for platform in PLATFORMS if name.startswith("example/") else (None,):
            full = lines(cordon, project, platform, names)
            if full is None:
                continue
            lean = lines(cordon, project, platform, [])
            compared += 1
            if name.startswith("example/"):
                print(f"| {name[8:]} | {platform or 'its own'} | {lean:,} | {full:,} |")
            if lean is None or lean > full:
                failed += 1
                print(f"{name}: the optimisations made it longer")
    print(f"{compared - failed} passed, {failed} failed")
    return 1 if failed or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
