# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Where golden cases lie, and how one is compared or rewritten."""
import difflib
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIAGNOSTICS = ROOT / "tests/golden/diagnostics"
# Written beside the configurations and full of digests: another test looks into them.
RECORDS = {"manifest.json", "source-map.json"}


def updating():
    return bool(os.environ.get("UPDATE_GOLDEN"))


def environment(**changes):
    base = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/nonexistent",
            "CORDON_LIBRARY": str(ROOT / "policies")}
    base.update({name: value for name, value in os.environ.items() if name.startswith(("ASAN_", "UBSAN_", "LSAN_"))})
    base.update(changes)
    return base


def run(cordon, *arguments, cwd=None, **changes):
    """Exit code, standard output and standard error, as bytes."""
    done = subprocess.run([str(cordon), *map(str, arguments)], cwd=cwd, env=environment(**changes), capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


def compile_to(cordon, project, output, *arguments, cwd=None, **changes):
    """The emitted files by name, without the records; on a refusal the messages instead."""
    code, printed, errors = run(cordon, "compile", project, "-o", output, "--color", "never", *arguments, cwd=cwd, **changes)
    if code:
        return None, f"exit {code}\n{(printed + errors).decode('utf-8', 'replace')}"
    return {path.name: path.read_bytes() for path in sorted(output.iterdir()) if path.name not in RECORDS}, ""


def difference(expected, actual, name):
    """A unified diff of two byte strings; empty when they are equal."""
    def lines(data):
        return [line + "\n" for line in data.decode("utf-8", "backslashreplace").split("\n")]
    return "".join(difflib.unified_diff(lines(expected), lines(actual), f"{name} (expected)", f"{name} (now)"))


def diagnostic_cases():
    """Names of the cases: a file or a folder with a project."""
    for path in sorted(DIAGNOSTICS.iterdir()):
        if path.suffix == ".yaml" or (path / "cordon.yaml").is_file():
            yield path.stem if path.is_file() else path.name


def output_cases():
    """Name, project and folder of expected files of every whole configuration that is checked in."""
    for policy in sorted((ROOT / "backends").glob("*/golden/*/policy.yaml")):
        yield f"{policy.parts[-4]}/{policy.parent.name}", policy, policy.parent
    for project in sorted((ROOT / "examples").glob("*/cordon.yaml")):
        yield f"example/{project.parent.name}", project.parent, project.parent / "output"
