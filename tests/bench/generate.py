#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Policies of a stated shape and size, the same for the same arguments on every machine.

    generate.py matrix --rules 10000 OUT     24 zones, 960 groups of 1 to 5 members, 60 services, one firewall
    generate.py topology OUT                 1,000 site firewalls, 40 region routers in 20 loops, 4,000 networks,
                                             24,000 hosts, 10,000 services
    generate.py hospital OUT                 60 zones, 400 conduits, 20,000 hosts
    generate.py campus OUT                   500 zones of a group of hospitals, 5,000 conduits, 100,000 hosts, ten firewalls
"""
import argparse
import pathlib
import random

SEED = 20260901


def write(folder, name, lines):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="ascii")


def address(base, offset):
    value = base + offset
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def service_names(random_source, count):
    """`count` services of one to three terms each."""
    lines = ["services:"]
    for number in range(count):
        terms = []
        for _ in range(random_source.randint(1, 3)):
            first = random_source.randrange(1024, 60000)
            last = first + random_source.choice([0, 0, 0, 7, 100])
            terms.append(f"{random_source.choice(['tcp', 'tcp', 'udp'])}/{first}" + (f"-{last}" if last > first else ""))
        lines.append(f"  svc-{number}: [{', '.join(sorted(set(terms)))}]")
    return lines


def matrix(folder, rules, platform):
    """Rules between groups of 24 zones that meet on one device, `rules` flows in all."""
    source = random.Random(SEED)
    zones = 24
    networks = ["networks:"]
    zone_lines = ["zones:"]
    hosts = ["hosts:"]
    groups = ["groups:"]
    interfaces = []
    port = "eth1" if platform == "nftables" else "GigabitEthernet0/1"
    for zone in range(zones):
        base = (10 << 24) + (zone << 16)
        networks.append(f"  net-{zone}: {{vlan: {100 + zone}, ipv4: {address(base, 0)}/16}}")
        zone_lines.append(f"  zone-{zone}: {{networks: [net-{zone}]}}")
        interfaces.append(f"      if-{zone}: {{port: {port}.{100 + zone}, network: net-{zone}, "
                          f"ipv4: {address(base, 1)}, security-level: 50}}")
        for host in range(100):
            hosts.append(f"  h-{zone}-{host}: {{network: net-{zone}, ipv4: {address(base, 256 + host * 5)}}}")
        for group in range(40):
            members = [f"h-{zone}-{source.randrange(100)}" for _ in range(source.randint(1, 5))]
            if source.random() < 0.2:
                members[0] = f"{address(base, (64 + source.randrange(190)) * 256)}/24"
            groups.append(f"  g-{zone}-{group}: [{', '.join(dict.fromkeys(members))}]")
    flows = {}
    for _ in range(rules):
        first, second = source.sample(range(zones), 2)
        pair = (min(first, second), max(first, second))
        flows.setdefault(pair, []).append(
            f"      - {{from: g-{first}-{source.randrange(40)}, to: g-{second}-{source.randrange(40)}, "
            f"services: [svc-{source.randrange(60)}]}}")
    conduits = ["conduits:"]
    for (first, second), lines in sorted(flows.items()):
        conduits.append(f"  c-{first}-{second}:")
        conduits.append(f"    between: [zone-{first}, zone-{second}]")
        conduits.append("    flows:")
        conduits.extend(lines)
    device = ["devices:", "  firewall:", f"    platform: {platform}", "    interfaces:", *interfaces]
    write(folder, "cordon.yaml", ["cordon: 1", "include: [model.yaml, conduits.yaml]"])
    write(folder, "model.yaml", networks + zone_lines + hosts + groups + service_names(source, 60) + device)
    write(folder, "conduits.yaml", conduits)


def topology(folder, firewall, router):
    """Sites of four networks behind a firewall each, hung on region routers that form 20 loops."""
    source = random.Random(SEED)
    networks, zones, hosts, devices = ["networks:"], ["zones:"], ["hosts:"], ["devices:"]
    networks.append("  backbone: {ipv4: 172.31.0.0/24, transit: true}")
    routers = {number: [] for number in range(40)}
    for loop in range(20):
        networks.append(f"  loop-{loop}: {{ipv4: 172.30.{loop}.0/29, transit: true}}")
    for site in range(1000):
        uplink = address((172 << 24) + (16 << 16), site * 8)
        networks.append(f"  up-{site}: {{ipv4: {uplink}/29, transit: true}}")
        devices.append(f"  fw-{site}:")
        devices.append(f"    platform: {firewall}")
        devices.append("    interfaces:")
        devices.append(f"      up: {{port: GigabitEthernet0/0, network: up-{site}, "
                       f"ipv4: {address((172 << 24) + (16 << 16), site * 8 + 1)}}}")
        routers[site % 40].append((site, address((172 << 24) + (16 << 16), site * 8 + 2)))
        for part in range(4):
            base = (10 << 24) + ((site * 4 + part) << 8)
            name = f"n-{site}-{part}"
            networks.append(f"  {name}: {{ipv4: {address(base, 0)}/24}}")
            zones.append(f"  z-{site}-{part}: {{networks: [{name}]}}")
            devices.append(f"      in-{part}: {{port: GigabitEthernet0/{part + 1}, network: {name}, ipv4: {address(base, 1)}}}")
            for host in range(6):
                hosts.append(f"  h-{site}-{part}-{host}: {{network: {name}, ipv4: {address(base, 10 + host)}}}")
    for number, sites in routers.items():
        loop, side = number // 2, number % 2
        devices.append(f"  rr-{number}:")
        devices.append(f"    platform: {router}")
        devices.append("    interfaces:")
        devices.append(f"      bb: {{port: GigabitEthernet1/0/1, network: backbone, ipv4: 172.31.0.{number + 1}}}")
        devices.append(f"      loop: {{port: GigabitEthernet1/0/2, network: loop-{loop}, ipv4: 172.30.{loop}.{side + 1}}}")
        for index, (site, own) in enumerate(sites):
            devices.append(f"      s-{site}: {{port: GigabitEthernet2/0/{index + 1}, network: up-{site}, ipv4: {own}}}")
    conduits = ["conduits:"]
    for number in range(10000):
        first, second = source.sample(range(1000), 2)
        a, b = source.randrange(4), source.randrange(4)
        users = ", ".join(f"h-{first}-{a}-{h}" for h in sorted(source.sample(range(6), source.randint(1, 4))))
        server = f"h-{second}-{b}-{source.randrange(6)}"
        conduits.append(f"  s-{number}:")
        conduits.append(f"    between: [z-{first}-{a}, z-{second}-{b}]")
        conduits.append("    flows:")
        conduits.append(f"      - {{from: [{users}], to: {server}, services: [svc-{source.randrange(60)}]}}")
    write(folder, "cordon.yaml", ["cordon: 1", "include: [networks.yaml, hosts.yaml, devices.yaml, conduits.yaml]"])
    write(folder, "networks.yaml", networks + zones + service_names(source, 60))
    write(folder, "hosts.yaml", hosts)
    write(folder, "devices.yaml", devices)
    write(folder, "conduits.yaml", conduits)


def hospital(folder, platform):
    """60 zones on one firewall, 400 conduits of a few flows, 20,000 hosts."""
    source = random.Random(SEED)
    networks, zones, hosts, interfaces = ["networks:"], ["zones:"], ["hosts:"], []
    for zone in range(60):
        base = (10 << 24) + (zone << 12)
        networks.append(f"  net-{zone}: {{vlan: {100 + zone}, ipv4: {address(base, 0)}/20}}")
        zones.append(f"  zone-{zone}: {{networks: [net-{zone}]}}")
        interfaces.append(f"      if-{zone}: {{port: eth0.{100 + zone}, network: net-{zone}, ipv4: {address(base, 1)}}}")
        for host in range(20000 // 60 + (zone < 20000 % 60)):
            hosts.append(f"  h-{zone}-{host}: {{network: net-{zone}, ipv4: {address(base, 10 + host)}}}")
    conduits = ["conduits:"]
    for number in range(400):
        first, second = source.sample(range(60), 2)
        conduits.append(f"  c-{number}:")
        conduits.append(f"    between: [zone-{first}, zone-{second}]")
        conduits.append("    flows:")
        for _ in range(source.randint(1, 4)):
            users = source.choice([f"zone-{first}", f"h-{first}-{source.randrange(300)}"])
            conduits.append(f"      - {{from: {users}, to: h-{second}-{source.randrange(300)}, "
                            f"services: [svc-{source.randrange(60)}]}}")
    device = ["devices:", "  firewall:", f"    platform: {platform}", "    interfaces:", *interfaces]
    write(folder, "cordon.yaml", ["cordon: 1", "include: [model.yaml, hosts.yaml, conduits.yaml]"])
    write(folder, "model.yaml", networks + zones + service_names(source, 60) + device)
    write(folder, "hosts.yaml", hosts)
    write(folder, "conduits.yaml", conduits)


# Kinds of zones of a campus: name, type, security level, whether hosts are kept apart, how many.
KINDS = [
    ("pumps", "medical-device", 3, True, 200), ("servers", "clinical-server", 3, False, 200), ("wards", "clinical", 2, False, 54),
    ("offices", "business", 1, False, 35), ("services", "enterprise-services", 2, False, 5), ("guests", "guest", 0, True, 3),
    ("jump", "remote-access", 2, True, 1), ("vendor", "vendor", 1, False, 1), ("internet", "external", 0, False, 1),
]


def campus_conduit(number, first, second, flows, source):
    head = [f"  c-{number}:", f"    between: [{first}, {second}]", "    purpose: Part of the care of a ward",
            f"    owner: team-{source.randrange(12)}", f"    ticket: CHG-{number}", "    reviewed: 2026-08-01",
            "    evidence: Port list of the maker", "    flows:"]
    return head + [f"      - {{from: {a}, to: {b}, services: [{service}], data: [telemetry], encryption: tls}}" for a, b, service in flows]


def campus(folder, platform):
    """500 zones behind ten firewalls on one transit network, 5,000 conduits, 100,000 hosts, nearly all of it in order."""
    source = random.Random(SEED)
    names = [f"{kind}-{number}" for kind, _, _, _, count in KINDS for number in range(count)]
    networks, zones, hosts = ["networks:"], ["zones:"], ["hosts:"]
    interfaces = [[f"      core: {{port: eth0, network: core, ipv4: 172.16.0.{10 + number}}}"] for number in range(10)]
    place = 0
    for kind, type_name, level, isolate, count in KINDS:
        for number in range(count):
            name, base = f"{kind}-{number}", (10 << 24) + (place << 10)
            prefix = "any" if kind == "internet" else f"{address(base, 0)}/22"
            networks.append(f"  net-{name}: {{vlan: {100 + place}, ipv4: {prefix}, isolation: {{attested: DOC-1, date: 2026-09-01}}}}"
                            if isolate else f"  net-{name}: {{vlan: {100 + place}, ipv4: {prefix}}}" if kind != "internet"
                            else f"  net-{name}: {{ipv4: any}}")
            zones.append(f"  {name}: {{type: {type_name}, security-level: {level}, networks: [net-{name}], owner: team-{place % 12}"
                         f"{', isolate: true' if isolate else ''}}}")
            own = "198.51.100.2/24" if kind == "internet" else address(base, 1)
            interfaces[place % 10].append(f"      {name}: {{port: eth1.{100 + place}, network: net-{name}, ipv4: {own}}}")
            for host in range(0 if kind == "internet" else 201):
                hosts.append(f"  h-{name}-{host}: {{network: net-{name}, ipv4: {address(base, 10 + host)}}}")
            place += 1
    networks.append("  core: {ipv4: 172.16.0.0/24}")
    host = lambda zone: f"h-{zone}-{source.randrange(200)}"
    conduits, number = ["conduits:"], 0
    pairs = [(f"pumps-{n}", f"servers-{n}") for n in range(200)] + [(name, f"services-{n}") for n in range(5) for name in names
                                                                    if not name.startswith(("services", "guests", "vendor", "internet"))]
    while len(pairs) < 5000:
        pairs.append((f"wards-{source.randrange(54)}", f"servers-{source.randrange(200)}"))
    for first, second in pairs:
        flows = [(first, host(second), f"tcp/{source.randrange(1024, 60000)}") for _ in range(source.randint(1, 3))]
        conduits += campus_conduit(number, first, second, flows, source)
        number += 1
    devices = ["devices:"]
    for firewall, lines in enumerate(interfaces):
        devices += [f"  fw-{firewall}:", f"    platform: {platform}", "    interfaces:", *lines]
    write(folder, "cordon.yaml", ["cordon: 1", "checks: {profile: hospital}", "include: [model.yaml, hosts.yaml, conduits.yaml]"])
    write(folder, "model.yaml", networks + zones + devices)
    write(folder, "hosts.yaml", hosts)
    write(folder, "conduits.yaml", conduits)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", choices=["matrix", "topology", "hospital", "campus"])
    parser.add_argument("--rules", type=int, default=10000, help="flows of the matrix shape")
    parser.add_argument("--platform", help="platform of the firewalls")
    parser.add_argument("out", type=pathlib.Path, help="folder to write the project into")
    arguments = parser.parse_args()
    if arguments.shape == "matrix":
        matrix(arguments.out, arguments.rules, arguments.platform or "cisco-asa")
    elif arguments.shape == "topology":
        topology(arguments.out, arguments.platform or "cisco-asa", "cisco-ios")
    elif arguments.shape == "campus":
        campus(arguments.out, arguments.platform or "nftables")
    else:
        hospital(arguments.out, arguments.platform or "nftables")


if __name__ == "__main__":
    main()
