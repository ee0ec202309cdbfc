# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Who may talk to whom, one packet at a time, from the dump of a policy. Knows nothing of rules or devices' filters."""
import ipaddress

TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
ECHO_REQUEST = {ICMP: 8, ICMPV6: 128}


def number(address):
    return int(ipaddress.ip_address(address))


def family(address):
    return 1 if ":" in address else 0


class Oracle:
    def __init__(self, policy):
        self.policy = policy
        self.isolating = {zone["name"] for zone in policy["zones"] if zone["isolate"]}
        self.prefixes = [(ipaddress.ip_network(prefix), network) for network in policy["networks"]
                         for prefix in network["prefixes"]]
        self.any = next((network for network in policy["networks"] if network["any4"] or network["any6"]), None)
        self.owners = {address: device["name"] for device in policy["devices"] for interface in device["interfaces"]
                       for address in interface["addresses"] + interface["virtual"] if address}

    def network(self, address):
        value = ipaddress.ip_address(address)
        for prefix, network in self.prefixes:
            if value.version == prefix.version and value in prefix:
                return network
        return self.any

    def holds(self, endpoint, address):
        if endpoint["device"]:
            return self.owners.get(address) == endpoint["device"]
        kind, value = family(address), number(address)
        for piece in endpoint["pieces"]:
            if piece["whole"] and address in self.owners:
                continue  # all of a network never means the devices in it
            if any(number(low) <= value <= number(high) for low, high in piece["ranges"][kind]):
                return True
        return False

    @staticmethod
    def serves(term, protocol, sport, dport):
        if term["protocol"] is None:
            return True
        if term["protocol"] != protocol:
            return False
        if protocol in ECHO_REQUEST:
            return term["type"] in (None, ECHO_REQUEST[protocol])
        if protocol in (TCP, UDP):
            return term["source"][0] <= sport <= term["source"][1] \
                and term["destination"][0] <= dport <= term["destination"][1]
        return True

    def opens(self, source, target, protocol, sport, dport):
        """May a new connection like this be made?"""
        endpoints = self.policy["endpoints"]
        for flow in self.policy["flows"]:
            if self.holds(endpoints[flow["from"]], source) and self.holds(endpoints[flow["to"]], target) \
                    and any(self.serves(term, protocol, sport, dport) for term in flow["terms"]):
                return True
        one, other = self.network(source), self.network(target)
        if not one["zone"] or one["zone"] != other["zone"] or target in self.owners or source in self.owners:
            return False
        return one is other or one["zone"] not in self.isolating
