#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The broken hospital: every seeded fault is found where it is marked, nothing else is found, and the sound reference
hospital has no finding at all.

    broken_hospital_test.py --cordon BINARY [--list]

A line of the policy that ends in `# fault: NAME, NAME` is the line that findings of these kinds point at.
`--list` prints what is found in the form of such marks.
"""
import argparse
import collections
import json
import pathlib
import re
import sys

import cases

BROKEN = cases.ROOT / "examples/broken-hospital"
SOUND = cases.ROOT / "examples/reference-hospital"
MARK = re.compile(r"# fault: ([a-z0-9, -]+)$")
AS_OF = "2026-11-01"
LEAST_FAULTS = 40


def found_in(cordon, project):
    """Kinds by place, how often each, and the findings themselves."""
    code, printed, errors = cases.run(cordon, "check", project, "--format", "json", "--as-of", AS_OF)
    if code not in (0, 1):
        sys.exit(f"exit {code}: {(printed + errors).decode('utf-8', 'replace')}")
    document = json.loads(printed)
    findings = [each for each in document["findings"] if each["status"] == "open"]
    places = collections.Counter()
    for finding in findings:
        region = finding["regions"][0] if finding["regions"] else {"path": "(no file)", "start": {"line": 0}}
        places[(region["path"], region["start"]["line"], finding["slug"])] += 1
    return places, findings


def marked():
    places = collections.Counter()
    for path in sorted(BROKEN.glob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark = MARK.search(line)
            for name in re.split(r",\s*", mark.group(1)) if mark else []:
                places[(path.name, number, name)] += 1
    return places


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    cordon = arguments.cordon.resolve()
    found, findings = found_in(cordon, BROKEN)
    if arguments.list:
        for (path, line, slug), count in sorted(found.items()):
            print(f"{path}:{line} {slug}{f' x{count}' if count > 1 else ''}")
        return 0
    wanted = marked()
    faults = [f"{path}:{line} should raise {slug}, and does not" for path, line, slug in sorted(wanted) if (path, line, slug) not in found]
    faults += [f"{path}:{line} raises {slug} without a mark" for path, line, slug in sorted(found) if (path, line, slug) not in wanted]
    for finding in findings:
        if not finding["helps"]:
            faults.append(f"{finding['slug']} shows no way out: {finding['message']}")
        if not any(note.startswith("why it matters: ") for note in finding["notes"]):
            faults.append(f"{finding['slug']} does not say why it matters")
        if not finding["regions"]:
            faults.append(f"{finding['slug']} has no place")
    if len(wanted) < LEAST_FAULTS:
        faults.append(f"only {len(wanted)} faults are seeded")
    sound, _ = found_in(cordon, SOUND)
    faults += [f"the reference hospital raises {slug} at {path}:{line}" for path, line, slug in sorted(sound)]
    print("\n".join(faults))
    kinds = {slug for _, _, slug in wanted}
    print(f"{len(wanted)} marks of {len(kinds)} kinds, {len(findings)} findings")
    print(f"{max(len(wanted) - len(faults), 0)} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
