#!/usr/bin/env python3
# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
"""Hostile names and texts never become a line of configuration.

Every string of a policy, and every name that is a key, is replaced in turn by texts that would end a
line, open a block, leave a mode or hide what they say. For each platform the compiler has to refuse
the policy, or to write exactly the lines it writes for the harmless policy, with the text only inside
comments, remarks and descriptions.

    run.py --cordon BINARY [--platform NAME ...]
"""
import argparse
import concurrent.futures
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

MARK = "zqx"
TEXTS = [
    "zqx\npermit ip any any zqx", "zqx\r\nexit\r\nzqx", "zqx\" accept; drop \"zqx", "zqx' zqx", "! zqx", "exit zqx",
    "zqx; flush ruleset", "zqx\u0000zqx", "\u202ezqx", "zqx\u2028zqx", "zqx\tzqx", "$(reboot) zqx", "zqx } zqx {", "# zqx",
    "zqx\u001b[2Jzqx", "zqx \u00e9", "zqx\\", "zqx" + "a" * 300, "*/ zqx", "^zqx", "zqx ? zqx",
]
# Where a text may stand: comments, remarks, descriptions, and quoted strings.
HARMLESS = re.compile(r'^\s*(!|#|description |remark |\d+ remark |sequence \d+ remark |access-list \S+ remark |hostname |name )')
QUOTED = re.compile(r'"[^"\\\n]*"')

POLICY = {
    "cordon": 1,
    "site": {"name": "site", "description": "A site"},
    "networks": {
        "pumps": {"vlan": 20, "ipv4": "10.20.0.0/24", "ipv6": "fd00:20::/64", "description": "Pumps"},
        "servers": {"vlan": 30, "ipv4": "10.30.0.0/24", "ipv6": "fd00:30::/64", "dhcp": {"server": "pump-server"}},
        "air": {"vlan": 40, "ipv4": "10.40.0.0/24", "wireless": {"ssid": "Pumps", "auth": "wpa2-enterprise-eap-tls"},
                "isolation": {"attested": "DOC-1", "date": "2026-09-01"}},
        "internet": {"ipv4": "any", "ipv6": "any"},
    },
    "zones": {
        "pumps": {"type": "medical-device", "networks": ["pumps"], "description": "Pumps", "owner": "biomed"},
        "servers": {"networks": ["servers"]},
        "air": {"networks": ["air"], "isolate": True},
        "internet": {"type": "external", "networks": ["internet"]},
    },
    "hosts": {"pump-server": {"network": "servers", "ipv4": "10.30.0.10", "description": "A server"}},
    "groups": {"all-pumps": ["pumps", "air"]},
    "services": {"telemetry": ["tcp/8443", "udp/5000-5010"]},
    "conduits": {
        "pump-telemetry": {
            "between": ["pumps", "servers"], "purpose": "Telemetry", "description": "Telemetry", "owner": "biomed",
            "ticket": "CHG-1", "expires": "2027-06-30",
            "flows": [{"from": "pumps", "to": "pump-server", "services": ["telemetry"], "log": True, "data": ["phi"],
                       "encryption": "tls", "purpose": "Telemetry", "description": "Telemetry"}],
        },
        "air-telemetry": {"between": ["air", "servers"], "flows": [{"from": "air", "to": "servers", "services": ["tcp/443"]}]},
        "use-group": {"between": ["air", "servers"], "flows": [{"from": "pump-server", "to": "air", "services": ["udp/161"]}]},
    },
    "devices": {
        "firewall": {
            "platform": "PLATFORM", "version": "1.0", "description": "The firewall",
            "interfaces": {
                "pumps": {"port": "PORT20", "network": "pumps", "ipv4": "10.20.0.1", "ipv6": "fd00:20::1", "description": "Pumps"},
                "servers": {"port": "PORT30", "network": "servers", "ipv4": "10.30.0.1", "ipv6": "fd00:30::1"},
                "air": {"port": "PORT40", "network": "air", "ipv4": "10.40.0.1"},
                "internet": {"port": "PORT99", "network": "internet", "ipv4": "198.51.100.2/29", "ipv6": "2001:db8:ffff::2/64"},
            },
        },
    },
}
PORTS = {
    "nftables": {"20": "eth0.20", "30": "eth0.30", "40": "eth0.40", "99": "eth1"},
    "cisco-asa": {"20": "GigabitEthernet0/1.20", "30": "GigabitEthernet0/1.30", "40": "GigabitEthernet0/1.40",
                  "99": "GigabitEthernet0/0"},
    "cisco-ios": {"20": "Vlan20", "30": "Vlan30", "40": "Vlan40", "99": "GigabitEthernet1/0/1"},
}


