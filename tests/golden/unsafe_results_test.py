#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Ways in which policy compilers have opened or lost traffic in silence, each shown to end well here.

    unsafe_results_test.py --cordon BINARY
"""
import argparse
import itertools
import json
import pathlib
import re
import sys
import tempfile
import unittest

import cases

PORTS = {"cisco-asa": "GigabitEthernet0/{n}", "cisco-ios": "GigabitEthernet1/0/{n}", "nftables": "eth{n}"}
POLICY = """cordon: 1
networks:
  clients: {{ipv4: 10.20.0.0/24, ipv6: 'fd00:20::/64'}}
  servers: {{ipv4: 10.30.0.0/24, ipv6: 'fd00:30::/64'}}
zones:
  clients: {{networks: [clients]}}
  servers: {{networks: [servers]}}
hosts:
  a:   {{network: clients, ipv4: 10.20.0.10}}
  b:   {{network: clients, ipv4: 10.20.0.11}}
  web: {{network: servers, ipv4: 10.30.0.10}}
  db:  {{network: servers, ipv4: 10.30.0.11}}
  c:   {{network: clients, ipv4: 10.20.0.30}}
  d:   {{network: clients, ipv4: 10.20.0.90}}
groups:
  scattered: [a, c, d]
conduits:
  web:
    between: [clients, servers]
    flows:
{flows}
devices:
  edge:
    platform: {platform}
    interfaces:
      clients: {{port: {clients}, network: clients, ipv4: 10.20.0.1, ipv6: 'fd00:20::1'}}
      servers: {{port: {servers}, network: servers, ipv4: 10.30.0.1, ipv6: 'fd00:30::1'}}
