#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Reports of runs made by hand, held against the schemas of those who read them, and against their limits.

    schemas_test.py --samples BINARY

SARIF: the official JSON Schema of 2.1.0, which `npm ci` has fetched (package.json beside this file). JSON: the schema
that we publish, taken strictly, and the one of the last release, which it must not fall behind. GitLab's code quality and
JUnit: schemas written from their documentation, beside this file. Ends with 77 where the SARIF schema is not installed.
"""
import argparse
import copy
import gzip
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

try:
    import jsonschema
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
SARIF_SCHEMA = HERE / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
RELEASED = HERE / "check-1.schema.json"
RUNS = ("empty", "rich", "hostile", "many", "unloaded")
MANY = 30_000


def parsed(path):
    return json.loads(path.read_text(encoding="ascii"))


def invalid(validator, document, name):
    error = jsonschema.exceptions.best_match(validator.iter_errors(document))
    if error is not None:
        yield f"{name}: {error.json_path}: {error.message[:300]}"


def strict(schema):
    """The same schema, where nothing may be written that it does not name."""
    if isinstance(schema, dict):
        changed = {key: strict(value) for key, value in schema.items()}
        if "properties" in changed and isinstance(changed.get("type"), (str, list)):
            changed["additionalProperties"] = False
        return changed
    return [strict(item) for item in schema] if isinstance(schema, list) else schema


# ---- JSON


def json_agrees_with_its_schema(folder):
    schema = parsed(folder / "check.schema.json")
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(strict(schema))
    for run in RUNS:
        document = parsed(folder / f"{run}.json")
        if run == "many":
            if len(document["findings"]) != MANY:
                yield "many.json: JSON leaves findings out"
            document["findings"] = document["findings"][:300]
        yield from invalid(validator, document, f"{run}.json")


def lost(old, new, place="$"):
    """Keys, words and types of the old schema that the new one lacks, and demands that it adds."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            if key == "description":
                continue
            if key not in new:
                yield f"{place}.{key} is gone"
            elif key == "required":
                yield from (f"{place}.required lacks {name}" for name in value if name not in new[key])
            else:
                yield from lost(value, new[key], f"{place}.{key}")
    elif isinstance(old, list) and isinstance(new, list):
        yield from (f"{place} lacks {item}" for item in old if item not in new)
    elif old != new:
        yield f"{place} was {old} and is {new}"


def json_schema_only_grows(folder):
    yield from lost(parsed(RELEASED), parsed(folder / "check.schema.json"), RELEASED.name)


def the_test_of_growth_sees_a_lost_key(_):
    schema = parsed(RELEASED)
    shrunk = copy.deepcopy(schema)
    del shrunk["definitions"]["finding"]["properties"]["element"]
    shrunk["definitions"]["finding"]["required"].remove("fingerprint")
    if len(list(lost(schema, shrunk))) != 2:
        yield "a key that is gone would not be noticed"


# ---- SARIF


def sarif_is_valid(folder):
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    for run in RUNS:
        document = parsed(folder / f"{run}.sarif")
        document["runs"][0]["results"] = document["runs"][0]["results"][:300]  # all are made alike
        yield from invalid(validator, document, f"{run}.sarif")


