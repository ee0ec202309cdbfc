#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""House rules for files: licence, length, words, paths, links, folders."""
import re

import tree

CODE = (".h", ".cpp", ".def", ".cmake", ".py", "CMakeLists.txt", ".sh")
LICENCE = ("Copyright The Cordon authors", "SPDX-License-Identifier: Apache-2.0")
LONGEST = 600
# Tables that read worse when they are cut, each with the reason.
MAY_BE_LONG = {}
FOLDERS = {"compiler", "policies", "backends", "examples", "tests", ".ci"}
THIS_FILE = "tests/repo/files_test.py"
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.<-])/(?:work|root|home|tmp/[a-z_]+\.\w+)/")
OUTSIDE_WORDS = re.compile(r"\b(?:A\.?I\.?[- ](?:generated|assistant)|chat-?gpt|copilot|claude|anthropic|openai|language model"
                           r"|(?:issue|ticket) #?\d+)\b", re.IGNORECASE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def has_shebang(path):
    return (tree.ROOT / path).open("rb").read(2) == b"#!"


def code_files():
    return [path for path in tree.files() if str(path).endswith(CODE) or "." not in path.name and has_shebang(path)]


def text_files():
    for path in tree.files():
        try:
            yield path, tree.read(path)
        except UnicodeDecodeError:
            if not str(path).startswith("tests/golden/"):
                yield path, ""


def code_carries_the_licence():
    for path in code_files():
        head = (tree.read(path).splitlines() + ["", "", ""])[:3]
        head = head[1:] if head[0].startswith("#!") else head
        if not all(line.endswith(words) for line, words in zip(head, LICENCE)):
            yield f"{path} does not start with the two lines of the licence"


def files_stay_short():
    for path in code_files():
        lines = tree.read(path).count("\n")
        if lines > LONGEST and str(path) not in MAY_BE_LONG:
            yield f"{path} has {lines} lines; above {LONGEST} split it by noun or verb"
    for path in MAY_BE_LONG:
        if tree.read(path).count("\n") <= LONGEST:
            yield f"{path} is short enough by now; take it off the list"


def nothing_is_left_unfinished():
    for path in code_files():
        if str(path) == THIS_FILE:
            continue
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            if UNFINISHED.search(line):
                yield f"{path}:{number}: {line.strip()}"


def no_word_of_the_workplace():
    for path, text in text_files():
        if str(path) == THIS_FILE:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            found = MACHINE_PATH.search(line) or OUTSIDE_WORDS.search(line)
            if found:
                yield f"{path}:{number}: `{found.group()}`"


def text_ends_in_one_line_feed():
    for path in code_files():
        text = tree.read(path)
        if not text.endswith("\n") or text.endswith("\n\n") or "\r" in text:
            yield f"{path}: lines end in one line feed, and so does the file"


def anchor(heading):
    words = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower())
    return words.replace(" ", "-")


def links_are_alive():
    for path in tree.files(".md"):
        text = re.sub(r"```.*?```", "", tree.read(path), flags=re.DOTALL)
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, fragment = target.partition("#")
            aim = (tree.ROOT / path.parent / file).resolve() if file else tree.ROOT / path
            if not aim.exists():
                yield f"{path}: {target} leads nowhere"
            elif fragment and aim.suffix == ".md":
                if fragment not in {anchor(heading) for heading in HEADING.findall(aim.read_text(encoding="utf-8"))}:
                    yield f"{path}: {target} names no heading"


def the_top_level_has_the_agreed_folders():
    for name in sorted({path.parts[0] for path in tree.files() if len(path.parts) > 1} - FOLDERS):
        yield f"{name}/ is a new top-level folder"


def every_folder_of_code_says_what_it_is():
    heads = ("What comes in", "What goes out", "What always holds", "How to add one", "Where its tests are")
    for folder in sorted({str(path.parent) for path in tree.files(".cpp", ".h", under="compiler/")}):
        if len(folder.split("/")) != 2:
            continue
        readme = tree.ROOT / folder / "README.md"
        if not readme.is_file():
            yield f"{folder}/README.md is missing"
            continue
        text = readme.read_text(encoding="utf-8")
        yield from (f"{folder}/README.md lacks the head `{head}`" for head in heads if f"## {head}\n" not in text)


if __name__ == "__main__":
    tree.report([code_carries_the_licence, files_stay_short, nothing_is_left_unfinished, no_word_of_the_workplace,
                 text_ends_in_one_line_feed, links_are_alive, the_top_level_has_the_agreed_folders,
                 every_folder_of_code_says_what_it_is])
