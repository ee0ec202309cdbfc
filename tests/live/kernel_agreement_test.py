#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Rulesets at random: what our reader says of packets at their boundaries is what this kernel does with them.

A router in a namespace of its own, a sender before it and a listener behind it. Each ruleset is loaded by the real
nft; each packet is put on the wire byte by byte. The reader judges the same packets three times: by the ruleset as
it was written, as `nft list ruleset` prints it, and as JSON.

    kernel_agreement_test.py --verdicts live_verdicts [--rulesets 150] [--packets 120] [--seed 1]
"""
import argparse
import ctypes
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import time

import lab
import packets
from random_rulesets import Ruleset

ROUTER = {**lab.ROUTER_SETTINGS, "net.ipv6.conf.all.accept_dad": 0, "net.ipv6.conf.default.accept_dad": 0}
SENDER, ROUTER_IN = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
ROUTER_OUT, LISTENER = bytes.fromhex("020000000003"), bytes.fromhex("020000000004")
QUIET = 0.03   # seconds after which nothing more is under way
CLONE_NEWNET = 0x40000000


def mac(address):
    return ":".join(f"{byte:02x}" for byte in address)


def wire():
    for space in ("sender", "router", "listener"):
        lab.run(["ip", "netns", "add", space])
    lab.Lab.batch(None, [
        f"link add eth0 address {mac(SENDER)} netns sender type veth peer name in0 address {mac(ROUTER_IN)} netns router",
        f"link add out0 address {mac(ROUTER_OUT)} netns router type veth peer name eth0 address {mac(LISTENER)} "
        "netns listener"])
    lab.run(["ip", "netns", "exec", "router", "sysctl", "-q", *(f"{key}={value}" for key, value in ROUTER.items())])
    for space in ("sender", "listener"):
        lab.Lab.batch(space, ["link set eth0 up"])
    lab.Lab.batch("router", [
        "link set lo up", "link set in0 up", "link set out0 up",
        "addr add 10.1.0.254/24 dev in0", "addr add 10.3.0.1/24 dev out0",
        "addr add fd00:1::fe/64 dev in0 nodad", "addr add fd00:3::1/64 dev out0 nodad",
        f"neigh add 10.3.0.2 lladdr {mac(LISTENER)} dev out0 nud permanent",
        f"neigh add fd00:3::2 lladdr {mac(LISTENER)} dev out0 nud permanent",
        "route add 10.2.0.0/24 via 10.3.0.2", "route add fd00:2::/64 via fd00:3::2"])


def enter_space(name):
    with open(f"/run/netns/{name}", "rb") as space:
        if ctypes.CDLL(None, use_errno=True).setns(space.fileno(), CLONE_NEWNET):
            sys.exit(f"setns fails: {os.strerror(ctypes.get_errno())}")


def open_wire(space):
    enter_space(space)
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    opened.bind(("eth0", 0))
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
    return opened


class Wire:
    def __init__(self):
        self.sender, self.listener = open_wire("sender"), open_wire("listener")
        enter_space("router")   # where nft is going to run

    def heard(self, last):
        """Numbers of what arrives until it has been quiet for a while, or all have come."""
        found, self_until = set(), time.monotonic() + QUIET
        self.listener.settimeout(QUIET)
        while time.monotonic() < self_until and len(found) < last:
            try:
                number = packets.number_of(self.listener.recv(2048))
            except TimeoutError:
                break
            if number is not None:
                found.add(number)
                self_until = time.monotonic() + QUIET
        return found

    def send(self, sent):
        for number, packet in enumerate(sent):
            self.sender.send(packets.frame(packet, number, ROUTER_IN, SENDER))
        return self.heard(len(sent))


def judged(verdicts, path, sent):
    """What the reader says; a text when it does not understand the ruleset."""
    lines = "".join(packets.line(packet) + "\n" for packet in sent)
    answers = lab.run([verdicts, str(path), "in0", "out0"], lines).splitlines()
    if answers and answers[0].startswith("gap "):
        return answers[0]
    return [answer == "accept" for answer in answers]


def texts(ruleset, folder):
    """The ruleset as nft takes it and as nft shows it; nothing when nft refuses it."""
    written = folder / "written.nft"
    written.write_text(ruleset.text, encoding="utf-8")
    lab.run(["nft", "flush", "ruleset"])
    done = subprocess.run(["nft", "-f", str(written)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[:1000])
        return None
    (folder / "listed.nft").write_text(lab.run(["nft", "list", "ruleset"]), encoding="utf-8")
    (folder / "listed.json").write_text(lab.run(["nft", "-j", "list", "ruleset"]), encoding="utf-8")
    return [written, folder / "listed.nft", folder / "listed.json"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verdicts", required=True)
    parser.add_argument("--rulesets", type=int, default=150)
    parser.add_argument("--packets", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    verdicts = str(pathlib.Path(arguments.verdicts).resolve())
    lab.enter()
    wire()
    line = Wire()
    compared = refused = passed = faults = 0
    gaps = {}
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(arguments.seed, arguments.seed + arguments.rulesets):
            chance = random.Random(seed)
            ruleset = Ruleset(chance)
            paths = texts(ruleset, pathlib.Path(scratch))
            if paths is None:
                refused += 1
                continue
            sent = [ruleset.packet() for _ in range(arguments.packets)]
            arrived = line.send(sent)
            for path in paths:
                said = judged(verdicts, path, sent)
                if isinstance(said, str):
                    gaps[said.split(": ", 1)[1]] = gaps.get(said.split(": ", 1)[1], 0) + 1
                    continue
                wrong = [number for number, verdict in enumerate(said) if verdict != (number in arrived)]
                compared += len(said)
                passed += len(arrived)
                if wrong:
                    faults += 1
                    first = wrong[0]
                    print(f"seed {seed}, {path.name}: {len(wrong)} of {len(sent)} packets, for example\n"
                          f"  {packets.line(sent[first])}: the kernel "
                          f"{'passes' if first in arrived else 'drops'} it\n{ruleset.text}")
    for reason, count in sorted(gaps.items()):
        print(f"not understood, {count} times: {reason}")
    print(f"{arguments.rulesets - refused} rulesets, {refused} refused by nft; {compared} verdicts, of which {passed} "
          f"packets passed; {faults} faults")
    return 1 if faults or compared < arguments.rulesets * arguments.packets else 0


if __name__ == "__main__":
    sys.exit(main())
