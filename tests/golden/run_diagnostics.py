#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Runs `cordon check` on the policies of tests/golden/diagnostics/ and compares what is printed.

A case is NAME.yaml with the expected text at its foot, each line after `#> `, so that the file stays valid
YAML and no line number moves; or a folder NAME/ with a cordon.yaml, and the text in expected.txt. The text is
what went to both streams, and `exit N` as its last line. A case is called bad_ if and only if it has an error
or a warning, good_ otherwise. A case that is called after a check is checked by that check alone (`--only`), whatever its
profile.

    run_diagnostics.py --cordon BINARY [NAME ...]       these cases, by default all
    run_diagnostics.py --unclaimed                      fails on files that no case claims
    UPDATE_GOLDEN=1 run_diagnostics.py …                writes what is printed now; read the diff
"""
import argparse
import pathlib
import re
import sys

import cases

MARK = b"#> "
FINDING = re.compile(r"^(error|warning|note)\[", re.MULTILINE)


def split_foot(data):
    """The policy and the expected text at its foot."""
    lines = data.splitlines(keepends=True)
    head = len(lines)
    while head and lines[head - 1].startswith(MARK.rstrip()):
        head -= 1
    return b"".join(lines[:head]), b"".join(line[len(MARK):] if line.startswith(MARK) else b"\n" for line in lines[head:])


def with_foot(policy, text):
    if policy and not policy.endswith(b"\n"):
        policy += b"\n"
    return policy + b"".join((MARK + line).rstrip() + b"\n" for line in text.splitlines())


def play(cordon, name):
    """What the case prints now."""
    target = f"{name}.yaml" if (cases.DIAGNOSTICS / f"{name}.yaml").is_file() else name
    slug = re.sub("^(bad|good)_", "", name).replace("_", "-")
    code, printed, errors = cases.run(cordon, "check", target, "--color", "never", *cases.check_options(slug),
                                      cwd=cases.DIAGNOSTICS)
    text = printed + errors
    if text and not text.endswith(b"\n"):
        text += b"\n"
    lines = [line.rstrip() for line in text.splitlines()] + [f"exit {code}".encode()]
    return b"\n".join(lines) + b"\n"


def misnamed(name, text):
    found = FINDING.search(text.decode("utf-8", "replace")) is not None
    if found != name.startswith("bad_"):
        return f"{name} {'has findings, so it is called bad_' if found else 'has no finding, so it is called good_'}"
    if not name.startswith(("bad_", "good_")):
        return f"{name} is called neither bad_ nor good_"
    return None


def try_case(cordon, name):
    """Whether the case holds; says why when it does not."""
    single = cases.DIAGNOSTICS / f"{name}.yaml"
    beside = cases.DIAGNOSTICS / name / "expected.txt"
    policy, expected = b"", b""
    if single.is_file():
        policy, expected = split_foot(single.read_bytes())
    elif beside.is_file():
        expected = beside.read_bytes()
    actual = play(cordon, name)
    fault = misnamed(name, actual)
    if not fault and b"exit 70" in actual.splitlines():
        fault = f"{name} ends in an internal error"
    if fault:
        print(fault, actual.decode("utf-8", "replace"), sep="\n")
        return False
    if actual == expected:
        return True
    if cases.updating():
        single.write_bytes(with_foot(policy, actual)) if single.is_file() else beside.write_bytes(actual)
        print(f"updated {name}")
        return True
    print(cases.difference(expected, actual, name) or f"{name} expects nothing")
    print(f"again:  tests/golden/run_diagnostics.py --cordon {cordon} {name}")
    print(f"update: UPDATE_GOLDEN=1 tests/golden/run_diagnostics.py --cordon {cordon} {name}")
    return False


def unclaimed():
    """Files and folders that are no case, and single files that expect nothing."""
    names = set(cases.diagnostic_cases())
    for path in sorted(cases.DIAGNOSTICS.iterdir()):
        if path.stem not in names and path.name not in names and path.name != "README.md":
            yield f"{path.name} is claimed by no case"
        if path.suffix == ".yaml" and not split_foot(path.read_bytes())[1]:
            yield f"{path.name} expects nothing"
        if path.is_dir() and not (path / "expected.txt").is_file():
            yield f"{path.name}/ expects nothing"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path)
    parser.add_argument("--unclaimed", action="store_true")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    if arguments.unclaimed:
        faults = list(unclaimed())
        print("\n".join(faults) or "every file is a case, and every case expects something")
        return 1 if faults else 0
    if not arguments.cordon:
        parser.error("--cordon is missing")
    names = arguments.names or list(cases.diagnostic_cases())
    failed = sum(not try_case(arguments.cordon.resolve(), name) for name in names)
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
