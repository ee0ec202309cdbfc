#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The real nft accepts every nftables file that is checked in, and every example compiled for nftables; loaded a
second time, a file leaves the same rules, and other tables as they were.

    load_test.py --cordon BINARY
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import lab

ROOT = pathlib.Path(__file__).resolve().parents[2]


def checked_in():
    yield from sorted(ROOT.glob("examples/*/output/*.nft"))
    yield from sorted(ROOT.glob("backends/*/golden/*/*.nft"))


def retargeted(cordon, folder):
    for project in sorted(path.parent / "cordon.yaml" for path in ROOT.glob("examples/*/output")):
        output = pathlib.Path(folder) / project.parent.name
        lab.run([cordon, "compile", str(project.parent), "-o", str(output), "--retarget", "all=nftables"])
        yield from sorted(output.glob("*.nft"))


def load(path):
    """What stands after it, or why the file is refused."""
    done = subprocess.run(["nft", "-f", str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        return None, f"nft refuses {path}: {done.stderr[:2000]}"
    return lab.run(["nft", "-s", "list", "ruleset"]), ""


def fault_of(path):
    first, refusal = load(path)
    if first is None:
        return refusal
    second, refusal = load(path)
    if first != second:
        return refusal or f"{path}: loaded a second time, it leaves other rules"
    return "" if "table inet other" in second else f"{path}: another table is gone"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", required=True)
    cordon = parser.parse_args().cordon
    lab.enter()
    lab.run(["nft", "add", "table", "inet", "other"])
    tried = faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in [*checked_in(), *retargeted(cordon, folder)]:
            tried += 1
            fault = fault_of(path)
            if fault:
                faults += 1
                print(fault)
    print(f"{tried} files, {faults} faults")
    return 1 if faults or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
