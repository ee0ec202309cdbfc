#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Real packets through the whole reference hospital, every device of it standing on this kernel.

    hospital_test.py --cordon BINARY --dump live_dump --project examples/reference-hospital
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import lab
from oracle import Oracle
from probes import Chooser
from trial import Trial


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", required=True)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--project", required=True)
    arguments = parser.parse_args()
    lab.enter()
    policy = json.loads(lab.run([arguments.dump, arguments.project, "nftables"]))
    topology = lab.Topology(policy)
    chooser = Chooser(topology, Oracle(policy))
    chooser.flows()
    chooser.reversed_flows()
    chooser.spoofed_flows()
    chooser.strangers(forged=True)
    chooser.guards()
    trial = Trial(lab.Lab(topology), chooser.probes())
    trial.listen()
    trial.without_rules(wait=6)
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "out"
        subprocess.run([arguments.cordon, "compile", arguments.project, "-o", str(output), "--retarget",
                        "all=nftables"], check=True, capture_output=True)
        trial.lab.load(output)
    trial.with_rules(wait=6)
    trial.errors(wait=4)
    return 1 if trial.faults else 0


if __name__ == "__main__":
    sys.exit(main())
