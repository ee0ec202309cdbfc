#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Holds every #include of compiler/ and backends/ against the table in layers.py."""
import re

import tree
from layers import LAYERS, THIRD_PARTIES, closure

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SYSTEM_FOLDERS = {"sys", "arpa", "netinet", "bits"}
PLATFORM_NAME = re.compile(r"\b(cisco\w*|asa|(?<!std::)ios|ios-?xe|nftables|nft|iptables|catalyst)\b", re.IGNORECASE)
# The compiler speaks of platforms only where it shows whole policies to people.
NAMES_PLATFORMS = ("compiler/diagnostics/explain/", "compiler/cli/cordon.1")


def layer_of(path):
    """The row of the table that a file belongs to; None for a folder that the table lacks."""
    parts = str(path).split("/")
    if parts[0] == "backends":
        if len(parts) == 2:
            return "backends"
        return "backends/common" if parts[1] == "common" else "backends/PLATFORM"
    folder = "/".join(parts[:2])
    return folder if folder in LAYERS else None


def fault_of(path, line):
    """What is wrong with one line of one file; None when nothing is."""
    found = INCLUDE.match(line)
    if not found:
        return None
    quoted, target = found.group(1) == '"', found.group(2)
    layer = layer_of(path)
    if layer is None:
        return "lies in a folder that tests/repo/layers.py does not have"
    if quoted:
        return project_fault(path, layer, target)
    party = target.split("/")[0]
    if "/" not in target or party in SYSTEM_FOLDERS:
        return None
    if party not in THIRD_PARTIES:
        return f"includes <{target}>, a third party that the table does not have"
    users = THIRD_PARTIES[party]
    if users is not None and layer not in users:
        return f"includes <{target}>; permitted to: {', '.join(users)}"
    return None


def project_fault(path, layer, target):
    if not target.startswith(("compiler/", "backends/")):
        return f'includes "{target}"; paths start at the root of the repository'
    if not (tree.ROOT / target).is_file():
        return None if target.startswith("compiler/generated/") else f'includes "{target}", which does not exist'
    permitted = closure(layer)
    wanted = layer_of(target)
    same_platform = str(path).split("/")[:2] == target.split("/")[:2]
    if wanted in permitted and (wanted != "backends/PLATFORM" or same_platform or layer == "backends"):
        return None
    return f'includes "{target}"; {layer} may include: {", ".join(sorted(permitted))}'


def includes_follow_the_table():
    sources = [path for folder in ("compiler/", "backends/") for path in tree.files(".h", ".cpp", ".def", under=folder)]
    for path in sources:
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            fault = fault_of(path, line)
            if fault:
                yield f"{path}:{number}: {fault}"


def the_table_itself_catches():
    cases = [
        ("compiler/packet/a.h", '#include "compiler/ir/policy.h"', True),
        ("compiler/ir/a.h", '#include "compiler/packet/address.h"', False),
        ("compiler/yaml/a.cpp", "#include <yaml-cpp/parser.h>", False),
        ("compiler/syntax/a.cpp", "#include <yaml-cpp/parser.h>", True),
        ("compiler/plan/a.cpp", "#include <boost/graph/adjacency_list.hpp>", True),
        ("compiler/plan/a.cpp", "#include <vector>", False),
        ("compiler/cli/a.cpp", '#include "backends/nftables/backend.h"', True),
        ("backends/cisco_asa/emit.cpp", '#include "backends/nftables/backend.h"', True),
        ("backends/nftables/emit.cpp", '#include "backends/nftables/backend.h"', False),
        ("backends/nftables/emit.cpp", '#include "compiler/ir/policy.h"', True),
        ("backends/all_backends.cpp", '#include "backends/nftables/backend.h"', False),
        ("compiler/cli/a.cpp", '#include "cli.h"', True),
    ]
    for path, line, wrong in cases:
        if bool(fault_of(path, line)) != wrong:
            yield f"{path}: {line} should {'not ' if not wrong else ''}be refused"


def earlier_floors_never_include_later_ones():
    floors = list(LAYERS)
    for folder, named in LAYERS.items():
        for other in named:
            if floors.index(other) > floors.index(folder) and not folder.startswith("backends"):
                yield f"{folder} names {other}, which stands on a later floor"


def the_compiler_names_no_platform():
    for folder in ("compiler/", "tests/unit/"):
        for path in tree.files(under=folder):
            if str(path).startswith(NAMES_PLATFORMS) or str(path).startswith("tests/unit/backends"):
                continue
            for number, line in enumerate(tree.read(path).splitlines(), 1):
                found = PLATFORM_NAME.search(line)
                if found:
                    yield f"{path}:{number}: names `{found.group()}`; ask a capability"


if __name__ == "__main__":
    tree.report([includes_follow_the_table, the_table_itself_catches, earlier_floors_never_include_later_ones,
                 the_compiler_names_no_platform])
