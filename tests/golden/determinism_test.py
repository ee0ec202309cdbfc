#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The same policy gives the same bytes: whatever the locale, time zone, number of threads, folder, user's
environment, and order or names of the source files.

    determinism_test.py --cordon BINARY
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import cases

PROJECTS = ["starter", "reference-hospital"]
INCLUDE_ITEM = re.compile(r"^  - (\S+\.yaml)\n", re.MULTILINE)
BLOCK = re.compile(r"^(?=[a-z-]+:)", re.MULTILINE)


def emitted(cordon, project, scratch, *arguments, records=True, cwd=None, **changes):
    """All files by name; with the records, since nothing of the outside may reach those either."""
    output = scratch / "out"
    code, printed, errors = cases.run(cordon, "compile", project, "-o", output, *arguments, cwd=cwd, **changes)
    if code:
        sys.exit(f"{project} does not compile: {(printed + errors).decode('utf-8', 'replace')}")
    files = {path.name: path.read_bytes() for path in output.iterdir() if records or path.name not in cases.RECORDS}
    shutil.rmtree(output)
    return files


def german(scratch):
    """A locale with a decimal comma and another order of letters, made here if the machine has none."""
    folder = scratch / "locale"
    folder.mkdir()
    subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", folder / "de_DE.UTF-8"], check=True, capture_output=True)
    return {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LOCPATH": str(folder)}


def surroundings(scratch):
    yield "LC_ALL=de_DE.UTF-8", [], german(scratch)
    yield "LC_ALL=C", [], {"LC_ALL": "C"}
    yield "TZ=Pacific/Kiritimati", [], {"TZ": "Pacific/Kiritimati"}
    yield "TZ=America/St_Johns", [], {"TZ": "America/St_Johns"}
    yield "-j 1", ["-j", "1"], {}
    yield "-j 8", ["-j", "8"], {}
    yield "another user", [], {"HOME": "/", "USER": "somebody", "TERM": "xterm-256color", "FORCE_COLOR": "1"}


def expand(project, patterns):
    return [str(path.relative_to(project)) for pattern in patterns for path in sorted(project.glob(pattern))]


def relisted(source, target, rename):
    """A copy of the project whose files are listed backwards, under other names if `rename` says so."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("output"))
    root = target / "cordon.yaml"
    text = root.read_text(encoding="utf-8")
    files = expand(target, INCLUDE_ITEM.findall(text))
    listing = []
    for index, name in enumerate(reversed(files)):
        new = rename(name, index)
        (target / new).parent.mkdir(parents=True, exist_ok=True)
        (target / name).rename(target / new)
        listing.append(f"  - {new}\n")
    first = True

    def replaced(_):
        nonlocal first
        was, first = first, False
        return "".join(listing) if was else ""
    root.write_text(INCLUDE_ITEM.sub(replaced, text), encoding="utf-8")
    return target


def renamed(name, index):
    """Another name in the same folder, since a file names others relative to its own."""
    return os.path.join(os.path.dirname(name), f"z{index}-{os.path.basename(name)}")


def reblocked(source, target):
    """A copy of the project in which the top-level keys of every file stand in the opposite order."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("output"))
    for path in target.rglob("*.yaml"):
        head, *blocks = BLOCK.split(path.read_text(encoding="utf-8"))
        blocks = [block if block.endswith("\n") else block + "\n" for block in blocks]
        path.write_text(head + "".join(reversed(blocks)), encoding="utf-8")
    return target


def split(source, target):
    """A one-file project taken apart: a file a top-level key."""
    target.mkdir()
    head, *blocks = BLOCK.split((source / "cordon.yaml").read_text(encoding="utf-8"))
    kept = [block for block in blocks if block.startswith(("cordon:", "site:", "use:"))]
    moved = [block for block in blocks if block not in kept]
    names = []
    for block in reversed(moved):
        names.append(block.split(":")[0] + ".yaml")
        (target / names[-1]).write_text(block, encoding="utf-8")
    kept.append("include:\n" + "".join(f"  - {name}\n" for name in names))
    (target / "cordon.yaml").write_text(head + "".join(kept), encoding="utf-8")
    return target


def rearrangements(source, scratch):
    if INCLUDE_ITEM.search((source / "cordon.yaml").read_text(encoding="utf-8")):
        yield "files listed backwards", relisted(source, scratch / "backwards", lambda name, index: name)
        yield "files renamed", relisted(source, scratch / "renamed", renamed)
    else:
        yield "one file taken apart", split(source, scratch / "split")
    yield "top-level keys backwards", reblocked(source, scratch / "blocks")


def differences(expected, actual):
    names = [name for name in sorted(expected.keys() | actual.keys()) if expected.get(name) != actual.get(name)]
    return "".join("\n" + cases.difference(expected.get(name, b""), actual.get(name, b""), name)[:1500] for name in names[:2])


def trials(cordon, source, scratch):
    """Name of each trial and what differed."""
    expected = emitted(cordon, source, scratch)
    for name, arguments, changes in surroundings(scratch):
        yield name, differences(expected, emitted(cordon, source, scratch, *arguments, **changes))
    yield "from its own folder", differences(expected, emitted(cordon, ".", scratch, cwd=source))
    copy = scratch / "a copy elsewhere"
    shutil.copytree(source, copy)
    yield "from a copy", differences(expected, emitted(cordon, copy, scratch))
    plain = {name: data for name, data in expected.items() if name not in cases.RECORDS}
    for name, project in rearrangements(source, scratch):
        yield name, differences(plain, emitted(cordon, project, scratch, records=False))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    cordon = parser.parse_args().cordon.resolve()
    if not shutil.which("localedef"):
        print("skipped: localedef is missing (package locales)")
        return 77
    passed = failed = 0
    for project in PROJECTS:
        with tempfile.TemporaryDirectory() as scratch:
            for name, what in trials(cordon, cases.ROOT / "examples" / project, pathlib.Path(scratch)):
                passed, failed = passed + (not what), failed + bool(what)
                if what:
                    print(f"{project}, {name}:{what}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
