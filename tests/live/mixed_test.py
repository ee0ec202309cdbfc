#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Real packets through a switch without memory before a firewall with one.

The switch is planned as what it is, with replies by `established` and errors as rules, and its plan is written
as nftables rules that track nothing, so that this kernel stands in for it.

    mixed_test.py --dump live_dump --project tests/live/mixed
"""
import argparse
import json
import pathlib
import sys
import tempfile

import lab
from oracle import Oracle
from probes import Chooser
from trial import Trial


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--project", required=True)
    arguments = parser.parse_args()
    lab.enter()
    with tempfile.TemporaryDirectory() as folder:
        policy = json.loads(lab.run([arguments.dump, arguments.project, "--written-by", "nftables", folder]))
        rules = pathlib.Path(folder) / "switch.nft"
        if "notrack" not in rules.read_text(encoding="utf-8"):
            sys.exit("the switch's rules track connections, so this would show nothing")
        chooser = Chooser(lab.Topology(policy), Oracle(policy))
        chooser.flows()
        chooser.reversed_flows()
        chooser.spoofed_flows()
        chooser.strangers(forged=False)
        chooser.answers("pumps", "monitors")
        chooser.guards()
        trial = Trial(lab.Lab(chooser.topology), chooser.probes())
        trial.listen()
        trial.without_rules(wait=4)
        trial.lab.load(pathlib.Path(folder))
    trial.with_rules(wait=4)
    trial.errors(wait=3)
    return 1 if trial.faults else 0


if __name__ == "__main__":
    sys.exit(main())
