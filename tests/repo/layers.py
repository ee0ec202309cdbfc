# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom. A folder may include itself, the folders named here, all that those may include, and `base`."""

LAYERS = {
    "compiler/base": [],
    "compiler/source": [],
    "compiler/diagnostics": ["compiler/source"],
    "compiler/packet": [],
    "compiler/yaml": ["compiler/source", "compiler/diagnostics"],
    "compiler/syntax": ["compiler/yaml"],
    "compiler/ir": ["compiler/source", "compiler/packet"],
    "compiler/resolve": ["compiler/syntax", "compiler/ir"],
    "compiler/graph": ["compiler/ir"],
    "compiler/check": ["compiler/ir", "compiler/graph", "compiler/diagnostics"],
    "compiler/config": ["compiler/packet", "compiler/source"],
    "compiler/plan": ["compiler/ir", "compiler/graph", "compiler/config", "compiler/diagnostics"],
    "compiler/backend": ["compiler/config", "compiler/diagnostics"],
    "compiler/prove": ["compiler/ir", "compiler/config", "compiler/backend", "compiler/packet", "compiler/diagnostics"],
    "compiler/change": ["compiler/prove", "compiler/plan"],
    "compiler/report": ["compiler/change", "compiler/check"],
    "compiler/cli": ["compiler/report", "compiler/resolve", "compiler/plan", "compiler/backend", "compiler/prove"],
    "backends/common": ["compiler/config", "compiler/backend", "compiler/packet", "compiler/diagnostics"],
    "backends/PLATFORM": ["backends/common"],
    "backends": ["backends/PLATFORM"],
}

# A third party has one user where it shapes the code around it.
THIRD_PARTIES = {
    "yaml-cpp": ["compiler/yaml"],
    "boost": ["compiler/graph", "backends/PLATFORM"],  # there only to hash
    "CLI": ["compiler/cli"],
    "git2": ["compiler/cli"],
    "re2": ["compiler/resolve"],
    "nettle": ["compiler/base"],
    "nlohmann": ["compiler/diagnostics", "compiler/syntax", "compiler/report", "compiler/cli", "backends/PLATFORM"],
    "oneapi": ["compiler/yaml", "compiler/syntax", "compiler/resolve", "compiler/plan", "compiler/cli"],
    "fmt": None,  # everywhere
}


def closure(folder):
    """Every folder that `folder` may include."""
    found, waiting = {"compiler/base"}, [folder]
    while waiting:
        name = waiting.pop()
        if name not in found or name == folder:
            found.add(name)
            waiting += LAYERS[name]
    return found
