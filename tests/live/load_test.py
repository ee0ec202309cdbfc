#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The real nft accepts every nftables file that is checked in, and every example compiled for nftables.

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
    for project in sorted(ROOT.glob("examples/*/cordon.yaml")):
        output = pathlib.Path(folder) / project.parent.name
        lab.run([cordon, "compile", str(project.parent), "-o", str(output), "--retarget", "all=nftables"])
        yield from sorted(output.glob("*.nft"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", required=True)
    cordon = parser.parse_args().cordon
    lab.enter()
    tried = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in [*checked_in(), *retargeted(cordon, folder)]:
            done = subprocess.run(["nft", "-c", "-f", str(path)], capture_output=True, text=True, check=False)
            tried += 1
            if done.returncode:
                refused += 1
                print(f"nft refuses {path}: {done.stderr[:2000]}")
    print(f"{tried} files, {refused} refused")
    return 1 if refused or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
