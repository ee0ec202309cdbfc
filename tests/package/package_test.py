#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""What is installed and packaged: everything is there, and works from its place without the source tree.

    package_test.py --build BUILD_FOLDER
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

EXPECTED = [
    "bin/cordon",
    "share/cordon/policies/services/infrastructure.yaml",
    "share/cordon/policies/templates/starter/cordon.yaml",
    "share/cordon/policies/standards/map.yaml",
    "share/cordon/policies/questionnaires/device.yaml",
    "share/cordon/schema/cordon.schema.json",
    "share/cordon/schema/cordon.check-1.schema.json",
    "share/man/man1/cordon.1",
    "share/bash-completion/completions/cordon",
]


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def complete(prefix):
    for name in EXPECTED:
        if not (prefix / name).is_file():
            yield f"{name} is missing"


def works(prefix, scratch):
    """The installed program finds its library and templates, and writes a configuration."""
    environment = {"PATH": f"{prefix / 'bin'}:/usr/bin:/bin", "HOME": str(scratch), "LC_ALL": "C.UTF-8"}
    options = {"cwd": scratch, "env": environment}
    run("cordon", "--version", **options)
    run("cordon", "init", "site", **options)
    run("cordon", "check", "site", **options)
    run("cordon", "compile", "site", "-o", "out", **options)
    if not any(path.suffix != ".json" for path in (scratch / "out").iterdir()):
        yield "the installed program wrote no configuration"
    schema = (prefix / "share/cordon/schema/cordon.schema.json").read_text(encoding="utf-8")
    json.loads(schema)
    if schema != run("cordon", "schema", **options):
        yield "the installed schema is not the one that the program prints"
    run("bash", "-n", prefix / "share/bash-completion/completions/cordon")
    lint = run("mandoc", "-Tlint", "-Wwarning", prefix / "share/man/man1/cordon.1")
    if lint:
        yield lint


def manual_is_complete(prefix):
    """Every command and option that --help names has its place in the manual."""
    text = run("mandoc", "-Tascii", prefix / "share/man/man1/cordon.1", env={"PATH": "/usr/bin:/bin", "MANWIDTH": "200"})
    manual = "".join(ch for i, ch in enumerate(text) if ch != "\b" and (i + 1 >= len(text) or text[i + 1] != "\b"))
    complete_line = run(prefix / "bin/cordon", "completion", "bash")
    words = complete_line.split('compgen -W "', 1)[1].split('"', 1)[0].split()
    yield from (f"the manual lacks `{word}`" for word in words if word not in manual)


def packaged(build, scratch):
    """Both packages hold the same files as an installation."""
    run("cpack", "--config", build / "CPackConfig.cmake", "-B", scratch)
    debian = next(iter(scratch.glob("*.deb")), None)
    tarball = next(iter(scratch.glob("*.tar.gz")), None)
    if not debian or not tarball:
        yield "cpack made no .deb or no tarball"
        return
    listed = run("dpkg-deb", "--contents", debian)
    yield from (f"{debian.name} lacks {name}" for name in EXPECTED if f"./usr/{name}" not in listed)
    if "libc6" not in run("dpkg-deb", "--field", debian, "Depends"):
        yield f"{debian.name} names no libraries that it depends on"
    names = tarfile.open(tarball).getnames()
    yield from (f"{tarball.name} lacks {name}" for name in EXPECTED if not any(held.endswith(name) for held in names))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    build = parser.parse_args().build.resolve()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        prefix = scratch / "prefix"
        run("cmake", "--install", build, "--prefix", prefix)
        for name in ("home", "packages"):
            (scratch / name).mkdir()
        for faults in (complete(prefix), works(prefix, scratch / "home"), manual_is_complete(prefix),
                       packaged(build, scratch / "packages")):
            found = list(faults)
            passed, failed = passed + (not found), failed + bool(found)
            for fault in found:
                print(fault)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
