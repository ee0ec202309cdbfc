#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Prints how many tests of a ctest record (--output-junit) passed, failed and were skipped; names the skipped."""
import sys
import xml.etree.ElementTree as tree


def main():
    counts = {"run": 0, "fail": 0, "notrun": 0}
    for case in tree.parse(sys.argv[1]).getroot().iter("testcase"):
        status = case.get("status")
        # What could not even start counts as failed; what asked to be skipped says why.
        skipped = case.find("skipped") is not None
        counts["notrun" if skipped else "run" if status == "run" else "fail"] += 1
        if skipped:
            why = [line for line in (case.findtext("system-out") or "").splitlines() if line.startswith("skipped:")]
            print(f"{case.get('name')} {why[0] if why else 'skipped'}", file=sys.stderr)
    print(counts["run"], counts["fail"], counts["notrun"])


if __name__ == "__main__":
    main()
