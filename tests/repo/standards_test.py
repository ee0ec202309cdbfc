#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The library's standards: every check has its row in the map and every row its check; every row has a source.

That the files are well formed and every control they name exists is for `cordon check` to say, which reads them."""
import re

import yaml

import tree

STANDARDS, QUESTIONNAIRES = "policies/standards/", "policies/questionnaires/"
MAP = STANDARDS + "map.yaml"
TOPICS = {"device", "server", "network", "wireless", "remote-access", "lifecycle"}


def load(path):
    # Everything is text, as Cordon reads it.
    return yaml.load(tree.read(path), yaml.BaseLoader)


def catalogues():
    """Controls by catalogue."""
    return {path.stem: load(path)["controls"] for path in tree.files(".yaml", under=STANDARDS) if str(path) != MAP}


def questions():
    """File, id and row of every question that an attestation answers."""
    for path in tree.files(".yaml", under=QUESTIONNAIRES):
        if path.stem != "mds2":
            yield from ((path, name, row) for name, row in load(path)["questions"].items())


def check_slugs():
    rows = "".join(tree.read(path) for path in tree.files(".def", under="compiler/check/rules/"))
    return {name.replace("_", "-") for name in re.findall(r"^CORDON_RULE(?:_AFTER)?\(\s*(\w+),", rows, re.MULTILINE)}


def assertion_kinds():
    table = tree.read("compiler/syntax/language_evidence.cpp")
    return set(re.findall(r'"([\w-]+)"', re.search(r"assertion_kinds\[\] = \{(.*?)\}", table, re.DOTALL).group(1)))


def every_check_and_assertion_is_in_the_map():
    rows = load(MAP)
    for part, wanted in (("checks", check_slugs()), ("assertions", assertion_kinds())):
        yield from (f"{MAP} has no row for {name} under {part}" for name in sorted(wanted - set(rows[part])))
        yield from (f"{MAP}: there is no {name} of the {part}" for name in sorted(set(rows[part]) - wanted))


def named_controls(row):
    return [(catalogue, [ids] if isinstance(ids, str) else ids) for catalogue, ids in row.get("controls", {}).items()]


def controls_and_outcomes_exist():
    known, rows = catalogues(), load(MAP)
    named = [*rows["outcomes"].items(), *rows["checks"].items(), *rows["assertions"].items(), *((name, row) for _, name, row in questions())]
    for name, row in named:
        yield from (f"{name}: there is no outcome {each}" for each in row.get("outcomes", []) if each not in rows["outcomes"])
        for catalogue, ids in named_controls(row):
            yield from (f"{name}: {catalogue} has no {each}" for each in ids if each not in known.get(catalogue, {}))


def every_outcome_is_used():
    rows = load(MAP)
    named = [*rows["checks"].values(), *rows["assertions"].values(), *(row for _, _, row in questions())]
    used = {outcome for row in named for outcome in row.get("outcomes", [])}
    yield from (f"{MAP}: nothing shows the outcome {name}" for name in rows["outcomes"] if name not in used)


def every_row_has_a_source():
    """Its own, or that of all rows of its file."""
    places = [(path, load(path)) for folder in (STANDARDS, QUESTIONNAIRES) for path in tree.files(".yaml", under=folder)]
    for path, file in places:
        for part in ("controls", "outcomes", "checks", "assertions", "questions"):
            for name, row in file.get(part, {}).items():
                own = row.get("source", "") if isinstance(row, dict) else ""
                if not (own or file.get("rows-from", "")).strip():
                    yield f"{path}: {name} has no source"


def names_are_unique():
    """A mapping that a YAML reader keeps cannot show its own repetitions, so the lines are counted."""
    for path in (*tree.files(".yaml", under=STANDARDS), *tree.files(".yaml", under=QUESTIONNAIRES)):
        part, seen = "", set()
        for line in tree.read(path).splitlines():
            part = line if re.match(r"\S", line) else part
            found = re.match(r"  ([^\s#][^:]*):", line)
            if found and (part, found.group(1)) in seen:
                yield f"{path}: {found.group(1)} occurs twice"
            seen |= {(part, found.group(1))} if found else set()
    by_name = {}
    for path, name, _ in questions():
        if by_name.setdefault(name, path) != path:
            yield f"question {name} stands in {by_name[name]} and in {path}"


def topics_are_the_agreed_ones():
    found = {path.stem for path in tree.files(".yaml", under=QUESTIONNAIRES)} - {"mds2"}
    yield from (f"{QUESTIONNAIRES}{name}.yaml: a topic is missing or is none" for name in sorted(found ^ TOPICS))


if __name__ == "__main__":
    tree.report([every_check_and_assertion_is_in_the_map, controls_and_outcomes_exist, every_outcome_is_used,
                 every_row_has_a_source, names_are_unique, topics_are_the_agreed_ones])
