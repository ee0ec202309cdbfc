#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Rulesets with one mistake each: the kernel is the judge of whether the proof was right about them.

What the proof accepts has to pass and drop on the wire what the plan says; and each packet, what the reader says of it.
Of what the proof refuses it is counted how often some packet of the sample was decided otherwise than planned.

    mutants_test.py --mutants live_mutants [--count 30] POLICY...
"""
import argparse
import collections
import json
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time

import lab
import packets
from kernel_agreement_test import QUIET, ROUTER, enter_space, mac

NETLINK_NETFILTER = 12
CT_DELETE = 1 << 8 | 2   # the group ctnetlink, its message to delete


def router_mac(index):
    return bytes([2, 0, 0, 0, 1, index])


def peer_mac(index):
    return bytes([2, 0, 0, 0, 2, index])


def forget_connections():
    """Empties the table of connections of this namespace."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER) as wire:
        wire.send(struct.pack("=IHHIIBBH", 20, CT_DELETE, 1 | 4, 1, 0, 0, 0, 0))
        error = struct.unpack_from("=i", wire.recv(4096), 16)[0]
        if error:
            sys.exit(f"connections are not forgotten: error {-error}")


class Router:
    """A machine with the interfaces of a device, and a socket at the other end of each."""

    def __init__(self, name, interfaces):
        self.interfaces = interfaces
        self.router, self.peers = f"router-{name}", f"peers-{name}"
        for space in (self.router, self.peers):
            lab.run(["ip", "netns", "add", space])
        lab.Lab.batch(None, [
            f"link add {interface['port']} address {mac(router_mac(index))} netns {self.router} type veth "
            f"peer name p{index} address {mac(peer_mac(index))} netns {self.peers}"
            for index, interface in enumerate(interfaces)])
        lab.run(["ip", "netns", "exec", self.router, "sysctl", "-q", *(f"{key}={value}" for key, value in ROUTER.items())])
        lab.Lab.batch(self.peers, [f"link set p{index} up" for index in range(len(interfaces))])
        lines = ["link set lo up"]
        for index, interface in enumerate(interfaces):
            port = interface["port"]
            lines.append(f"link set {port} up")
            lines += [f"addr add {interface['ipv4']}/32 dev {port}"] if interface["ipv4"] else []
            lines += [f"addr add {interface['ipv6']}/128 dev {port} nodad"] if interface["ipv6"] else []
            lines += [f"neigh add {hop} lladdr {mac(peer_mac(index))} dev {port} nud permanent"
                      for hop in self.hops(index)]
        lab.Lab.batch(self.router, lines)
        enter_space(self.peers)
        self.sockets = [self.open(f"p{index}") for index in range(len(interfaces))]
        enter_space(self.router)   # where nft, ip and the table of connections are

    @staticmethod
    def hops(index):
        return f"192.0.2.{index + 1}", f"fe80::ffff:{index + 1}"

    @staticmethod
    def open(port):
        opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        opened.bind((port, 0))
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        return opened

    def lead_to(self, out):
        port = self.interfaces[out]["port"]
        hop4, hop6 = self.hops(out)
        subprocess.run(["ip", "-batch", "-"], check=True, text=True, input=(
            f"route replace default via {hop4} dev {port} onlink\n"
            f"route replace ::/0 via {hop6} dev {port}\n"))

    def heard(self, out, most):
        found, until = set(), time.monotonic() + QUIET
        self.sockets[out].settimeout(QUIET)
        while time.monotonic() < until and len(found) < most:
            try:
                number = packets.number_of(self.sockets[out].recv(2048))
            except TimeoutError:
                break
            if number is not None:
                found.add(number)
                until = time.monotonic() + QUIET
        return found

    def passed(self, tried):
        """Numbers of those that came out."""
        arrived = set()
        for out in sorted({one["out"] for one in tried}):
            self.lead_to(out)
            sent = [number for number, one in enumerate(tried) if one["out"] == out]
            for number in sent:
                into = tried[number]["in"]
                self.sockets[into].send(packets.frame(packet_of(tried[number]["packet"]), number, router_mac(into),
                                                      peer_mac(into)))
            arrived |= self.heard(out, len(sent))
        return arrived


def packet_of(line):
    names = ("family", "source", "destination", "protocol", "sport", "dport", "type", "code", "flags", "later")
    packet = dict(zip(names, line.split()))
    for name in names:
        packet[name] = packets.address(packet[name]) if name in ("source", "destination") else int(packet[name])
    return packet


def arrivals(router, folder, ruleset, count):
    """Numbers of the packets that the kernel lets pass; nothing when nft refuses the ruleset."""
    lab.run(["nft", "flush", "ruleset"])
    forget_connections()
    if subprocess.run(["nft", "-f", str(folder / ruleset["file"])], capture_output=True, check=False).returncode:
        count["refused by nft"] += 1
        return None
    arrived = router.passed(ruleset["packets"])
    count["packets"] += len(ruleset["packets"])
    count["of which passed"] += len(arrived)
    return arrived


def trial(device, name, folder, count):
    router = Router(name, device["interfaces"])
    for ruleset in device["rulesets"]:
        arrived = arrivals(router, folder, ruleset, count)
        if arrived is None:
            continue
        tried = ruleset["packets"]
        misread = [one for number, one in enumerate(tried) if one["read"] != (number in arrived)]
        unplanned = [one for number, one in enumerate(tried) if one["planned"] != (number in arrived)]
        count["accepted by the proof" if ruleset["proved"] else "refused by the proof"] += 1
        count["of which the kernel decides otherwise than planned"] += not ruleset["proved"] and bool(unplanned)
        if misread or (ruleset["proved"] and unplanned):
            count["faults"] += 1
            print(f"{device['device']}, {ruleset['kind']} at line {ruleset['line']}: the kernel decides otherwise, for "
                  f"example {(misread or unplanned)[0]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", required=True)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("policies", nargs="+")
    arguments = parser.parse_args()
    command = [str(pathlib.Path(arguments.mutants).resolve())]
    lab.enter()
    count = collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        lab.run([*command, scratch, str(arguments.count), *arguments.policies])
        devices = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        for number, device in enumerate(devices):
            trial(device, number, folder, count)
    for what, times in count.items():
        print(f"{what}: {times}")
    enough = count["of which the kernel decides otherwise than planned"] > len(devices) and count["accepted by the proof"] > len(devices)
    return 1 if count["faults"] or not enough else 0


if __name__ == "__main__":
    sys.exit(main())
