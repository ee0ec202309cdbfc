#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Runs transcripts of the command line and compares what was printed.

A transcript in tests/golden/cli/ is a text file. A line that begins with `$ ` is run by sh in an empty
folder of its own, with `cordon` on the path; what it prints (both streams) stands below it, and `[exit N]`
when the exit code is not 0. Lines before the first command say what the transcript shows.

    run_transcripts.py --cordon BINARY [NAME ...]
    UPDATE_GOLDEN=1 run_transcripts.py …          write what was printed; read the diff before you commit
"""
import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "cli"


def play(text, cordon):
    """The transcript with the output that its commands give now."""
    out = []
    commands = [line for line in text.splitlines() if line.startswith("$ ")]
    head = text.split("$ ", 1)[0] if commands else text
    out.append(head)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": f"{cordon.parent}:/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        if "CORDON_LIBRARY" in os.environ:
            environment["CORDON_LIBRARY"] = os.environ["CORDON_LIBRARY"]
        for command in commands:
            done = subprocess.run(["sh", "-c", command[2:]], cwd=folder, env=environment, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
            out.append(command + "\n" + done.stdout)
            if done.returncode:
                out.append(f"[exit {done.returncode}]\n")
    return "".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    paths = sorted(FOLDER.glob("*.txt"))
    if arguments.names:
        paths = [path for path in paths if path.stem in arguments.names]
    failed = 0
    for path in paths:
        expected = path.read_text(encoding="utf-8")
        actual = play(expected, arguments.cordon.resolve())
        if actual == expected:
            continue
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(actual, encoding="utf-8")
            print(f"updated {path.name}")
            continue
        failed += 1
        sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), actual.splitlines(True), str(path.name), "now"))
        print(f"again: tests/golden/run_transcripts.py --cordon {arguments.cordon} {path.stem}")
    print(f"{len(paths) - failed} passed, {failed} failed")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
