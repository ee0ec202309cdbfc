#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Holds the printed schema against every policy of the repository, with a validator that is not ours.

    schema_test.py PRINT_SCHEMA SOURCE_DIR

Ends with 77 (skipped) where the validator or a YAML reader is not installed.
"""
import json
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

# Faults that a schema cannot see: days of the calendar, direction marks, tags.
BEYOND_A_SCHEMA = {"no_such_date", "unprintable_text", "misplaced_tag"}


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2: `yes` is a text, 2026-09-01 is a text, `!csv` is the mapping behind it."""


CoreLoader.yaml_implicit_resolvers = {}
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[0-9]+$"), list("-0123456789"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(null|~|)$"), ["n", "~", ""])
CoreLoader.add_constructor("!csv", lambda loader, node: loader.construct_mapping(node, deep=True))

NOT_POLICIES = {"standards", "questionnaires", "ci"}


def kinds(source, name):
    rows = (source / "compiler/diagnostics/kinds" / name).read_text()
    return set(re.findall(r'^CORDON_KIND\("CD\d+", (\w+)', rows, re.MULTILINE))


def policies(source):
    """Not the library's standards and questionnaires and the recipes of pipelines, which have a language of their own."""
    for folder in ("examples", "policies", "tests/golden/diagnostics"):
        yield from (path for path in sorted((source / folder).rglob("*.yaml"))
                    if not NOT_POLICIES & set(path.relative_to(source).parts))


def main(print_schema, source):
    schema = json.loads(subprocess.run([print_schema], check=True, capture_output=True, text=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    of_shape = kinds(source, "syntax.def")
    of_yaml = kinds(source, "yaml.def")
    faults = []
    for path in policies(source):
        case = path.stem.removeprefix("bad_") if path.stem.startswith("bad_") else path.parent.name.removeprefix("bad_")
        if case in of_yaml or case in BEYOND_A_SCHEMA:
            continue
        document = yaml.load(path.read_text(encoding="utf-8"), CoreLoader)
        error = jsonschema.exceptions.best_match(validator.iter_errors({} if document is None else document))
        if (error is not None) != (case in of_shape):
            said = "nothing" if error is None else f"{error.json_path}: {error.message}"
            faults.append(f"{path.relative_to(source)}: the schema says {said}")
    print("\n".join(faults) if faults else "every policy agrees with the schema")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
