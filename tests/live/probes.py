# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Which packets to send: some of every flow, and of every ordered pair of zones some that no flow allows."""
import itertools

from oracle import ECHO_REQUEST, ICMP, ICMPV6, TCP, UDP, family

GRE = 47
STRANGE = [(TCP, 23), (TCP, 445), (TCP, 8443), (UDP, 161), (UDP, 40000), ("echo", 0), (GRE, 0)]
CLOSED = 31998  # a port that no service has, and so is the next
GUARDED = [(TCP, 22), (UDP, 161), ("echo", 0)]


class Chooser:
    def __init__(self, topology, oracle):
        self.topology, self.oracle = topology, oracle
        self.numbers = itertools.count(1)
        self.made = {}

    def add(self, where, source, target, protocol, sport, dport, kind="fresh", spoofed=False, why=""):
        """One probe; `where` is the network or device that it is sent from."""
        if family(source) != family(target) or source == target:
            return
        if protocol == "echo":
            protocol = (ICMP, ICMPV6)[family(source)]
        key = (where, source, target, protocol, sport, dport, kind)
        if key in self.made:
            return
        opens = self.oracle.opens(source, target, protocol, sport or 33333, dport)
        if kind in ("ack", "syn") and opens:
            return
        allowed = opens and kind == "fresh" and not spoofed
        self.made[key] = {"id": next(self.numbers), "where": where, "source": source, "target": target,
                          "protocol": protocol, "sport": sport, "dport": dport, "kind": kind,
                          "spoofed": spoofed, "allowed": allowed, "arrives": False, "why": why}

    # What flows allow

    def members(self, endpoint, limit=2):
        """Addresses of the endpoint that exist in the lab, with the network they are in."""
        for piece in endpoint["pieces"]:
            found = [address for address in self.topology.hosts.get(piece["network"], ())
                     if self.oracle.holds({"device": "", "pieces": [piece]}, address)]
            for kind in (0, 1):
                for address in [address for address in found if family(address) == kind][:limit]:
                    yield piece["network"], address

    def device_address(self, device, network, kind):
        """The address by which hosts of the network meet the device: on their link, or behind their gateway."""
        topology = self.topology
        own = topology.own(device, network, kind)
        if own:
            return own
        gateway = topology.attached[network][0][0]
        shared = [interface["network"] for interface in topology.devices[device]["interfaces"]
                  if topology.own(gateway, interface["network"], kind)]
        shared.sort(key=lambda name: not topology.networks[name]["transit"])
        if not shared and len(topology.devices[device]["interfaces"]) == 1:
            shared = [topology.devices[device]["interfaces"][0]["network"]]
        return topology.own(device, shared[0], kind) if shared else None

    def pairs(self, flow):
        endpoints = self.oracle.policy["endpoints"]
        one, other = endpoints[flow["from"]], endpoints[flow["to"]]
        if one["device"] and other["device"]:
            return
        if one["device"]:
            for network, target in self.members(other):
                source = self.device_address(one["device"], network, family(target))
                if source:
                    yield one["device"], source, target
        elif other["device"]:
            for network, source in self.members(one):
                target = self.device_address(other["device"], network, family(source))
                if target:
                    yield network, source, target
        else:
            for (network, source), (_, target) in itertools.product(self.members(one), self.members(other)):
                if family(source) == family(target):
                    yield network, source, target

    @staticmethod
    def services(term):
        """Protocol, source port (0: any) and destination port, at both ends of what the term holds."""
        if term["protocol"] is None:
            return [(TCP, 0, 7777), (UDP, 0, 7777), ("echo", 0, 0)]
        if term["protocol"] in ECHO_REQUEST:
            return [(term["protocol"], 0, 0)] if term["type"] in (None, ECHO_REQUEST[term["protocol"]]) else []
        if term["protocol"] not in (TCP, UDP):
            return [(term["protocol"], 0, 0)]
        sport = 0 if term["source"] == [0, 65535] else term["source"][0]
        ends = [7777] if term["destination"] == [0, 65535] else sorted(set(term["destination"]))
        return [(term["protocol"], sport, dport) for dport in ends]

    def flows(self):
        for flow in self.oracle.policy["flows"]:
            for where, source, target in self.pairs(flow):
                for term in flow["terms"]:
                    for protocol, sport, dport in self.services(term):
                        if protocol == (ICMP, ICMPV6)[1 - family(source)]:
                            continue
                        self.add(where, source, target, protocol, sport, dport, why=flow["name"])

    # What they do not

    def zones_pairs(self, kind):
        """Every ordered pair of networks in zones, with a host address of each."""
        hosts = {name: [address for address in found if family(address) == kind]
                 for name, found in self.topology.hosts.items()}
        for one, other in itertools.permutations([name for name in hosts if hosts[name]], 2):
            yield one, hosts[one], other, hosts[other]

    def strangers(self, forged):
        """`forged`: also segments and errors of no connection, which only a filter with memory can tell."""
        for kind in (0, 1):
            for one, sources, other, targets in self.zones_pairs(kind):
                for protocol, dport in STRANGE:
                    self.add(one, sources[0], targets[-1], protocol, 0, dport, why=f"{one} to {other}")
                    self.add(one, sources[-1], targets[0], protocol, 0, dport, why=f"{one} to {other}")
                if forged:
                    self.add(one, sources[0], targets[0], TCP, 443, CLOSED, "ack", why=f"forged reply, {one} to {other}")
                    self.add(one, sources[0], targets[0], (ICMP, ICMPV6)[kind], 0, 0, "error", why=f"forged error, {one} to {other}")

    def reversed_flows(self):
        for probe in [probe for probe in self.made.values() if probe["allowed"] and probe["protocol"] in (TCP, UDP)]:
            network = self.oracle.network(probe["target"])["name"]
            if network in self.topology.hosts and probe["target"] in self.topology.hosts[network]:
                self.add(network, probe["target"], probe["source"], probe["protocol"], 0, probe["dport"],
                         why=f"reversed {probe['why']}")
                if probe["protocol"] == TCP:
                    self.add(network, probe["target"], probe["source"], TCP, probe["dport"], CLOSED + 1, "syn",
                             why=f"connection back from the server's port, {probe['why']}")

    def answers(self, *networks):
        """Between networks of one filter without memory: the segment that a reply would be is let through."""
        for probe in [probe for probe in self.made.values() if probe["allowed"] and probe["protocol"] == TCP]:
            one, other = self.oracle.network(probe["source"])["name"], self.oracle.network(probe["target"])["name"]
            if {one, other} == set(networks):
                self.add(other, probe["target"], probe["source"], TCP, probe["dport"], CLOSED, "ack",
                         why=f"like a reply of {probe['why']}")
                self.made[other, probe["target"], probe["source"], TCP, probe["dport"], CLOSED, "ack"]["arrives"] = True

    def spoofed_flows(self, attackers=3):
        """An allowed packet, sent from the wrong network."""
        networks = list(self.topology.hosts)
        turn = itertools.count()
        for probe in [probe for probe in self.made.values() if probe["allowed"] and probe["protocol"] in (TCP, UDP)]:
            if probe["source"] in self.oracle.owners:
                continue  # on the way it may pass the device whose address it pretends to come from
            source, target = self.oracle.network(probe["source"])["name"], self.oracle.network(probe["target"])["name"]
            wrong = [name for name in networks if name not in (source, target) and self.speaks(name, family(probe["source"]))]
            for _ in range(min(attackers, len(wrong))):
                self.add(wrong[next(turn) % len(wrong)], probe["source"], probe["target"], probe["protocol"], 0,
                         probe["dport"], spoofed=True, why=f"spoofed {probe['why']}")

    def speaks(self, network, kind):
        return any(family(address) == kind for address in self.topology.hosts[network])

    def guards(self):
        """Every network towards every device that it can reach without a flow."""
        for network, found in self.topology.hosts.items():
            for device in self.topology.devices:
                for kind in (0, 1):
                    target = self.device_address(device, network, kind)
                    sources = [address for address in found if family(address) == kind]
                    if target and sources:
                        for protocol, dport in GUARDED:
                            self.add(network, sources[0], target, protocol, 0, dport, why=f"{network} to device {device}")

    def probes(self):
        return list(self.made.values())