"""
CORDON = None


def policy(platform, *flows):
    ports = PORTS.get(platform, PORTS["nftables"])
    return POLICY.format(platform=platform, flows="\n".join(f"      - {flow}" for flow in flows),
                         clients=ports.format(n=1), servers=ports.format(n=2))


class Unsafe(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def compile(self, text):
        """The lines of the one configuration, without their numbers."""
        (self.folder / "policy.yaml").write_text(text, encoding="utf-8")
        files, messages = cases.compile_to(CORDON, self.folder / "policy.yaml", self.folder / "out")
        self.assertIsNotNone(files, messages)
        self.assertEqual(len(files), 1)
        lines = next(iter(files.values())).decode().splitlines()
        return [re.sub(r"^ *(sequence )?\d+ (?=permit|deny|remark)", "", line).strip() for line in lines]

    def refused(self, text, code, slug):
        (self.folder / "policy.yaml").write_text(text, encoding="utf-8")
        exit_code, printed, errors = cases.run(CORDON, "compile", self.folder / "policy.yaml", "-o", self.folder / "out")
        messages = (printed + errors).decode()
        self.assertEqual(exit_code, code, messages)
        self.assertIn(f" {slug}]", messages)
        self.assertFalse((self.folder / "out").exists(), "something was written")

    def entries(self, lines, name):
        """The entries of one IOS list."""
        start = next(i for i, line in enumerate(lines) if line.startswith(f"ip access-list extended {name}-"))
        return lines[start + 1:lines.index("!", start)]

    def permits(self, lines):
        return [line for line in lines if re.search(r"\bpermit\b|\baccept\b", line) and "remark" not in line]

    def test_icmp_keeps_its_type(self):
        """A group of services does not turn one type of ICMP into all of ICMP."""
        for platform in PORTS:
            with self.subTest(platform):
                lines = self.compile(policy(platform, "{from: a, to: web, services: [icmp/echo-request, tcp/443]}"))
                bare = re.compile(r"permit icmp6? .* (\S*[.:]\S*|any)$|l4proto icmp |service-object icmp$|^icmp$")
                self.assertEqual([line for line in lines if bare.search(line)], [])
                typed = re.compile(r"icmp type (8|\{ ?8)|service-object icmp 8|^icmp 8|icmp .* (8|echo)$")
                self.assertTrue([line for line in lines if typed.search(line)], lines)

    def test_replies_are_not_connections(self):
        """Where a filter has no memory, replies of TCP pass as `established` and open nothing."""
        lines = self.compile(policy("cisco-ios", "{from: a, to: web, services: [tcp/443]}"))
        back = [line for line in lines if line.startswith("permit tcp host 10.30.0.10 ")]
        self.assertEqual(back, ["permit tcp host 10.30.0.10 eq 443 host 10.20.0.10 established"])

    def test_groups_do_not_lose_established(self):
        """Replies between groups, of TCP and UDP together: no group of services admits new TCP connections."""
        lines = self.compile(policy("cisco-ios", "{from: scattered, to: [web, db], services: [tcp/443, tcp/8443, udp/53, udp/123]}"))
        replies = self.entries(lines, "servers-in")
        tcp = [line for line in replies if line.startswith("permit tcp ")]
        self.assertEqual(len(tcp), 2, replies)
        self.assertEqual([line for line in tcp if not line.endswith(" established")], [])
        for name in re.findall(r"permit object-group (\S+)", "\n".join(replies)):
            members = lines[lines.index(f"object-group service {name}") + 1:]
            members = itertools.takewhile(lambda line: not line.startswith(("object-group ", "!")), members)
            self.assertEqual([member for member in members if not re.match("udp source eq|icmp \\d", member)], [])

    def test_every_pair_of_a_product_is_there(self):
        """Two sources to two destinations with adjoining addresses are four pairs, none lost."""
        expected = {
            "cisco-asa": "extended permit tcp 10.20.0.10 255.255.255.254 10.30.0.10 255.255.255.254 eq 443",
            "cisco-ios": "permit tcp 10.20.0.10 0.0.0.1 10.30.0.10 0.0.0.1 eq 443",
            "nftables": "ip saddr 10.20.0.10/31 ip daddr 10.30.0.10/31 tcp dport 443 counter accept",
        }
        for platform, entry in expected.items():
            with self.subTest(platform):
                lines = self.compile(policy(platform, "{from: [a, b], to: [web, db], services: [tcp/443]}"))
                self.assertEqual(len([line for line in lines if entry in line]), 1, lines)

    def test_a_misspelt_key_widens_nothing(self):
        for platform in PORTS:
            with self.subTest(platform):
                self.refused(policy(platform, "{from: a, ot: web, services: [tcp/443]}"), 3, "unknown-key")

    def test_a_key_twice_loses_nothing(self):
        self.refused(policy("nftables", "{from: a, from: b, to: web, services: [tcp/443]}"), 3, "duplicate-key")

    def test_an_unknown_platform_is_refused(self):
        self.refused(policy("nftabels", "{from: a, to: web, services: [tcp/443]}"), 3, "unknown-platform")

    def test_an_unknown_name_is_not_everything(self):
        self.refused(policy("cisco-asa", "{from: a, to: wbe, services: [tcp/443]}"), 3, "unknown-name")

    def test_an_empty_set_is_not_everything(self):
        self.refused(policy("cisco-ios", "{from: a, to: web, services: [tcp/443], except: [a]}"), 3, "except-empties")

    def test_one_type_of_icmp_compiles_for_nftables(self):
        lines = self.compile(policy("nftables", "{from: a, to: web, services: [icmp/echo-request]}"))
        self.assertIn('ip saddr 10.20.0.10 ip daddr 10.30.0.10 icmp type 8 counter accept comment "web/1"', lines)

    def test_a_group_is_written_once(self):
        """Entries that refer to a group are not repeated for each pair of its members."""
        for platform in PORTS:
            with self.subTest(platform):
                lines = self.compile(policy(platform, "{from: scattered, to: [web, db], services: [tcp/443]}"))
                found = [line for line in self.permits(lines) if "443" in line]
                self.assertEqual(len(found), len(set(found)), found)
                self.assertIn(len(found), (1, 2), found)  # a filter without memory has one for the way back

    def test_ports_stay_with_their_protocol(self):
        """tcp/22 with udp/53 opens neither udp/22 nor tcp/53."""
        for platform in PORTS:
            with self.subTest(platform):
                text = "\n".join(self.compile(policy(platform, "{from: a, to: web, services: [tcp/22, udp/53]}")))
                self.assertNotRegex(text, r"udp (destination )?eq 22\b|udp \. 22\b|udp dport 22\b")
                self.assertNotRegex(text, r"tcp (destination )?eq 53\b|tcp \. 53\b|tcp dport 53\b")
                self.assertNotRegex(text, r"l4proto \{ ?tcp, udp ?\}|tcp-udp")

    def test_what_another_flow_covers_is_still_written(self):
        """A flow inside another's is no reason to leave out a file."""
        for platform in PORTS:
            with self.subTest(platform):
                lines = self.compile(policy(platform, "{from: clients, to: servers, services: [tcp/443]}",
                                            "{from: a, to: web, services: [tcp/443]}"))
                self.assertTrue(self.permits(lines))

    def test_no_interface_to_the_internet_is_no_silence(self):
        """A flow to where no device has an interface is refused at its line, and nothing is written."""
        text = policy("cisco-asa", "{from: a, to: web, services: [tcp/443]}").replace("zones:", """\
  internet: {ipv4: any}
zones:
  internet: {networks: [internet]}""").replace("devices:", """\
  out:
    between: [clients, internet]
    flows: [{from: a, to: internet, services: [tcp/443]}]
devices:""")
        self.refused(text, 1, "flow-without-path")

    def test_what_is_written_is_counted(self):
        """Nothing of the policy may be missing without a word: all that is declared is counted."""
        (self.folder / "policy.yaml").write_text(policy("cisco-asa", "{from: a, to: web, services: [tcp/443]}"), encoding="utf-8")
        code, _, errors = cases.run(CORDON, "compile", self.folder / "policy.yaml", "-o", self.folder / "out")
        self.assertEqual(code, 0, errors)
        manifest = json.loads((self.folder / "out/manifest.json").read_text(encoding="utf-8"))
        self.assertEqual([output["device"] for output in manifest["outputs"] if "device" in output], ["edge"])
        self.assertEqual(manifest["proof"], "translation, end to end")


def main():
    global CORDON
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", type=pathlib.Path, required=True)
    CORDON = parser.parse_args().cordon.resolve()
    unittest.main(argv=[sys.argv[0]])


if __name__ == "__main__":
    main()
