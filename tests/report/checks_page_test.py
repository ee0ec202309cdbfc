#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""policies/CHECKS.md is the table that the program prints.

    checks_page_test.py --cordon BINARY
    UPDATE_GOLDEN=1 checks_page_test.py …      write what is printed
"""
import argparse
import difflib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "policies/CHECKS.md"


def listed(cordon, form):
    return subprocess.run([cordon, "check", f"--list={form}"], check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    cordon = parser.parse_args().cordon.resolve()
    now = listed(cordon, "markdown")
    codes = [check["code"] for check in json.loads(listed(cordon, "json"))["checks"]]
    if codes != sorted(codes) or any(f"\n| {code} |" not in now for code in codes):
        print("the lists as JSON and as Markdown differ")
        return 1
    if len(listed(cordon, "text").splitlines()) != len(codes):
        print("the lists as JSON and as text differ")
        return 1
    expected = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    if now == expected:
        return 0
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(now, encoding="utf-8")
        return 0
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), now.splitlines(True), str(PAGE.relative_to(ROOT)), "now"))
    print("\nUPDATE_GOLDEN=1 ctest -R report.checks_page writes it")
    return 1


if __name__ == "__main__":
    sys.exit(main())
