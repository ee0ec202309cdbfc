#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Sends and receives real packets inside one network namespace, as lab.py tells it on standard input.

    {"do": "listen", "sockets": [[protocol, address, port], …]}   answers there what it is sent
    {"do": "deafen"}                                              closes them again
    {"do": "send", "probes": [{id, source, target, protocol, sport, dport, kind}, …], "wait": seconds}
    {"do": "seen"}                                                what came in since the last time

`kind` is `fresh` (a new connection, a datagram, an echo request), `ack` or `syn` (one TCP segment, from a port
that a server has) or `error` (an ICMP error about no connection). Each command is answered by one line of JSON.
"""
import errno
import json
import os
import resource
import selectors
import socket
import struct
import sys
import time

ICMP, TCP, UDP, ICMPV6 = 1, 6, 17, 58
ECHO = {ICMP: (8, 0), ICMPV6: (128, 129)}
SEGMENTS = {"syn": 0x02, "ack": 0x10}
UNREACHABLE = {ICMP: 3, ICMPV6: 1}
TRANSPARENT = {socket.AF_INET: (socket.SOL_IP, 19), socket.AF_INET6: (socket.IPPROTO_IPV6, 75)}  # linux/in.h, in6.h
AGAIN = 0.6  # seconds after which a datagram without an answer is sent once more
BURST = 40


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total & 0xffff) + (total >> 16)
    return ~(total + (total >> 16)) & 0xffff


def tcp_segment(probe):
    """A segment with SYN or ACK alone."""
    kind = family(probe["source"])
    header = struct.pack("!HHIIBBHHH", probe["sport"], probe["dport"], 1, 1, 5 << 4, SEGMENTS[probe["kind"]], 512, 0, 0)
    ends = socket.inet_pton(kind, probe["source"]) + socket.inet_pton(kind, probe["target"])
    total = checksum(ends + struct.pack("!HH", TCP, len(header)) + header)
    return header[:16] + struct.pack("!H", total) + header[18:]


def icmp(protocol, number, code, rest, data):
    text = struct.pack("!BBH", number, code, 0) + rest + data
    total = checksum(text) if protocol == ICMP else 0  # the kernel fills in the one of ICMPv6
    return struct.pack("!BBH", number, code, total) + text[4:]


class Agent:
    def __init__(self):
        self.selector = selectors.DefaultSelector()
        self.seen = []
        self.raw = {}
        self.servers = []
        self.pending = {}  # id of a probe: its socket
        self.results = {}
        self.queue, self.again, self.deadline = [], [], None
        for protocol in (ICMP, TCP, UDP):
            self.open_raw(socket.AF_INET, protocol)
        for protocol in (ICMPV6, TCP, UDP):
            self.open_raw(socket.AF_INET6, protocol)
        os.set_blocking(0, False)
        self.input = b""
        self.selector.register(0, selectors.EVENT_READ, self.read_commands)

    def open_raw(self, kind, protocol):
        """Sees every packet of the protocol that reaches this namespace, whether a socket waits for it or not."""
        if (kind, protocol) in self.raw:
            return self.raw[kind, protocol]
        made = socket.socket(kind, socket.SOCK_RAW, protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        made.setblocking(False)
        self.selector.register(made, selectors.EVENT_READ, lambda: self.read_raw(made, kind, protocol))
        self.raw[kind, protocol] = made
        return made

    def read_raw(self, made, kind, protocol):
        for _ in range(200):
            try:
                data, sender = made.recvfrom(2048)
            except BlockingIOError:
                return
            if kind == socket.AF_INET:
                data = data[(data[0] & 15) * 4:]
            self.note(protocol, sender[0], data, made)

    def note(self, protocol, sender, data, made):
        if protocol in (TCP, UDP):
            self.seen.append([protocol, sender, *struct.unpack("!HH", data[:4])])
        elif protocol in ECHO:
            number, identifier = data[0], struct.unpack("!H", data[4:6])[0]
            if number == ECHO[protocol][1] and (protocol, identifier) in self.pending:
                self.answered((protocol, identifier), "answered")
            self.seen.append([protocol, sender, number, identifier])
        elif data[:4] == b"ping":
            made.sendto(b"pong" + data[4:8], (sender, 0))
            self.seen.append([protocol, sender, 0, struct.unpack("!I", data[4:8])[0]])
        elif data[:4] == b"pong":
            self.answered((protocol, struct.unpack("!I", data[4:8])[0]), "answered")

    def listen(self, sockets):
        for protocol, address, port in sockets:
            if protocol not in (TCP, UDP):
                self.open_raw(family(address), protocol)
                continue
            made = socket.socket(family(address), socket.SOCK_STREAM if protocol == TCP else socket.SOCK_DGRAM)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((address, port))
            made.setblocking(False)
            if protocol == TCP:
                made.listen(64)
                self.selector.register(made, selectors.EVENT_READ, lambda made=made: self.accept(made))
            else:
                self.selector.register(made, selectors.EVENT_READ, lambda made=made: self.echo_datagram(made))
            self.servers.append(made)

    def accept(self, server):
        try:
            made, _ = server.accept()
        except OSError:
            return
        made.setblocking(False)
        self.selector.register(made, selectors.EVENT_READ, lambda: self.echo_stream(made))

    def echo_stream(self, made):
        try:
            data = made.recv(64)
            if data:
                made.send(data)
                return
        except OSError:
            pass
        self.close(made)

    @staticmethod
    def echo_datagram(made):
        try:
            data, sender = made.recvfrom(64)
            made.sendto(data, sender)
        except OSError:
            pass

    def deafen(self):
        for made in self.servers:
            self.close(made)
        self.servers = []

    def close(self, made):
        self.selector.unregister(made)
        made.close()

    # One probe: sent, answered or not.

    def send(self, probe):
        protocol, key = probe["protocol"], self.key(probe)
        if probe["kind"] in SEGMENTS:
            self.send_raw(probe, TCP, tcp_segment(probe))
        elif probe["kind"] == "error":
            quoted = bytes([0x45]) + bytes(39) if protocol == ICMP else bytes([0x60]) + bytes(55)
            self.send_raw(probe, protocol, icmp(protocol, UNREACHABLE[protocol], 1, struct.pack("!HH", probe["sport"], 0), quoted))
        elif protocol in ECHO:
            self.pending[key] = None
            self.send_raw(probe, protocol, icmp(protocol, ECHO[protocol][0], 0, struct.pack("!HH", probe["sport"], 1), b"cordon.."))
        elif protocol in (TCP, UDP):
            self.open_connection(probe)
        else:
            self.pending[key] = None
            self.open_raw(family(probe["source"]), protocol)
            self.send_raw(probe, protocol, b"ping" + struct.pack("!I", probe["id"]))
        if protocol != TCP or probe["kind"] != "fresh":
            self.again.append((time.monotonic() + AGAIN, probe))

    @staticmethod
    def key(probe):
        if probe["protocol"] in ECHO:
            return probe["protocol"], probe["sport"]
        return probe["protocol"], probe["id"]

    @staticmethod
    def send_raw(probe, protocol, data):
        with socket.socket(family(probe["source"]), socket.SOCK_RAW, protocol) as made:
            made.bind((probe["source"], 0))
            made.sendto(data, (probe["target"], 0))

    def open_connection(self, probe):
        key = self.key(probe)
        stream = probe["protocol"] == TCP
        made = self.pending.get(key)
        if made is None:
            made = socket.socket(family(probe["source"]), socket.SOCK_STREAM if stream else socket.SOCK_DGRAM)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.setblocking(False)
            if probe["spoofed"]:
                made.setsockopt(*TRANSPARENT[made.family], 1)
            made.bind((probe["source"], probe["sport"]))
            code = made.connect_ex((probe["target"], probe["dport"]))
            if code not in (0, errno.EINPROGRESS):
                raise OSError(code, os.strerror(code))
            self.pending[key] = made
            events = selectors.EVENT_WRITE if stream else selectors.EVENT_READ
            self.selector.register(made, events, lambda: self.connection_ready(key, made, stream))
        if not stream:
            try:
                made.send(b"probe")
            except ConnectionRefusedError:
                self.answered(key, "refused")

    def connection_ready(self, key, made, stream):
        try:
            if stream and self.selector.get_key(made).events == selectors.EVENT_WRITE:
                code = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if code:
                    raise OSError(code, os.strerror(code))
                made.send(b"probe")
                self.selector.modify(made, selectors.EVENT_READ, lambda: self.connection_ready(key, made, stream))
                return
            self.answered(key, "answered" if made.recv(64) == b"probe" else "closed")
        except BlockingIOError:
            return
        except ConnectionRefusedError:
            self.answered(key, "refused")
        except OSError as error:
            self.answered(key, errno.errorcode.get(error.errno, "error"))

    def answered(self, key, how):
        if key not in self.pending:
            return
        made = self.pending.pop(key)
        self.results[self.ids[key]] = how
        if made is not None:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close(made)

    # The loop

    def start(self, command):
        self.queue = list(command["probes"])
        self.ids = {self.key(probe): probe["id"] for probe in self.queue}
        self.results, self.again, self.refused = {}, [], []
        self.deadline = time.monotonic() + command["wait"]

    def step(self):
        """Sends a burst; says how long the loop may sleep."""
        if self.deadline is None:
            return None
        now = time.monotonic()
        while self.again and self.again[0][0] <= now:
            probe = self.again.pop(0)[1]
            if self.key(probe) in self.pending or probe["kind"] != "fresh":
                self.queue.append(probe)
        batch, self.queue = self.queue[:BURST], self.queue[BURST:]
        for probe in batch:
            try:
                self.send(probe)
            except OSError as error:
                self.results[probe["id"]] = f"not sent: {error}"
        if now < self.deadline:
            return 0.01
        for made in self.pending.values():
            if made is not None:
                self.close(made)
        self.pending, self.deadline = {}, None
        self.answer(self.results)
        return None

    def read_commands(self):
        data = os.read(0, 1 << 20)
        if not data:
            sys.exit(0)
        self.input += data
        while b"\n" in self.input:
            line, self.input = self.input.split(b"\n", 1)
            self.obey(json.loads(line))

    def obey(self, command):
        if command["do"] == "send":
            self.start(command)
            return
        if command["do"] == "listen":
            self.listen(command["sockets"])
        elif command["do"] == "deafen":
            self.deafen()
        found, self.seen = (self.seen, []) if command["do"] == "seen" else ([], self.seen)
        self.answer(found)

    @staticmethod
    def answer(what):
        print(json.dumps(what), flush=True)

    def run(self):
        while True:
            for key, _ in self.selector.select(self.step()):
                key.data()


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    Agent().run()
