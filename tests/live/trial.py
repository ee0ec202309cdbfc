# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Sends probes through a lab and compares what became of them with what the policy says."""
import collections
import itertools

from oracle import ECHO_REQUEST, TCP, UDP

UNREACHABLE = {1: 3, 58: 1}
SHOWN = 12


class Trial:
    def __init__(self, lab, probes):
        self.lab, self.probes = lab, probes
        self.ports = itertools.count(20000)
        self.faults = []

    def source_space(self, probe):
        return self.lab.space_of.get(probe["where"], probe["where"])

    def listen(self):
        wanted = collections.defaultdict(set)
        for probe in self.probes:
            wanted[self.lab.where(probe["target"])].add((probe["protocol"], probe["target"], probe["dport"]))
        self.lab.ask_all({space: {"do": "listen", "sockets": sorted(map(list, sockets))}
                          for space, sockets in wanted.items()})

    def deafen(self):
        self.lab.ask_all({space: {"do": "deafen"} for space in list(self.lab.agents)})

    @staticmethod
    def mark(probe):
        """How the probe looks where it arrives."""
        protocol = probe["protocol"]
        if protocol in (TCP, UDP):
            return protocol, probe["source"], probe["sport"], probe["dport"]
        if protocol in ECHO_REQUEST:
            kind = UNREACHABLE if probe["kind"] == "error" else ECHO_REQUEST
            return protocol, probe["source"], kind[protocol], probe["sport"]
        return protocol, probe["source"], 0, probe["id"]

    def send(self, probes, wait):
        """What became of each probe: `answered`, `refused` …, and whether it arrived."""
        sent = collections.defaultdict(list)
        copies = []
        for probe in probes:
            copy = dict(probe, sport=probe["sport"] or next(self.ports))
            copies.append(copy)
            sent[self.source_space(copy)].append(copy)
        self.lab.ask_all({space: {"do": "seen"} for space in list(self.lab.agents)})
        outcome = {}
        for found in self.lab.ask_all({space: {"do": "send", "probes": each, "wait": wait}
                                       for space, each in sent.items()}).values():
            outcome.update({int(key): how for key, how in found.items()})
        spaces = {self.lab.where(probe["target"]) for probe in probes} | set(self.lab.agents)
        seen = {space: set(map(tuple, marks)) for space, marks in
                self.lab.ask_all({space: {"do": "seen"} for space in spaces}).items()}
        return [(copy, outcome.get(copy["id"], "silence"), self.mark(copy) in seen[self.lab.where(copy["target"])])
                for copy in copies]

    def report(self, phase, wrong, total):
        print(f"{phase}: {total} probes, {len(wrong)} wrong", flush=True)
        for probe, how, arrived in wrong[:SHOWN]:
            print(f"  {probe['source']} -> {probe['target']} protocol {probe['protocol']} "
                  f"{probe['sport']} -> {probe['dport']} {probe['kind']}{' spoofed' if probe['spoofed'] else ''}"
                  f" from {probe['where']} ({probe['why']}): {how}, {'arrived' if arrived else 'did not arrive'}")
        if wrong or not total:
            self.faults.append(phase)

    def without_rules(self, wait):
        """The lab carries every probe, so that what is missing later was dropped by a rule."""
        results = self.send(self.probes, wait)
        self.report("without rules all arrive", [each for each in results if not each[2]], len(results))

    def with_rules(self, wait):
        results = self.send(self.probes, wait)
        allowed = [each for each in results if each[0]["allowed"]]
        denied = [each for each in results if not each[0]["allowed"] and not each[0]["arrives"]]
        unanswered = [each for each in results if each[0]["arrives"]]
        self.report("allowed is answered", [each for each in allowed if each[1] != "answered"], len(allowed))
        self.report("not allowed does not arrive",
                    [each for each in denied if each[2] or each[1] != "silence"], len(denied))
        if unanswered:
            self.report("what looks like a reply arrives where nothing is remembered",
                        [each for each in unanswered if not each[2]], len(unanswered))

    def errors(self, wait):
        """Nobody listens any more: the ICMP error of an allowed datagram finds its way back."""
        self.deafen()
        chosen = [probe for probe in self.probes if probe["allowed"] and probe["protocol"] == UDP]
        results = self.send(chosen, wait)
        self.report("errors of allowed datagrams come back", [each for each in results if each[1] != "refused"], len(results))
