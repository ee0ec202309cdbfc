# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Where golden cases lie, and how one is compared or rewritten."""
import difflib
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIAGNOSTICS = ROOT / "tests/golden/diagnostics"
# Written beside the configurations and full of digests: another test looks into them.
RECORDS = {"manifest.json", "source-map.json"}


def check_slugs():
    """Slugs and codes of the kinds that checks raise: slug by code."""
    rows = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "compiler/check/rules").glob("*.def"))
    names = set(re.findall(r"^CORDON_RULE\(\s*(\w+),", rows, re.MULTILINE))
    kinds = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "compiler/diagnostics/kinds").glob("*.def"))
    return {code: name.replace("_", "-") for code, name in re.findall(r'^CORDON_KIND\("(CD\d{4})", (\w+),', kinds, re.MULTILINE)
            if name in names}


def check_options(slug):
    """How a case is checked: one that is about a check, by that check alone; on a day that never changes."""
    only = ["--only", slug] if slug in check_slugs().values() else []
    return [*only, "--as-of", "2026-11-01"]


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
    for project in sorted(path.parent / "cordon.yaml" for path in (ROOT / "examples").glob("*/output")):
        yield f"example/{project.parent.name}", project.parent, project.parent / "output"
