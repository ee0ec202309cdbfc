#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The examples of every explain page, run: what is called wrong raises exactly the page's code, what is called
right raises nothing.

    explain_test.py --cordon BINARY

A fence marked yaml is a whole project in one file; one marked text is a piece that needs more than one file, and is
shown by a golden case instead.
"""
import argparse
import json
import pathlib
import re
import sys
import tempfile

import cases

PAGES = cases.ROOT / "compiler" / "diagnostics" / "explain"
EXAMPLE = re.compile(r"^## (Wrong|Right)\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def codes_of(cordon, text, scratch, options):
    policy = pathlib.Path(scratch) / "policy.yaml"
    policy.write_text(text, encoding="utf-8")
    code, printed, errors = cases.run(cordon, "check", policy, "--format", "json", *options)
    if code not in (0, 1, 3):
        return [f"exit {code}: {errors.decode('utf-8', 'replace')}"]
    return sorted({finding["code"] for finding in json.loads(printed)["findings"] if finding["status"] == "open"})


def faults(cordon, page, scratch):
    code = page.stem
    slugs = cases.check_slugs()
    for which, text in EXAMPLE.findall(page.read_text(encoding="utf-8")):
        expected = [code] if which == "Wrong" else []
        found = codes_of(cordon, text, scratch, cases.check_options(slugs.get(code, "")))
        if found != expected:
            yield f"{page.name}: the example called {which.lower()} raises {found or 'nothing'}, not {expected or 'nothing'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    cordon = parser.parse_args().cordon.resolve()
    pages = sorted(PAGES.glob("CD*.md"))
    run = sum(len(EXAMPLE.findall(page.read_text(encoding="utf-8"))) for page in pages)
    with tempfile.TemporaryDirectory() as scratch:
        found = [fault for page in pages for fault in faults(cordon, page, scratch)]
    for fault in found:
        print(fault)
    print(f"{run} examples on {len(pages)} pages")
    print(f"{run - len(found)} passed, {len(found)} failed")
    return 1 if found or not run else 0


if __name__ == "__main__":
    sys.exit(main())
