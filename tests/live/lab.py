# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""A policy's network in network namespaces: one for each device, one for the hosts of each network.

Networks are bridges in a namespace of their own; interfaces are veth pairs named as the rules expect. All
of it lives in the namespaces that `enter` makes, and is gone when the test ends.
"""
import ipaddress
import json
import os
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
AGENT = pathlib.Path(__file__).resolve().parent / "agent.py"
INTERNET = ("203.0.113.77", "2001:db8:77::77")   # a host of the network that is `any`
ROUTER_SETTINGS = {
    "net.ipv4.ip_forward": 1, "net.ipv6.conf.all.forwarding": 1, "net.ipv4.conf.all.rp_filter": 0,
    "net.ipv4.conf.default.rp_filter": 0, "net.ipv4.conf.all.send_redirects": 0,
    "net.ipv4.conf.default.send_redirects": 0, "net.ipv4.icmp_ratelimit": 0, "net.ipv6.icmp.ratelimit": 0}
HOST_SETTINGS = {"net.ipv4.ip_nonlocal_bind": 1, "net.ipv6.ip_nonlocal_bind": 1, "net.ipv4.icmp_ratelimit": 0,
                 "net.ipv6.icmp.ratelimit": 0, "net.ipv4.conf.all.rp_filter": 0,
                 "net.ipv4.conf.default.rp_filter": 0, "net.ipv4.conf.all.accept_redirects": 0}


def enter():
    """Starts this program again as root of namespaces of its own, or says why that cannot be."""
    if os.environ.get("CORDON_LAB"):
        subprocess.run(["mount", "-t", "tmpfs", "lab", "/run"], check=True)
        os.mkdir("/run/netns")
        return
    for program in ("unshare", "ip", "nft", "mount", "sysctl"):
        if not shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin"):
            skip(f"no program `{program}`")
    # Root of the machine may send nft's largest batches; root of a user namespace is held to the socket's default.
    for flags in ("-mn", "-rmn"):
        tried = subprocess.run(["unshare", flags, "nft", "list", "ruleset"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            break
    else:
        skip(f"`unshare -rmn nft list ruleset` fails: {tried.stderr.strip()[:200]}")
    environment = dict(os.environ, CORDON_LAB="1", PATH="/usr/sbin:/usr/bin:/sbin:/bin")
    os.execvpe("unshare", ["unshare", flags, "--kill-child", sys.executable, "-B", *sys.argv], environment)


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def run(command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)[:200]} fails: {done.stderr.strip()[:2000]}")
    return done.stdout


def version(address):
    return 1 if ":" in address else 0


class Topology:
    """Who is attached to what, and which way leads where; from the dump of a policy, without its rules."""

    def __init__(self, policy):
        self.policy = policy
        self.networks = {network["name"]: network for network in policy["networks"]}
        self.devices = {device["name"]: device for device in policy["devices"] if device["interfaces"]}
        self.attached = {name: [] for name in self.networks}
        for device in self.devices.values():
            for interface in device["interfaces"]:
                self.attached[interface["network"]].append((device["name"], interface))
        for members in self.attached.values():
            members.sort(key=lambda member: -member[1]["priority"])
        self.leading = {}  # of each virtual address, the device that answers for it
        for members in self.attached.values():
            for name, interface in members:
                for address in filter(None, interface["virtual"]):
                    self.leading.setdefault(address, name)
        self.hosts = {name: self.host_addresses(network) for name, network in self.networks.items()
                      if network["zone"] and self.attached[name]}

    def is_any(self, name):
        return self.networks[name]["any4"] or self.networks[name]["any6"]

    def host_addresses(self, network):
        """The declared hosts, and one more address of each prefix that nobody has."""
        found = [address for host in self.policy["hosts"] if host["network"] == network["name"]
                 for address in host["addresses"] if address]
        taken = {address for host in self.policy["hosts"] for address in host["addresses"]}
        taken |= {address for device in self.devices.values() for interface in device["interfaces"]
                  for address in interface["addresses"] + interface["virtual"]}
        if network["any4"]:
            found.append(INTERNET[0])
        if network["any6"]:
            found.append(INTERNET[1])
        for prefix in map(ipaddress.ip_network, network["prefixes"]):
            place = min(prefix.num_addresses - 2, 230)
            while place > 0 and str(prefix[place]) in taken:
                place -= 1
            found.append(str(prefix[place]))
        return found

    def length(self, address, network):
        for prefix in map(ipaddress.ip_network, self.networks[network]["prefixes"]):
            if ipaddress.ip_address(address) in prefix:
                return prefix.prefixlen
        return (24, 64)[version(address)]  # in a network that is `any`: some of it is on the link

    def gateway(self, network, family, but=None):
        """Where hosts of the network send what is not on the link."""
        for name, interface in self.attached[network]:
            if name != but and (interface["virtual"][family] or interface["addresses"][family]):
                return interface["virtual"][family] or interface["addresses"][family]
        return None

    def own(self, device, network, family):
        for interface in self.devices[device]["interfaces"]:
            if interface["network"] == network and interface["addresses"][family]:
                return interface["addresses"][family]
        return None

    def routes(self, device, family):
        """Network → next hop, over the fewest devices; ties go to the member with the higher priority."""
        here = {interface["network"] for interface in self.devices[device]["interfaces"]}
        found, reached, edge = {}, {device}, [(device, None)]
        seen = set(here)
        while edge:
            following = []
            for name, hop in edge:
                for interface in self.devices[name]["interfaces"]:
                    network = interface["network"]
                    if network not in seen and self.own(name, network, family):
                        found.setdefault(network, hop)
                    if not self.networks[network]["transit"]:
                        continue
                    for peer, there in self.attached[network]:
                        if peer in reached or not there["addresses"][family]:
                            continue
                        reached.add(peer)
                        following.append((peer, hop or there["addresses"][family]))
            # Of devices equally far the one that leads for a network comes first.
            following.sort(key=lambda item: -max(i["priority"] for i in self.devices[item[0]]["interfaces"]))
            seen |= set(found)
            edge = following
        return found


class Lab:
    def __init__(self, topology):
        self.topology = topology
        self.agents = {}
        self.spaces = list(topology.devices) + [f"hosts-{index}" for index in range(len(topology.hosts))]
        self.space_of = {name: f"hosts-{index}" for index, name in enumerate(topology.hosts)}
        self.network_of = {address: name for name, found in topology.hosts.items() for address in found}
        self.wire()
        self.address()

    def wire(self):
        for space in [*self.spaces, "wire"]:
            run(["ip", "netns", "add", space])
        links, bridges, moves, joins = [], [], [], []
        numbers = {name: index for index, name in enumerate(self.topology.networks)}
        for name, index in numbers.items():
            bridges.append(f"link add br{index} type bridge\nlink set br{index} up")
        ends = [(device["name"], interface["port"], interface["network"])
                for device in self.topology.devices.values() for interface in device["interfaces"]]
        ends += [(space, "eth0", name) for name, space in self.space_of.items()]
        for count, (space, port, network) in enumerate(ends):
            links.append(f"link add v{count} netns wire type veth peer name {port} netns {space}")
            joins.append(f"link set v{count} master br{numbers[network]}\nlink set v{count} up")
        self.batch(None, links + moves)
        self.batch("wire", bridges + joins)
        for space in self.spaces:
            wanted = ROUTER_SETTINGS if space in self.topology.devices else HOST_SETTINGS
            settings = [f"{key}={value}" for key, value in wanted.items()]
            settings += ["net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0"]
            # ip netns exec shows the namespace's own /proc/sys/net and /sys.
            run(["ip", "netns", "exec", space, "sysctl", "-q", *settings])

    @staticmethod
    def batch(space, lines):
        run(["ip", *(["-n", space] if space else []), "-batch", "-"], "\n".join(lines) + "\n")

    def address(self):
        topology = self.topology
        for device in topology.devices.values():
            lines = ["link set lo up"]
            for interface in device["interfaces"]:
                lines.append(f"link set {interface['port']} up")
                leads = [address for address in interface["virtual"]
                         if address and topology.leading[address] == device["name"]]
                for address in filter(None, interface["addresses"] + leads):
                    lines.append(self.own_address(address, interface["network"], interface["port"]))
            self.batch(device["name"], lines + self.device_routes(device["name"]))
        for network, space in self.space_of.items():
            lines = ["link set lo up", "link set eth0 up"]
            if topology.is_any(network):
                lines += self.uplink(network)
            for address in topology.hosts[network]:
                on_link = not topology.is_any(network)
                lines.append(self.own_address(address, network, "eth0") if on_link
                             else f"addr add {address} dev lo")
            for family in (0, 1):
                gateway = topology.gateway(network, family)
                if gateway:
                    lines.append(f"route add default via {gateway}")
            self.batch(space, lines)

    def own_address(self, address, network, port):
        plain = "" if version(address) == 0 else " nodad"
        return f"addr add {address}/{self.topology.length(address, network)} dev {port}{plain}"

    def uplink(self, network):
        """The internet's end of the link, in the same piece of it as the device's address."""
        lines = []
        for _, interface in self.topology.attached[network]:
            for address in filter(None, interface["addresses"]):
                piece = ipaddress.ip_interface(f"{address}/{self.topology.length(address, network)}").network
                lines.append(self.own_address(str(piece[0xfe]), network, "eth0"))
        return sorted(set(lines))

    def device_routes(self, name):
        topology, lines = self.topology, []
        for family in (0, 1):
            hops = topology.routes(name, family)
            for network, hop in hops.items():
                if topology.is_any(network):
                    lines.append(f"route add default via {hop}")
                    continue
                for prefix in topology.networks[network]["prefixes"]:
                    if version(prefix) == family:
                        lines.append(f"route add {prefix} via {hop}")
            if not any(topology.is_any(network) for network in hops):
                lines += self.default_route(name, family)
        return lines

    def default_route(self, name, family):
        for interface in self.topology.devices[name]["interfaces"]:
            network, own = interface["network"], interface["addresses"][family]
            if not own:
                continue
            if self.topology.is_any(network):
                piece = ipaddress.ip_interface(f"{own}/{self.topology.length(own, network)}").network
                return [f"route add default via {piece[0xfe]}"]
        if len(self.topology.devices[name]["interfaces"]) == 1:  # a host like others, such as an access switch
            gateway = self.topology.gateway(self.topology.devices[name]["interfaces"][0]["network"], family, but=name)
            return [f"route add default via {gateway}"] if gateway else []
        return []

    def load(self, folder):
        """The compiled rules, by the real nft."""
        for name in self.topology.devices:
            path = folder / f"{name}.nft"
            if path.exists():
                run(["ip", "netns", "exec", name, "nft", "-f", str(path)])

    def where(self, address):
        """The namespace that has the address."""
        if address in self.network_of:
            return self.space_of[self.network_of[address]]
        for name, device in self.topology.devices.items():
            for interface in device["interfaces"]:
                if address in interface["addresses"] or self.topology.leading.get(address) == name:
                    return name
        return None

    # Agents

    def agent(self, space):
        if space not in self.agents:
            self.agents[space] = subprocess.Popen(
                ["ip", "netns", "exec", space, sys.executable, "-B", str(AGENT)], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True)
        return self.agents[space]

    def tell(self, space, **command):
        agent = self.agent(space)
        agent.stdin.write(json.dumps(command) + "\n")
        agent.stdin.flush()

    def hear(self, space):
        line = self.agents[space].stdout.readline()
        if not line:
            sys.exit(f"the agent in {space} ended")
        return json.loads(line)

    def ask_all(self, commands):
        """Tells every namespace its command, then gathers the answers."""
        for space, command in commands.items():
            self.tell(space, **command)
        return {space: self.hear(space) for space in commands}
