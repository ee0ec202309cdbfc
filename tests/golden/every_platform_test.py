#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Every policy that is sound, through every platform: compiled, or refused with a finding; never anything else.

    every_platform_test.py --cordon BINARY
"""
import argparse
import pathlib
import re
import sys
import tempfile

import cases

REFUSAL = re.compile(rb"^error\[CD(45|5[1-9])\d\d ", re.MULTILINE)


def platforms():
    folders = (path.parent.name for path in (cases.ROOT / "backends").glob("*/capabilities.cpp"))
    return sorted(folder.replace("_", "-") for folder in folders)


def sound_policies():
    for path in sorted(cases.DIAGNOSTICS.glob("good_*.yaml")):
        yield path.name, path
    for name, project, _ in cases.output_cases():
        yield name, project


def fault(code, messages, written):
    if code == 0:
        return None if written else "nothing was written"
    if written:
        return "files were written in spite of the refusal"
    if code != 1 or not REFUSAL.search(messages):
        return f"exit {code}\n{messages.decode('utf-8', 'replace')}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    cordon = parser.parse_args().cordon.resolve()
    passed = refused = failed = 0
    for name, project in sound_policies():
        for platform in platforms():
            with tempfile.TemporaryDirectory() as scratch:
                output = pathlib.Path(scratch) / "out"
                code, printed, errors = cases.run(cordon, "compile", project, "-o", output, "--retarget", f"all={platform}")
                what = fault(code, printed + errors, output.is_dir())
            refused += code == 1 and what is None
            passed += what is None
            if what:
                failed += 1
                print(f"{name} on {platform}: {what}")
    print(f"{refused} of {passed} were refused by a finding")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
