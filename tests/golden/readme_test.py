#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""What the README tells a newcomer to type works as it stands there, from the first command to the last.

    readme_test.py --cordon BINARY
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def commands():
    """The `cordon` lines of the README's sessions, without their remarks."""
    for block in re.findall(r"^```console\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S):
        for line in re.findall(r"^\$ (cordon .*)$", block, re.M):
            yield re.sub(r"\s{2,}#.*", "", line).strip()


def faults(cordon):
    starter, template = ROOT / "examples/starter/cordon.yaml", ROOT / "policies/templates/starter/cordon.yaml"
    if starter.read_bytes() != template.read_bytes():
        yield f"{starter.relative_to(ROOT)} is not what `cordon init` writes"
    asked = list(commands())
    for word in ("init", "check", "compile", "blame"):
        if not any(line.startswith(f"cordon {word} ") for line in asked):
            yield f"the README shows no `cordon {word}`"
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, PATH=f"{cordon.parent}:/usr/bin:/bin")
        for line in asked:
            done = subprocess.run(["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                yield f"`{line}` ends with {done.returncode}: {done.stdout}{done.stderr}"
            elif line.startswith("cordon blame") and "cordon.yaml:" not in done.stdout:
                yield f"`{line}` names no line of the policy: {done.stdout}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    found = list(faults(parser.parse_args().cordon.resolve()))
    print("\n".join(found) or f"{len(list(commands()))} commands work")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
