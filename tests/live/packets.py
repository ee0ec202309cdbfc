# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Packets made byte by byte, and told apart by a number at their end."""
import ipaddress
import struct

MARK = b"cordon:#"
TCP, UDP, ICMP, ICMPV6, FRAGMENT = 6, 17, 1, 58, 44


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total & 0xffff) + (total >> 16)
    return ~(total + (total >> 16)) & 0xffff


def pseudo(packet, length):
    source, destination = packet["source"].packed, packet["destination"].packed
    if packet["family"] == 4:
        return source + destination + struct.pack("!BBH", 0, packet["protocol"], length)
    return source + destination + struct.pack("!IHBB", length, 0, 0, packet["protocol"])


def transport(packet, number):
    """Header and payload with the number, and a checksum that is right."""
    tail = MARK + struct.pack("!I", number)
    if packet["later"]:
        return tail + b"\0" * 4
    protocol = packet["protocol"]
    if protocol == TCP:
        head = struct.pack("!HHIIBBHHH", packet["sport"], packet["dport"], 1, 1, 5 << 4, packet["flags"], 8192, 0, 0)
        place, covered = 16, pseudo(packet, len(head + tail))
    elif protocol == UDP:
        head = struct.pack("!HHHH", packet["sport"], packet["dport"], 8 + len(tail), 0)
        place, covered = 6, pseudo(packet, len(head + tail))
    elif protocol in (ICMP, ICMPV6):
        head = struct.pack("!BBHI", packet["type"], packet["code"], 0, number)
        place, covered = 2, pseudo(packet, len(head + tail)) if protocol == ICMPV6 else b""
    else:
        return b"\0" * 8 + tail
    value = checksum(covered + head + tail) or 0xffff
    return head[:place] + struct.pack("!H", value) + head[place + 2:] + tail


def ipv4(packet, body):
    offset = 185 if packet["later"] else 0
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(body), 7, offset, 64, packet["protocol"], 0,
                       packet["source"].packed, packet["destination"].packed)
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + body


def ipv6(packet, body):
    following = packet["protocol"]
    if packet["later"]:
        body = struct.pack("!BBHI", following, 0, 185 << 3, 7) + body
        following = FRAGMENT
    return struct.pack("!IHBB16s16s", 6 << 28, len(body), following, 64, packet["source"].packed,
                       packet["destination"].packed) + body


def frame(packet, number, to, sender):
    body = transport(packet, number)
    kind, data = (0x0800, ipv4(packet, body)) if packet["family"] == 4 else (0x86dd, ipv6(packet, body))
    return to + sender + struct.pack("!H", kind) + data


def number_of(data):
    """Of a frame that is one of ours."""
    place = data.rfind(MARK)
    return struct.unpack_from("!I", data, place + len(MARK))[0] if place >= 0 else None


def line(packet):
    """As `live_verdicts` reads it."""
    fields = [packet["family"], packet["source"], packet["destination"], packet["protocol"]]
    fields += [packet[name] for name in ("sport", "dport", "type", "code", "flags")]
    return " ".join(map(str, fields)) + f" {int(packet['later'])}"


def address(text):
    return ipaddress.ip_address(text)
