#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Every kind of diagnostic is used, explained, and raised by a golden case; codes and names are unique."""
import re

import tree

ROW = re.compile(r'^CORDON_KIND\(\s*"(CD\d{4})",\s*(\w+),\s*Severity::(error|warning|note),', re.MULTILINE)
LOOSE_ROW = re.compile(r"^\s*CORDON_KIND\(", re.MULTILINE)
# The codes that each file of kinds may hand out.
RANGES = {
    "yaml": [(1000, 1099)],
    "syntax": [(1100, 1199)],
    "cli": [(1900, 1999)],
    "resolve": [(1200, 1299), (2000, 2999), (3000, 3099), (4000, 4499), (6000, 6199)],
    "plan": [(4500, 4599), (5100, 5199)],
    "platform": [(5200, 5999)],
    "prove": [(7000, 7099)],
    "check_reach": [(4600, 4699)],
    "check_zones": [(3100, 3199)],
    "check_flows": [(4700, 4899)],
    "check_assertions": [(4900, 4999)],
    "check_network": [(6200, 6399)],
    "check_governance": [(7100, 7199)],
    "check_evidence": [(7200, 7299)],
    "check_waivers": [(7300, 7399)],
    "drift": [(8000, 8099)],
}
EXPLAIN = "compiler/diagnostics/explain/"
GOLDEN = "tests/golden/diagnostics/"
# What no policy in a file of the repository can raise, each with the reason. A transcript of the command line shows
# it instead. This list only shrinks.
BY_TRANSCRIPT = {
    "cli": "faults of the command line",
    "proof_failed": "text that Cordon wrote itself is sound; the transcript edits it by hand",
    "isolation_set_aside": "only retargeting raises it",
    "baseline_stale": "takes a baseline beside the policy",
    "file_too_large": "the transcript makes the file",
    "project_too_large": "the transcript makes the files",
}
BY_UNIT_TEST = {
    "change_undecided": "takes minutes; tests/unit/packet lowers the budget",
    "too_many_values": "takes minutes with a sanitizer; tests/unit/yaml/limits_test.cpp lowers the limit",
    "policy_broken": "only a wrong plan raises it; tests/unit/prove shows the proof at work",
    "policy_undecided": "takes minutes; tests/unit/prove lowers the budget",
    "no_running_configuration": "takes files beside the policy; tests/unit/backends_running/running_files_test.cpp writes them",
    "other_device": "takes files beside the policy; tests/unit/backends_running/running_files_test.cpp writes them",
    "drift_undecided": "takes minutes; tests/unit/backends_running/drift_test.cpp lowers the budget",
    "proof_undecided": "takes minutes; tests/unit/prove/translation_test.cpp lowers the budget",
}


def kinds():
    """File of the row, code, name."""
    for path in tree.files(".def", under="compiler/diagnostics/kinds/"):
        for code, name, _ in ROW.findall(tree.read(path)):
            yield path.stem, code, name


def rows_are_well_formed():
    for path in tree.files(".def", under="compiler/diagnostics/kinds/"):
        text = tree.read(path)
        if len(ROW.findall(text)) != len(LOOSE_ROW.findall(text)):
            yield f"{path}: a row does not read CORDON_KIND(\"CDnnnn\", name, Severity::…, …)"
        if path.stem not in RANGES:
            yield f"{path}: has no range of codes in this test"


def codes_and_names_are_unique():
    seen = {}
    for file, code, name in kinds():
        for word in (code, name):
            if word in seen:
                yield f"{word} stands in {seen[word]}.def and {file}.def"
            seen[word] = file
        if not any(low <= int(code[2:]) <= high for low, high in RANGES.get(file, [])):
            yield f"{code} {name} lies outside the range of {file}.def"


def every_kind_is_used():
    sources = "\n".join(tree.read(path) for folder in ("compiler/", "backends/")
                        for path in tree.files(".cpp", ".h", under=folder))
    used = set(re.findall(r"\b(?:kind|KindId)::(\w+)", sources))
    for _, code, name in kinds():
        if name not in used:
            yield f"{code} {name} is raised nowhere in compiler/ or backends/"


def every_kind_is_explained():
    pages = {path.stem: path for path in tree.files(".md", under=EXPLAIN)}
    for _, code, name in kinds():
        page = pages.pop(code, None)
        if page is None:
            yield f"{code} {name} has no page {EXPLAIN}{code}.md"
            continue
        text = tree.read(page)
        if not text.startswith(f"# {code} {name.replace('_', '-')}\n"):
            yield f"{page} does not start with `# {code} {name.replace('_', '-')}`"
        for head in ("## Why it matters", "## Wrong", "## Right"):
            if f"\n{head}\n" not in text:
                yield f"{page} lacks `{head}`"
    for page in pages.values():
        if re.fullmatch(r"CD\d{4}", page.stem):
            yield f"{page} explains a kind that does not exist"


def expected_text(name):
    """What the golden case `name` expects; None when there is no such case."""
    single, folder = tree.ROOT / GOLDEN / f"{name}.yaml", tree.ROOT / GOLDEN / name / "expected.txt"
    if single.is_file():
        return "\n".join(line for line in single.read_text(encoding="utf-8", errors="replace").splitlines() if line.startswith("#>"))
    return folder.read_text(encoding="utf-8") if folder.is_file() else None


def every_kind_is_raised_by_a_case():
    transcripts = "\n".join(tree.read(path) for path in tree.files(".txt", under="tests/golden/cli/"))
    for file, code, name in kinds():
        if name in BY_UNIT_TEST:
            continue
        if file in BY_TRANSCRIPT or name in BY_TRANSCRIPT:
            if f"[{code} " not in transcripts:
                yield f"{code} {name} is raised by no transcript in tests/golden/cli/"
            continue
        text = expected_text(f"bad_{name}")
        if text is None:
            yield f"{code} {name} has no case {GOLDEN}bad_{name}.yaml"
        elif f"[{code} " not in text:
            yield f"{GOLDEN}bad_{name} does not raise {code}"


def every_check_is_whole():
    """A row in rules/*.def goes with a file of rules/, a kind, and a case that the check leaves in peace."""
    names = {name for _, _, name in kinds()}
    rows = [name for path in tree.files(".def", under="compiler/check/rules/")
            for name in re.findall(r"^CORDON_RULE\(\s*(\w+),", tree.read(path), re.MULTILINE)]
    for name in rows:
        if name not in names:
            yield f"check {name} has no kind"
        if not (tree.ROOT / f"compiler/check/rules/{name}.cpp").is_file():
            yield f"check {name} has no file compiler/check/rules/{name}.cpp"
        text = expected_text(f"good_{name}")
        if text is None:
            yield f"check {name} has no case {GOLDEN}good_{name}.yaml"
    for path in tree.files(".cpp", under="compiler/check/rules/"):
        if path.stem not in rows:
            yield f"{path} is no check in compiler/check/rules/*.def"


if __name__ == "__main__":
    tree.report([rows_are_well_formed, codes_and_names_are_unique, every_kind_is_used, every_kind_is_explained,
                 every_kind_is_raised_by_a_case, every_check_is_whole])
