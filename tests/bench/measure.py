#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Processor time, memory and lines of whole runs on generated policies, beside the bars that we set ourselves.

    measure.py --cordon build/release/cordon [--runs 3]

The lowest of several runs is printed: these are machines with neighbours. Each stage's share comes from
`cordon --timings`. Prints a Markdown table for tests/README.md. Of the lines it says how many only tell a reader where
the others come from: remarks, comments and separators.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# name, arguments of generate.py, command, seconds of processor time, MiB, lines of configuration
CASES = [
    ("10,000 rules to one ASA", ["matrix", "--rules", "10000"], "compile", 0.4, 60, 24651),
    ("100,000 rules to one ASA", ["matrix", "--rules", "100000"], "compile", 3.5, 400, 388546),
    ("10,000 rules to one IOS router", ["matrix", "--rules", "10000", "--platform", "cisco-ios"], "compile", None, None, 122094),
    ("10,000 rules to nftables", ["matrix", "--rules", "10000", "--platform", "nftables"], "compile", None, None, 39223),
    ("1,040 devices, 10,000 services", ["topology"], "compile", 2.5, 150, 371660),
    ("1,040 devices, check only", ["topology"], "check", 0.6, None, None),
    ("60 zones, 400 conduits, 20,000 hosts, check", ["hospital"], "check", 1.0, 200, None),
    ("500 zones, 5,000 conduits, 100,000 hosts, every check of a hospital", ["campus"], "check", 2.0, None, None),
]

REMARK = re.compile(rb"^ *(?:\d+ )?(?:access-list \S+ )?(?:remark |#|!|\n)", re.MULTILINE)


def run(command):
    """Seconds of processor time, MiB at most, and the standard error of one run."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    if status:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{text}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def lines_of(folder):
    """All lines of configuration, and those of them that do nothing."""
    total = remarks = 0
    for path in folder.glob("*"):
        if path.suffix == ".json":
            continue
        text = path.read_bytes()
        total += text.count(b"\n")
        remarks += len(REMARK.findall(text))
    return total, remarks


def shares(text):
    return ", ".join(f"{name} {float(seconds):.2f}" for name, seconds in
                     re.findall(r"^(\w+) +([0-9.]+) s CPU +\d+ %", text, re.MULTILINE))


def measure(cordon, runs, arguments, command):
    with tempfile.TemporaryDirectory() as folder:
        project, output = pathlib.Path(folder) / "project", pathlib.Path(folder) / "out"
        subprocess.run([sys.executable, HERE / "generate.py", *arguments, project], check=True)
        line = [cordon, command, project, "--timings"] + (["-o", output] if command == "compile" else ["--fail-on", "never"])
        best = min((run(line) for _ in range(runs)), key=lambda result: result[0])
        lines = lines_of(output)
    return best, lines


def beside(value, bar, form):
    return form.format(value) + (f" (bar {form.format(bar)})" if bar is not None else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", required=True, type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    print("| input | CPU s | MiB | lines | stages, CPU s |\n| --- | --- | --- | --- | --- |")
    for name, generate, command, seconds_bar, memory_bar, lines_bar in CASES:
        (seconds, memory, text), (lines, remarks) = measure(arguments.cordon.resolve(), arguments.runs, generate, command)
        shown = f"{beside(lines, lines_bar, '{:,}')}, {remarks:,} of them remarks" if command == "compile" else "–"
        print(f"| {name} | {beside(seconds, seconds_bar, '{:.2f}')} | {beside(memory, memory_bar, '{:.0f}')} "
              f"| {shown} | {shares(text)} |", flush=True)


if __name__ == "__main__":
    main()
