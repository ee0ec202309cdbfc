#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Compiles policies and compares the configurations, byte for byte, with those that are checked in.

    backends/PLATFORM/golden/CASE/policy.yaml    beside it the expected files        case PLATFORM/CASE
    examples/NAME/cordon.yaml                    expected files in examples/NAME/output/   case example/NAME

    run_outputs.py --cordon BINARY [CASE ...]
    UPDATE_GOLDEN=1 run_outputs.py …              writes what is emitted now; read the diff
"""
import argparse
import pathlib
import sys
import tempfile

import cases

NOT_EXPECTED = {"policy.yaml", "README.md"} | cases.RECORDS


def expected_files(folder):
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())
            if path.is_file() and path.name not in NOT_EXPECTED}


def write(folder, expected, actual):
    folder.mkdir(parents=True, exist_ok=True)
    for name in expected.keys() - actual.keys():
        (folder / name).unlink()
    for name, data in actual.items():
        (folder / name).write_bytes(data)


def try_case(cordon, case, project, folder):
    with tempfile.TemporaryDirectory() as scratch:
        actual, messages = cases.compile_to(cordon, project, pathlib.Path(scratch) / "out")
    if actual is None:
        print(f"{case} does not compile: {messages}")
        return False
    expected = expected_files(folder)
    if actual == expected and expected:
        return True
    if cases.updating() and actual:
        write(folder, expected, actual)
        print(f"updated {case}")
        return True
    for name in sorted(expected.keys() | actual.keys()):
        if name not in actual:
            print(f"{case}: {name} is expected and not emitted")
        elif name not in expected:
            print(f"{case}: {name} is emitted and not expected")
        else:
            print(cases.difference(expected[name], actual[name], name), end="")
    print(f"again:  tests/golden/run_outputs.py --cordon {cordon} {case}")
    print(f"update: UPDATE_GOLDEN=1 tests/golden/run_outputs.py --cordon {cordon} {case}")
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    chosen = [case for case in cases.output_cases() if not arguments.names or case[0] in arguments.names]
    failed = sum(not try_case(arguments.cordon.resolve(), *case) for case in chosen)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