def sarif_says_what_it_knows(folder):
    run = parsed(folder / "rich.sarif")["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    by_level = [result["level"] for result in results if "suppressions" not in result]
    if by_level != sorted(by_level, key=["error", "warning", "note"].index):
        yield f"rich.sarif: open results do not come by level: {by_level}"
    first = results[0]
    region = first["locations"][0]["physicalLocation"]["region"]
    expected = {
        "rule": (rules[first["ruleIndex"]]["id"], "CD4601"),
        "name": (rules[first["ruleIndex"]]["name"], "OutsideOpensToDevice"),
        "uri": (first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "sites/east/zones/pumps.yaml"),
        "region": (region, {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 10}),
        "element": (first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "conduit:support"),
        "related": (len(first["relatedLocations"]), 1),
        "steps": (len(first["codeFlows"][0]["threadFlows"][0]["locations"]), 1),
        "states": (sorted({result["baselineState"] for result in results}), ["new", "unchanged"]),
        "taxa": ([taxon["id"] for taxon in run["taxonomies"][0]["taxa"]], ["PR.AA-05", "PR.IR-01"]),
        "relations": (len(rules[first["ruleIndex"]]["relationships"]), 2),
        "waived": ([r["suppressions"][0]["justification"] for r in results if "W-1" in json.dumps(r.get("suppressions", ""))],
                   ["waived by W-1 until 2027-01-31: the vendor's range is no smaller"]),
    }
    yield from (f"rich.sarif: {what} is {seen}, not {wanted}" for what, (seen, wanted) in expected.items() if seen != wanted)
    if "## Why it matters" not in rules[first["ruleIndex"]]["help"]["markdown"]:
        yield "rich.sarif: a rule's help is not the page that explains it"


def sarif_stays_inside_the_limits(folder):
    data = (folder / "many.sarif").read_bytes()
    if len(data) > 10_000_000 or len(gzip.compress(data)) > 10_000_000:
        yield f"many.sarif has {len(data)} bytes"
    runs = json.loads(data)["runs"]
    if len(runs) != 1:
        yield f"many.sarif: {len(runs)} runs"
    results = runs[0]["results"]
    if not 1_000 < len(results) <= 5_000:
        yield f"many.sarif: {len(results)} results"
    if any(result["level"] != "error" for result in results):
        yield "many.sarif: something else was kept where errors had to go"
    for result in results:
        places = len(result["locations"]) + len(result.get("relatedLocations", []))
        steps = sum(len(thread["locations"]) for flow in result.get("codeFlows", []) for thread in flow["threadFlows"])
        if places > 100 or steps > 1_000:
            yield f"many.sarif: a result with {places} places and {steps} steps"
    if any(len(rule["properties"]["tags"]) > 10 for rule in runs[0]["tool"]["driver"]["rules"]):
        yield "many.sarif: a rule with more than 10 tags"
    said = runs[0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    if f"{MANY - len(results)} more findings" not in said:
        yield f"many.sarif does not say what it left out: {said}"


def fingerprints_are_unique(folder):
    for run in RUNS:
        found = [finding["fingerprint"] for finding in parsed(folder / f"{run}.json")["findings"]]
        if len(found) != len(set(found)) or not all(found):
            yield f"{run}.json: two findings share a fingerprint"


# ---- JUnit


def junit_is_valid(folder):
    for run in RUNS:
        path = folder / f"{run}.junit"
        done = subprocess.run(["xmllint", "--noout", "--schema", HERE / "junit.xsd", path], capture_output=True, text=True,
                              check=False)
        if done.returncode:
            yield f"{run}.junit: {done.stderr[:500]}"
        root = ElementTree.parse(path).getroot()
        names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
        if len(names) != len(set(names)):
            yield f"{run}.junit: two cases share a name"
        counts = {"tests": len(names), "failures": len(list(root.iter("failure"))), "skipped": len(list(root.iter("skipped")))}
        suite = root.find("testsuite")
        if {name: int(suite.get(name)) for name in counts} != counts:
            yield f"{run}.junit: counts are not {counts}"


def junit_stays_inside_the_limits(folder):
    path = folder / "many.junit"
    if path.stat().st_size > 30_000_000:
        yield f"many.junit has {path.stat().st_size} bytes"
    root = ElementTree.parse(path).getroot()
    if max((len(element.text or "") for element in root.iter()), default=0) > 9_000_000:
        yield "many.junit: a text of more than 9 MB"
    if "more findings not told here" not in path.read_text(encoding="utf-8"):
        yield "many.junit does not say what it left out"


# ---- GitLab


def gitlab_is_valid(folder):
    schema = parsed(HERE / "gitlab_code_quality.schema.json")
    validator = jsonschema.Draft7Validator(schema)
    for run in RUNS:
        document = parsed(folder / f"{run}.gitlab")
        prints = [entry["fingerprint"] for entry in document]
        if len(prints) != len(set(prints)):
            yield f"{run}.gitlab: GitLab drops the second of a fingerprint"
        yield from invalid(validator, document[:300], f"{run}.gitlab")


def gitlab_stays_inside_the_limits(folder):
    path = folder / "many.gitlab"
    entries = parsed(path)
    if len(entries) > 5_000 or path.stat().st_size > 10_000_000:
        yield f"many.gitlab: {len(entries)} entries, {path.stat().st_size} bytes"
    if any(entry["severity"] in ("info", "major") for entry in entries[:-1]):
        yield "many.gitlab: something else was kept where errors had to go"
    if "more findings not in this report" not in entries[-1]["description"]:
        yield "many.gitlab does not say what it left out"


# ---- GitHub


def github_is_well_formed(folder):
    command = re.compile(r"^::(error|warning|notice) (?:file=[^,:]+,line=\d+,(?:col=\d+,)?endLine=\d+,(?:endColumn=\d+,)?)?"
                         r"title=[^,:]+::.+$")
    for run in RUNS:
        lines = (folder / f"{run}.github").read_text(encoding="utf-8").splitlines()
        yield from (f"{run}.github: {line[:200]}" for line in lines if not command.match(line))
        for kind in ("error", "warning", "notice"):
            told = [line for line in lines if line.startswith(f"::{kind} ")]
            if len(told) > 10:
                yield f"{run}.github: {len(told)} annotations of kind {kind}"
            if run == "many" and not re.search(r"::\+\d+ more, see the summary$", told[-1]):
                yield f"many.github does not say how many more {kind}s there are"
    if any(len(line.encode()) > 4_500 for line in lines):
        yield "an annotation is too long"


# ---- Markdown


def markdown_stays_inside_the_limits(folder):
    for run in RUNS:
        text = (folder / f"{run}.markdown").read_text(encoding="utf-8")
        if len(text.encode()) > 60_000:
            yield f"{run}.markdown has {len(text.encode())} bytes"
        if text.count("<details>") != text.count("</details>"):
            yield f"{run}.markdown: a section is cut"
    text = (folder / "many.markdown").read_text(encoding="utf-8")
    left_out = re.search(r"\*\*(\d+) findings not shown here\*\*: .*CD4601", text)
    if not left_out or int(left_out[1]) + text.count("<details>") != MANY:
        yield "many.markdown does not say what it left out"


# ---- all of them


def nothing_hostile_comes_alive(folder):
    for path in sorted([*folder.glob("hostile.*"), *folder.glob("hostile-ci.*")]):
        data = path.read_bytes()
        text = data.decode("utf-8")  # valid, whatever the policy held
        for character in text:
            if character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn"):
                yield f"{path.name}: U+{ord(character):04X} comes through"
                break
        # What GitHub takes for an annotation it shows as text; in JSON `]]>` means nothing.
        markup = {".github": (), ".junit": ("<script", "<!--", "]]>")}.get(path.suffix, ("<script", "<!--"))
        yield from (f"{path.name}: {word} comes through" for word in markup if word in text)
        if path.suffix == ".github" and re.search(r"^(?!::(?:error|warning|notice) file=)", text.rstrip("\n"), re.MULTILINE):
            yield f"{path.name}: a line that is no annotation of ours"
        if path.suffix == ".markdown":
            shown = re.sub(r"</?(?:details(?: open)?|summary|b|code)>", "", text)
            if "<" in shown or "**bold" in shown or "](http" in shown:
                yield f"{path.name}: markup comes through"
            if "alert(1)" not in html.unescape(shown):
                yield f"{path.name}: the text itself is lost"


def json_keeps_every_character(folder):
    message = parsed(folder / "hostile.json")["findings"][0]["message"]
    if "</script>" not in message or "\u202e" not in message or "\n::error" not in message:
        yield "hostile.json: a program does not get the text that was written"


# ---- cordon ci, cordon test and cordon diff


def ci_documents_agree_with_their_schema(folder):
    schema = parsed(folder / "ci.schema.json")
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for run in ("ci-small", "hostile-ci", "ci-many"):
        document = parsed(folder / f"{run}.json")
        if run == "ci-many":
            counts = [len(document[step][of]) for step, of in (("check", "findings"), ("test", "tests"), ("diff", "pairs"))]
            if counts != [MANY] * 3:
                yield f"{run}.json: JSON leaves something out: {counts}"
            for step, of in (("check", "findings"), ("test", "tests"), ("diff", "pairs")):
                document[step][of] = document[step][of][:300]
        yield from invalid(validator, document, f"{run}.json")
    if not list(invalid(validator, {**document, "check": {}}, "")):
        yield "the schema does not look into the checks"


def ci_stays_inside_the_limits(folder):
    text = (folder / "ci-many.markdown").read_text(encoding="utf-8")
    if len(text.encode()) > 60_000 or text.count("<details") != text.count("</details>"):
        yield f"ci-many.markdown has {len(text.encode())} bytes, or a section is cut"
    left_out = [int(number) for number in re.findall(r"\*\*(\d+) \w+ not shown here\*\*: `cordon ci --output json=PATH`", text)]
    if len(left_out) != 4 or not all(10_000 < number <= MANY for number in left_out):
        yield f"ci-many.markdown does not say what it left out: {left_out}"
    for name in ("ci-many", "many-tests"):
        path = folder / f"{name}.junit"
        root = ElementTree.parse(path).getroot()
        if path.stat().st_size > 30_000_000 or max(len(element.text or "") for element in root.iter()) > 9_000_000:
            yield f"{name}.junit has {path.stat().st_size} bytes"
        cases = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
        if len(cases) != len(set(cases)) or len(cases) < MANY:
            yield f"{name}.junit: {len(cases)} cases, {len(set(cases))} names"
        if "failures are told in full" not in path.read_text(encoding="utf-8"):
            yield f"{name}.junit does not say what it left out"
    if len(parsed(folder / "many-tests.json")["tests"]) != MANY or len(parsed(folder / "many-diff.json")["pairs"]) != MANY:
        yield "JSON of tests or differences leaves something out"
    lines = (folder / "ci-many.github").read_text(encoding="utf-8").splitlines()
    if len(lines) > 30:
        yield f"ci-many.github: {len(lines)} annotations"
    if len(parsed(folder / "ci-many.sarif")["runs"][0]["results"]) > 5_000 or len(parsed(folder / "ci-many.gitlab")) > 5_000:
        yield "ci-many: more than 5,000 results"


TESTS = [json_agrees_with_its_schema, json_schema_only_grows, the_test_of_growth_sees_a_lost_key, json_keeps_every_character,
         sarif_is_valid, sarif_says_what_it_knows, sarif_stays_inside_the_limits, fingerprints_are_unique, junit_is_valid,
         junit_stays_inside_the_limits, gitlab_is_valid, gitlab_stays_inside_the_limits, github_is_well_formed,
         markdown_stays_inside_the_limits, nothing_hostile_comes_alive,
         ci_documents_agree_with_their_schema, ci_stays_inside_the_limits]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=pathlib.Path, required=True)
    samples = parser.parse_args().samples.resolve()
    if not SARIF_SCHEMA.is_file():
        print("skipped: the schema of SARIF is not there; `npm ci --ignore-scripts` in tests/report fetches it")
        return 77
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        subprocess.run([samples, folder], check=True)
        for test in TESTS:
            faults = list(test(folder))
            failed += bool(faults)
            print(*(f"{test.__name__}: {fault}" for fault in faults), sep="\n", end="\n" if faults else "")
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
