# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The files of the repository, and how a test of them reports."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {"build", ".git", ".cache", "__pycache__"}


def listed_by_git():
    done = subprocess.run(["git", "-C", ROOT, "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others",
                           "--exclude-standard"], capture_output=True, check=False)
    return done.stdout.decode().split("\0")[:-1] if done.returncode == 0 else None


def walked():
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        yield from (str((pathlib.Path(folder) / name).relative_to(ROOT)) for name in names)


def files(*suffixes, under=""):
    """Paths relative to the root, sorted; without suffixes every file."""
    names = listed_by_git()
    paths = sorted(set(walked() if names is None else names))
    return [pathlib.PurePosixPath(path) for path in paths
            if path.startswith(under) and (not suffixes or path.endswith(suffixes)) and (ROOT / path).is_file()]


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def report(checks):
    """Runs the checks, which yield faults, and ends the program."""
    failed = 0
    for check in checks:
        faults = list(check())
        failed += bool(faults)
        for fault in faults:
            print(f"{check.__name__}: {fault}")
    print(f"{len(checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