def policy_for(platform):
    text = json.dumps(POLICY).replace("PLATFORM", platform)
    return json.loads(re.sub(r"PORT(\d\d)", lambda found: PORTS[platform][found.group(1)], text))


def places(node, path=()):
    """Every string and every name, as a path; a name is the path of its key with True."""
    if isinstance(node, dict):
        for key, value in node.items():
            if len(path) in (1, 3) and path[0] in ("networks", "zones", "hosts", "groups", "services", "conduits", "devices"):
                if len(path) == 1 or path[-1] == "interfaces":
                    yield path + (key,), True
            yield from places(value, path + (key,))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from places(value, path + (index,))
    elif isinstance(node, str):
        yield path, False


def changed(policy, path, is_key, text):
    policy = copy.deepcopy(policy)
    parent = policy
    for step in path[:-1]:
        parent = parent[step]
    if is_key:
        parent[text] = parent.pop(path[-1])
    else:
        parent[path[-1]] = text
    return policy


def compile_policy(cordon, policy):
    """Exit code, messages and emitted files by name."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "policy.yaml"
        source.write_text(json.dumps(policy, indent=1), encoding="utf-8")
        output = pathlib.Path(folder) / "out"
        done = subprocess.run([cordon, "compile", source, "-o", output, "--color", "never"], capture_output=True, timeout=60)
        files = {}
        if output.is_dir():
            files = {path.name: path.read_bytes() for path in output.iterdir() if path.suffix != ".json"}
        return done.returncode, done.stdout + done.stderr, files


def leaked(line):
    """Whether the mark stands outside comments and quotes."""
    text = line.decode("utf-8", "replace")
    if MARK not in text:
        return False
    return not HARMLESS.match(text) and MARK in QUOTED.sub("", text)


def fault(code, messages, files, baseline):
    """What is wrong with one outcome; nothing when it is right."""
    if code not in (0, 1, 3):
        return f"exit code {code}"
    if any(byte < 32 and byte != 10 for byte in messages):
        return "a control character reached the terminal"
    if code:
        return "files were written in spite of the refusal" if files else None
    lines = [line for data in files.values() for line in data.split(b"\n")]
    if any(leaked(line) for line in lines):
        return "the text stands outside comments: " + repr([line for line in lines if leaked(line)][0])
    for data in files.values():
        if any(byte < 32 and byte != 10 and byte != 9 for byte in data) or any(byte > 126 for byte in data):
            return "a control or non-ASCII character reached the configuration"
    if len(lines) != sum(len(data.split(b"\n")) for data in baseline.values()):
        return "the number of lines changed"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cordon", required=True)
    parser.add_argument("--platform", action="append", choices=sorted(PORTS))
    arguments = parser.parse_args()
    jobs = []
    baselines = {}
    for platform in arguments.platform or sorted(PORTS):
        policy = policy_for(platform)
        code, messages, baselines[platform] = compile_policy(arguments.cordon, policy)
        if code:
            sys.exit(f"the harmless policy does not compile for {platform}:\n{messages.decode()}")
        jobs += [(platform, path, is_key, text) for path, is_key in places(policy) for text in TEXTS]

    def run(job):
        platform, path, is_key, text = job
        outcome = compile_policy(arguments.cordon, changed(policy_for(platform), path, is_key, text))
        return job, outcome[0], fault(*outcome, baselines[platform])

    refused = failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        for (platform, path, is_key, text), code, what in pool.map(run, jobs):
            refused += code != 0
            if what:
                failed += 1
                print(f"{platform} {'/'.join(map(str, path))}{' (name)' if is_key else ''} = {text[:40]!r}: {what}")
    print(f"{len(jobs)} hostile texts on {len(baselines)} platforms: {refused} refused, {len(jobs) - refused} harmless")
    print(f"{len(jobs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
