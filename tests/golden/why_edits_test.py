#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""The text that `cordon why` gives to be pasted is pasted, and the question asked again.

    why_edits_test.py --cordon BINARY
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Each turns the answer round by another kind of edit.
QUESTIONS = [
    "guest -> plum-pumps tcp/8080",                        # a conduit
    "clinical -> pump-servers ssh",                        # a flow
    "biomed-console -> plum-pumps tcp/22",                 # a service
    "clinical -> pump-managers https",                     # the whole conduit goes
    "biomed-console -> pump-managers ssh",                 # a word of a list goes
    "biomed-console -> pump-managers tcp/20-30",           # partly: both ways
    "10.20.0.17 -> ehr-web ehr-portal",                    # an exception
    "plum-pumps -> plum-pumps tcp/443",                    # a zone stops isolating
    "business -> business tcp/445",                        # a zone isolates
    "network-console -> device:fw-pumps https",            # a flow to a device
    "guest -> device:core-1 ssh",                          # a conduit of a device
    "clinical \\ 10.20.1.0/24 -> 10.62.0.20, 10.62.0.21 tcp/9000-9009, udp/514",
    "internet \\ 198.51.100.0/24 -> jump-host tcp/3389",
]


def ask(cordon, site, question, expect=None):
    command = [cordon, "why", question, str(site), "--format", "json"]
    done = subprocess.run(command + (["--expect", expect] if expect else []), capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout)


def paste(site, edit):
    """Does what a person would do with the instruction."""
    what, text = edit["what"], edit["paste"]
    if what == "add a conduit:":
        (site / "conduits/pasted.yaml").write_text("\n".join(text) + "\n")
        return
    name, number = edit["place"].rsplit(":", 1)
    path, at = site / name, int(number) - 1
    lines = path.read_text().splitlines()
    if what.startswith("add to the flows"):
        at = next(n for n in range(at, len(lines)) if lines[n].strip() == "flows:")
        indent = re.match(" *", lines[at + 1]).group()
        lines.insert(at + 1, indent + text[0])
    elif text and text[0].startswith("services:"):
        lines[at], count = re.subn(r"services: \[[^]]*\]", text[0], lines[at])
        assert count == 1, lines[at]
    elif text and text[0].startswith("except:"):
        lines[at] = re.sub(r", except: \[[^]]*\]", "", lines[at])
        lines[at] = lines[at].rstrip()[:-1] + ", " + text[0] + "}"
    elif text == ["isolate: true"]:
        lines[at] = lines[at].replace("{", "{isolate: true, ", 1)
    elif what.startswith("take `isolate: true` out"):
        lines[at] = lines[at].replace(" isolate: true,", "", 1)
    elif what.startswith("take out conduit"):
        indent = re.match(" *", lines[at]).group()
        end = next((n for n in range(at + 1, len(lines)) if re.match(indent + r"\S", lines[n])), len(lines))
        del lines[at:end]
    elif what.startswith("take out flow"):
        del lines[at]
    else:
        raise AssertionError(f"nobody knows how to do this: {what}")
    path.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cordon", required=True)
    cordon = str(pathlib.Path(parser.parse_args().cordon).resolve())
    pasted = 0
    for question in QUESTIONS:
        _, answer = ask(cordon, ROOT / "examples/reference-hospital", question)
        if not answer.get("proposals"):
            sys.exit(f"{question}: nothing is proposed\n{json.dumps(answer, indent=1)[:2000]}")
        for proposal in answer["proposals"]:
            for edits in [proposal["edits"]] + [[other] for other in proposal["instead"]]:
                with tempfile.TemporaryDirectory() as folder:
                    site = pathlib.Path(folder) / "site"
                    shutil.copytree(ROOT / "examples/reference-hospital", site)
                    for edit in edits:
                        paste(site, edit)
                    expected = "allowed" if proposal["to"] == "allow" else "denied"
                    code, after = ask(cordon, site, question, expected)
                    if code != 0:
                        sys.exit(f"{question}: to {proposal['to']} it,\n{json.dumps(edits, indent=1)}\n"
                                 f"was done, and then:\n{json.dumps(after, indent=1)[:3000]}")
                    pasted += 1
    print(f"{pasted} proposals pasted, each turns its answer round")


if __name__ == "__main__":
    main()
