#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy 16 on the source files that changed since the merge base, or on all.

    tidy.py [--full] [-j N] [FILE ...]

The base is where this branch left origin's; on that branch itself, the commit before its head. A changed header
is tidied through the source file of its name, or alone.
"""
import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/tidy"


def git(*arguments):
    done = subprocess.run(["git", "-c", f"safe.directory={ROOT}", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def base():
    """The commit to compare with; empty when everything counts as new."""
    head = git("rev-parse", "HEAD")
    fork = git("merge-base", "HEAD", "origin/HEAD") or git("merge-base", "HEAD", "origin/main")
    return fork if fork and fork != head else git("rev-parse", "--verify", "--quiet", "HEAD^")


def changed():
    """Paths that differ from the base; None for all."""
    since = base()
    if not since:
        return None
    names = git("diff", "--name-only", since).splitlines() + git("ls-files", "--others", "--exclude-standard").splitlines()
    return None if ".clang-tidy" in names else set(names)


def commands():
    """Every file that is compiled, by its path from the root."""
    entries = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
    paths = {pathlib.Path(entry["file"]) for entry in entries}
    return {str(path.relative_to(ROOT)): path for path in sorted(paths)}


def concerns(name, names):
    """Whether tidying `name` looks at one of `names`."""
    if name in names or re.sub(r"\.cpp$", ".h", name) in names:
        return True
    alone = re.match(r"build/tidy/tests/repo/headers/(\w+)\.cpp$", name)
    return bool(alone) and any(re.sub(r"\W", "_", header) == alone.group(1) for header in names if header.endswith(".h"))


def wanted(name):
    return not name.startswith("build/") or "/repo/headers/" in name


def tidy(path):
    done = subprocess.run(["clang-tidy-16", "--quiet", "-p", BUILD, path], cwd=ROOT, capture_output=True, text=True, check=False)
    findings = done.stdout.strip()
    if done.returncode and not findings:
        findings = done.stderr.strip()
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("-j", dest="jobs", type=int, default=2)
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    names = set(arguments.files) or (None if arguments.full else changed())
    compiled = {name: path for name, path in commands().items() if wanted(name)}
    chosen = [path for name, path in compiled.items() if names is None or concerns(name, names)]
    print(f"{len(chosen)} of {len(compiled)} files", flush=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=arguments.jobs) as pool:
        for findings in pool.map(tidy, chosen):
            if findings:
                failed += 1
                print(findings.replace(f"{ROOT}/", ""), flush=True)
    print(f"{len(chosen) - failed} clean, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
