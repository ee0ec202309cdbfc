# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Rulesets for nft at random, in forms that no emitter of ours writes, and packets at their boundaries."""
import ipaddress

import packets

SOURCES = {4: "10.1.0.0", 6: "fd00:1::"}
DESTINATIONS = {4: "10.2.0.0", 6: "fd00:2::"}
PORTS = (0, 1, 21, 22, 23, 53, 79, 80, 81, 443, 1023, 1024, 1025, 8080, 65534, 65535)
FLAGS = ("fin", "syn", "rst", "psh", "ack", "urg")
TYPES = {4: {"echo-reply": 0, "destination-unreachable": 3, "echo-request": 8, "time-exceeded": 11},
         6: {"destination-unreachable": 1, "packet-too-big": 2, "echo-request": 128, "echo-reply": 129,
             "nd-neighbor-solicit": 135}}
PROTOCOLS = {"tcp": 6, "udp": 17, "esp": 50, "gre": 47}
WORD = {4: "ip", 6: "ip6"}
ADDRESS = {4: "ipv4_addr", 6: "ipv6_addr"}


class Ruleset:
    def __init__(self, random):
        self.random = random
        self.remembers = random.random() < 0.3     # conntrack sees the packets
        # Where packets stay in pieces, the kernel takes the sender's bytes for the ports of later ones.
        self.in_pieces = not self.remembers and random.random() < 0.3
        self.family = random.choice(("inet", "inet", "inet", "ip", "ip6"))
        self.families = {"inet": (4, 6), "ip": (4,), "ip6": (6,)}[self.family]
        self.sets = {}
        self.now = self.families[0]                # of the rule that is being written
        self.open = True                           # whether it says nothing yet of what is above IP
        self.text = self.write()

    # The pieces of a match.

    def address(self, family, side):
        base = int(ipaddress.ip_address((SOURCES if side == "saddr" else DESTINATIONS)[family]))
        return ipaddress.ip_address(base + self.random.randrange(16))

    def addresses(self, family, side):
        one, other = sorted((self.address(family, side), self.address(family, side)))
        length = 32 if family == 4 else 128
        kind = self.random.randrange(3)
        if kind == 0:
            return str(one)
        if kind == 1 and one != other:
            return f"{one}-{other}"
        return str(ipaddress.ip_network((int(one), length - self.random.randrange(1, 4)), strict=False))

    def port(self):
        one, other = sorted(self.random.sample(PORTS, 2))
        return self.random.choice((str(one), str(other), f"{one}-{other}"))

    def several(self, make):
        """Elements that do not overlap: nft refuses those that do."""
        found = []
        for _ in range(self.random.randrange(1, 5)):
            text = make()
            low, high = self.bounds(text)
            if all(high < first or last < low for first, last, _ in found):
                found.append((low, high, text))
        return [text for _, _, text in found]

    @staticmethod
    def bounds(text):
        if "/" in text:
            network = ipaddress.ip_network(text)
            return int(network[0]), int(network[-1])
        first, _, last = text.partition("-")
        number = (lambda value: int(value) if value.isdigit() else int(ipaddress.ip_address(value)))
        return number(first), number(last or first)

    def operator(self):
        return self.random.choice(("", "", "", "!= "))

    def right(self, make, kind):
        """One value, an anonymous set, or a named one."""
        choice = self.random.randrange(4)
        if choice < 2:
            return make()
        elements = self.several(make)
        if choice == 2:
            return "{ " + ", ".join(elements) + " }"
        name = f"s{len(self.sets)}"
        self.sets[name] = f"set {name} {{ type {kind}; flags interval; elements = {{ {', '.join(elements)} }} }}"
        return f"@{name}"

    def match_address(self):
        side = self.random.choice(("saddr", "daddr"))
        right = self.right(lambda: self.addresses(self.now, side), ADDRESS[self.now])
        return f"{WORD[self.now]} {side} {self.operator()}{right}"

    def match_ports(self):
        protocol = self.random.choice(("tcp", "udp"))
        field = self.random.choice(("dport", "dport", "sport"))
        return f"{protocol} {field} {self.operator()}{self.right(self.port, 'inet_service')}"

    def match_either_port(self):
        return f"meta l4proto {{ tcp, udp }} th dport {self.operator()}{self.right(self.port, 'inet_service')}"

    def match_protocol(self):
        names = self.random.sample(sorted(PROTOCOLS), self.random.randrange(1, 3))
        right = names[0] if len(names) == 1 else "{ " + ", ".join(names) + " }"
        return f"meta l4proto {self.operator()}{right}"

    def match_flags(self):
        mask = self.random.sample(FLAGS, self.random.randrange(1, 4))
        value = self.random.choice(mask)
        return self.random.choice((f"tcp flags & ({'|'.join(mask)}) == {value}", f"tcp flags {value}",
                                   f"tcp flags & ({'|'.join(mask)}) != {value}"))

    def match_type(self):
        names = self.random.sample(sorted(TYPES[self.now]), self.random.randrange(1, 3))
        right = names[0] if len(names) == 1 else "{ " + ", ".join(names) + " }"
        return f"{'icmp' if self.now == 4 else 'icmpv6'} type {self.operator()}{right}"

    def match_pair(self):
        pairs = {f"{self.address(self.now, 'daddr')} . {self.random.choice(PORTS)}" for _ in range(3)}
        return f"{WORD[self.now]} daddr . {self.random.choice(('tcp', 'udp'))} dport {{ {', '.join(sorted(pairs))} }}"

    def match_state(self):
        return self.random.choice(("ct state new", "ct state established,related", "ct state != invalid",
                                   "ct state { new, untracked }"))

    def match_interface(self):
        return self.random.choice(('iifname "in0"', 'oifname "out0"', 'iifname != "out0"', 'oifname { "in0", "out0" }',
                                   'iifname "in*"'))

    def match_fragment(self):
        if self.now == 6:
            return self.random.choice(("exthdr frag exists", "exthdr frag missing", "frag frag-off 1-8191"))
        return self.random.choice(("ip frag-off & 0x1fff != 0", "ip frag-off & 0x1fff == 0"))

    def match_family(self):
        return f"meta nfproto {'ipv4' if self.now == 4 else 'ipv6'}"

    def matches(self):
        """At most one that needs a protocol above IP, and one family: nft refuses contradictions."""
        found = []
        if self.family == "inet" and self.random.random() < 0.15:
            found.append(self.match_family())
        if self.random.random() < 0.4:
            found.append(self.match_address())
        if self.random.random() < 0.15:
            found.append(self.match_interface())
        if self.remembers and self.random.random() < 0.3:
            found.append(self.match_state())
        if self.in_pieces and self.random.random() < 0.4:
            found.append(self.match_fragment())
        self.random.shuffle(found)
        if self.in_pieces:
            self.open = False
        elif self.random.random() < 0.5:
            makers = (self.match_ports, self.match_ports, self.match_either_port, self.match_protocol, self.match_flags,
                      self.match_type, self.match_pair)
            found.append(self.random.choice(makers)())
            self.open = False
        return found

    # Rules and chains.

    def verdict(self, later, hops=True):
        plain = self.random.choice(("accept", "drop", "accept", "drop", "return", "continue"))
        if later and hops and self.random.random() < 0.35:
            return f"{self.random.choice(('jump', 'goto'))} {self.random.choice(later)}"
        return plain

    def verdict_map(self, later):
        kind = self.random.randrange(3) if self.open else 1
        if kind == 0:
            key, elements = f"{self.random.choice(('tcp', 'udp'))} dport", self.several(self.port)
        elif kind == 1:
            key, elements = f"{WORD[self.now]} saddr", self.several(lambda: self.addresses(self.now, "saddr"))
        else:
            key, elements = "meta l4proto", self.random.sample(sorted(PROTOCOLS), 2)
        return f"{key} vmap {{ {', '.join(f'{element} : {self.verdict(later)}' for element in elements)} }}"

    def rule(self, later):
        self.now = self.random.choice(self.families)
        self.open = True
        parts = self.matches()
        if self.random.random() < 0.3:
            parts.append("counter")
        parts.append(self.verdict_map(later) if self.random.random() < 0.2 else self.verdict(later))
        if self.random.random() < 0.1:
            parts.append('comment "at random"')
        return " ".join(parts)

    def chain(self, name, later, head=""):
        rules = [self.rule(later) for _ in range(self.random.randrange(1, 7))]
        return f"chain {name} {{\n{head}" + "".join(f"        {rule}\n" for rule in rules) + "    }"

    def write(self):
        names = [f"c{index}" for index in range(self.random.randrange(0, 5))]
        chains = [self.chain(name, names[index + 1:]) for index, name in enumerate(names)]
        for index in range(self.random.choice((1, 1, 2))):
            hook = self.random.choice(("forward", "forward", "forward", "prerouting", "postrouting"))
            policy = self.random.choice(("accept", "drop"))
            head = f"        type filter hook {hook} priority {index * 5}; policy {policy};\n"
            chains.append(self.chain(f"base{index}", names, head))
        body = [*self.sets.values(), *chains]
        return f"table {self.family} t {{\n" + "".join(f"    {item}\n" for item in body) + "}\n"

    # Packets. All go one way, so that none belongs to a connection.

    def packet(self):
        family = self.random.choice((4, 6))
        protocol = self.random.choice((6, 6, 17, 17, 1 if family == 4 else 58, 47, 50))
        made = {"family": family, "protocol": protocol, "sport": 0, "dport": 0, "type": 0, "code": 0, "flags": 0,
                "later": self.in_pieces and self.random.random() < 0.3,
                "source": self.address(family, "saddr"), "destination": self.address(family, "daddr")}
        if made["later"]:
            return made
        if protocol in (6, 17):
            made["sport"], made["dport"] = self.random.choice(PORTS), self.random.choice(PORTS)
        if protocol == 6:
            made["flags"] = 2 if self.remembers else self.random.randrange(64)
        if protocol in (1, 58):
            kinds = sorted(TYPES[family].values())
            made["type"] = {4: 8, 6: self.random.choice((128, 135))}[family] if self.remembers \
                else self.random.choice(kinds)
        return made
