// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every fault of a file's shape, with the whole text that a person gets.

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/syntax/reading.h"

using cordon::syntax::FileRole;
using cordon::syntax::testing::read;

namespace {

std::string faults(std::string_view text, FileRole role = FileRole::included) {
  return read(text, role)->messages();
}

}  // namespace

TEST_CASE("unknown key") {
  CHECK(faults("networks:\n  pumps: {vlna: 20, ipv4: 10.1.0.0/24}\n") ==
        "2:11 unknown-key: `vlna` is not a key of a network ^ did you mean `vlan`? | its keys are `vlan`, "
        "`ipv4`, `ipv6`, `dhcp`, `wireless`, `isolation`, `isolated-vlan`, `transit`, `port-authentication` "
        "and `description`\n");
  CHECK(faults("zones:\n  pumps: {networks: [a], expires: 2027-01-31}\n") ==
        "2:26 unknown-key: `expires` is not a key of a zone | `expires` is a key of a conduit and of a "
        "waiver | its keys are `type`, `security-level`, `networks`, `isolate`, `wired-and-wireless`, "
        "`owner` and "
        "`description`\n");
  CHECK(faults("zones: {pumps: {networks: [a], \"x\\u202E\": 1}}\n") ==
        "1:32 invisible-character: character U+202E is invisible or changes the direction of text ^ written "
        "as an escape | delete the escape\n"
        "1:32 unknown-key: `x\\u{202E}` is not a key of a zone | its keys are `type`, `security-level`, "
        "`networks`, `isolate`, `wired-and-wireless`, `owner` and `description`\n");
  CHECK(faults("zone: {}\n") ==
        "1:1 unknown-key: `zone` is not a key of a file of a project ^ did you mean `zones`? | its keys are "
        "`cordon`, `site`, `include`, `use`, `networks`, `zones`, `hosts`, `groups`, `services`, `conduits`, "
        "`devices`, `assertions`, `tests`, `waivers`, `envelopes`, `attestations`, `mds2` and `checks`\n");
}

TEST_CASE("missing key") {
  CHECK(faults("hosts:\n  server: {ipv4: 10.1.0.1}\n") ==
        "2:3 missing-key: a host lacks its `network` | `network` is the name of something declared, for "
        "example `network: pump-servers`\n");
  CHECK(
      faults("conduits:\n  telemetry:\n    between: [a, b]\n    flows:\n      - from: a\n        to: b\n") ==
      "5:9 missing-key: a flow lacks its `services` | `services` is a service, or a list of such, for "
      "example `services: [ntp, tcp/8443]`\n");
  CHECK(faults("site: {name: a}\n", FileRole::project) ==
        "1:1 missing-key: a project lacks its `cordon` | `cordon` is a version of the language, for example "
        "`cordon: 1`\n");
  CHECK(faults("services: {}\n", FileRole::module) ==
        "1:1 missing-key: a module lacks its `module` | `module` is a mapping, for example `module: "
        "{purpose: Names and time}`\n");
}

TEST_CASE("wrong type") {
  CHECK(faults("networks: {a: {vlan: '20'}}\n") ==
        "1:22 wrong-type: `vlan` must be a VLAN id, found the text `20` | write the number without quotes\n");
  CHECK(faults("networks: {a: {vlan: 020}}\n") ==
        "1:22 wrong-type: `vlan` must be a VLAN id, found `020` | write a number in decimal digits, without "
        "leading zeros\n");
  CHECK(faults("networks: {a: {vlan: [20]}}\n") ==
        "1:22 wrong-type: `vlan` must be a VLAN id, found a list\n");
  CHECK(faults("networks: {a: {transit: yes}}\n") ==
        "1:25 wrong-type: `transit` must be `true` or `false`, found `yes` | write `true` or `false`, in "
        "small letters and without quotes\n");
  CHECK(faults("networks: {a: {transit: 'true'}}\n") ==
        "1:25 wrong-type: `transit` must be `true` or `false`, found the text `true` | write `true` or "
        "`false`, in small letters and without quotes\n");
  CHECK(faults("networks: [a]\n") ==
        "1:11 wrong-type: `networks` must be a mapping from names, each entry a network, found a list\n");
  CHECK(faults("networks:\n") ==
        "1:10 wrong-type: `networks` must be a mapping from names, each entry a network, found nothing | "
        "write `{}` for none, or leave the key out\n");
  CHECK(faults("use:\n") ==
        "1:5 wrong-type: `use` must be a list, each entry a use of a module, found nothing | write `[]` for "
        "none, or leave the key out\n");
  CHECK(faults("networks: {a: 10.1.0.0/24}\n") ==
        "1:15 wrong-type: a network must be a mapping, found `10.1.0.0/24`\n");
  CHECK(faults("hosts: {a: {network: [a], ipv4: 10.1.0.1}}\n") ==
        "1:22 wrong-type: `network` must be the name of something declared, found a list | one value stands "
        "here, not a list\n");
  CHECK(faults("tests: {allow: {from: a, to: b, service: c}}\n") ==
        "1:8 wrong-type: `tests` must be a list, each entry a test, found a mapping | put `-` before each "
        "entry\n");
  CHECK(faults("groups: {a: {members: {b: c}}}\n") ==
        "1:23 wrong-type: `members` must be a name or an address, or a list of such, found a mapping\n");
  CHECK(faults("site: {name: a, description: ''}\n") ==
        "1:30 wrong-type: `description` must be one line of text, found the text `` | leave the key out\n");
  CHECK(faults("- cordon\n") == "1:1 wrong-type: a file of a project must be a mapping, found a list\n");
}

TEST_CASE("names") {
  CHECK(faults("services: {Alaris_Comm: tcp/3613}\n") ==
        "1:12 malformed-name: `Alaris_Comm` cannot be a name | a name starts with a lower-case letter, goes "
        "on with lower-case letters, digits and `-`, and has at most 63\n");
  CHECK(faults("services: {4711: tcp/3613}\n") ==
        "1:12 malformed-name: `4711` cannot be a name | a name starts with a lower-case letter, goes on with "
        "lower-case letters, digits and `-`, and has at most 63\n");
  CHECK(faults("services: {\"a\\nb\": tcp/3613}\n") ==
        "1:12 malformed-name: `a\\u{000A}b` cannot be a name | a name starts with a lower-case letter, goes "
        "on with lower-case letters, digits and `-`, and has at most 63\n");
}

TEST_CASE("malformed values") {
  CHECK(faults("hosts: {a: {network: b, ipv4: 10.1.0.1/24}}\n") ==
        "1:31 malformed-value: `10.1.0.1/24` is not an IPv4 address | the network says the prefix length; "
        "give the address alone\n");
  CHECK(faults("networks: {a: {ipv4: 10.1.0.0}}\n") ==
        "1:22 malformed-value: `10.1.0.0` is not an IPv4 prefix or `any` | write address and length, for "
        "example `10.20.0.0/24`\n");
  CHECK(faults("groups: {a: [Pump-17, 'zoen:b', 10.1.0.0/24]}\n") ==
        "1:14 malformed-value: `Pump-17` is not a name or an address | write the name of a zone, network, "
        "host or group, `device:NAME`, an address or a prefix\n"
        "1:23 malformed-value: `zoen:b` is not a name or an address | write the name of a zone, network, "
        "host or group, `device:NAME`, an address or a prefix\n");
  CHECK(faults("services: {a: [tcp/443; drop]}\n") ==
        "1:16 malformed-value: `tcp/443; drop` is not a service | write the name of a service, or a term "
        "such as `tcp/443`, `udp/5000-5010`, `icmp/echo-request`, `ip/50`\n");
  CHECK(faults("devices: {a: {ports: {eth 0: {access: b}}}}\n") ==
        "1:23 malformed-value: `eth 0` is not the name of a port | a port is called as on the device, in "
        "letters, digits and `/`, `.`, `_`, `:`, `-`\n");
  CHECK(faults("devices: {a: {ports: {eth0: {to: b}}}}\n") ==
        "1:34 malformed-value: `b` is not the far end of a link | write `device/port`, for example "
        "`core-1/GigabitEthernet1/0/1`\n");
  CHECK(faults("waivers: [{id: W-12, code: cd4021!}]\n") ==
        "1:28 malformed-value: `cd4021!` is not the code of a finding | write it as the message shows it, "
        "for example `CD4021`\n");
}

TEST_CASE("words") {
  CHECK(faults("zones: {a: {networks: [b], type: medical-devise}}\n") ==
        "1:34 unknown-word: `medical-devise` is not a type of zone ^ did you mean `medical-device`? | write "
        "`medical-device`, `clinical`, `clinical-server`, `biomedical-engineering`, `imaging`, `laboratory`, "
        "`pharmacy`, `database`, `enterprise-services`, `business`, `building-automation`, `management`, "
        "`remote-access`, `dmz`, `vendor`, `guest`, `quarantine`, `research`, `transit`, `external` or "
        "`other`\n");
  CHECK(faults("devices: {a: {interfaces: {b: {network: c, filter: inside}}}}\n") ==
        "1:52 unknown-word: `inside` is not a place of filtering | write `in`, `out`, `both` or `none`\n");
  CHECK(faults("attestations: {a: {answer: true}}\n") ==
        "1:28 unknown-word: `true` is not an answer | write `yes`, `no`, `partly` or `not-applicable`\n");
}

TEST_CASE("bounds") {
  CHECK(faults("networks: {a: {vlan: 4095}, b: {vlan: -1}, c: {vlan: 0}}\n") ==
        "1:22 out-of-bounds: `4095` is not a VLAN id, which goes from 1 to 4094\n"
        "1:39 out-of-bounds: `-1` is not a VLAN id, which goes from 1 to 4094\n"
        "1:54 out-of-bounds: `0` is not a VLAN id, which goes from 1 to 4094\n");
  CHECK(faults("zones: {a: {networks: [b], security-level: 50}}\n") ==
        "1:44 out-of-bounds: `50` is not a security level, which goes from 0 to 4 | IEC 62443 has the levels "
        "0 to 4; what a firewall calls so stands at its interface\n");
  CHECK(faults("networks: {a: {vlan: 99999999999999999999}}\n") ==
        "1:22 out-of-bounds: `99999999999999999999` is not a VLAN id, which goes from 1 to 4094\n");
}

TEST_CASE("free text") {
  CHECK(faults("site: {name: a, description: \"x\\nexit\"}\n") ==
        "1:30 unprintable-text: `description` holds a line break, which does not print | free text ends up "
        "in configurations: write one line that reads as it is\n");
  CHECK(faults("site: {name: a, description: \"x\\u202Ey\"}\n") ==
        "1:30 invisible-character: character U+202E is invisible or changes the direction of text ^ written "
        "as an escape | delete the escape\n");
  CHECK(faults("site: {name: a, description: " + std::string(201, 'x') + "}\n") ==
        "1:30 text-too-long: `description` holds 201 characters, more than 200 | put what is longer into a "
        "comment\n");
  CHECK(faults("site:\n  name: a\n  description: >\n    folded\n    text\n") == "");
}

TEST_CASE("dates") {
  CHECK(faults("waivers: [{id: a, code: CD4021, expires: 2027-02-29}]\n") ==
        "1:42 no-such-date: `2027-02-29` is not a day of the calendar | write a day of the calendar as "
        "YYYY-MM-DD, for example 2027-06-30\n");
  CHECK(faults("waivers: [{id: a, code: CD4021, expires: 2028-02-29}]\n") == "");
  CHECK(faults("waivers: [{id: a, code: CD4021, expires: 31.01.2027}]\n") ==
        "1:42 no-such-date: `31.01.2027` is not a day of the calendar | write a day of the calendar as "
        "YYYY-MM-DD, for example 2027-06-30\n");
}

TEST_CASE("version") {
  CHECK(faults("cordon: 2\n", FileRole::project) ==
        "1:9 unsupported-version: version 2 of the language is not known here | write `cordon: 1`; a later "
        "version of the language needs a later Cordon\n");
  CHECK(faults("cordon: '1'\n", FileRole::project) ==
        "1:9 wrong-type: `cordon` must be a version of the language, found the text `1` | write the number "
        "without quotes\n");
}

TEST_CASE("keys that exclude or need each other") {
  CHECK(faults("devices: {a: {interfaces: {b: {network: c, hsrp: {group: 1, ipv4: 10.1.0.1}, vrrp: {group: "
               "1, ipv4: "
               "10.1.0.1}}}}}\n") ==
        "1:78 conflicting-keys: an interface cannot have both `hsrp` and `vrrp`\n");
  CHECK(faults("devices: {a: {ports: {eth0: {description: spare}}}}\n") ==
        "1:23 missing-choice: a port has none of `access`, `to` and `shutdown`\n");
  CHECK(faults("hosts: {a: {network: b}}\n") == "1:9 missing-choice: a host has none of `ipv4` and `ipv6`\n");
  CHECK(faults("assertions: [{name: a}]\n") ==
        "1:14 missing-choice: an assertion has none of `never`, `always`, `only`, `via`, `at-least` and "
        "`roundtrip`\n");
  CHECK(faults("tests: [{allow: {from: a, to: b, service: c}, deny: {from: a, to: b, service: c}}]\n") ==
        "1:47 conflicting-keys: a test cannot have both `allow` and `deny`\n");
}

TEST_CASE("counts") {
  CHECK(faults("conduits: {a: {between: [b], flows: []}}\n") ==
        "1:25 wrong-count: `between` takes exactly 2 entries, found 1\n");
  CHECK(faults("conduits: {a: {between: [b, c], flows: [{from: [], to: c, services: d}]}}\n") ==
        "1:48 wrong-count: `from` takes at least 1 entry, found 0\n");
}

TEST_CASE("tags") {
  CHECK(faults("groups: !csv {file: a.csv}\n") ==
        "1:14 misplaced-tag: `!csv` has no meaning here | only `hosts` can be read from a table: `hosts: "
        "!csv {file: inventory.csv}`\n");
  CHECK(faults("hosts: !csv {file: a.csv}\n") == "");
  CHECK(faults("hosts: {a: !csv {network: b, ipv4: 10.1.0.1}}\n") ==
        "1:17 misplaced-tag: `!csv` has no meaning here | only `hosts` can be read from a table: `hosts: "
        "!csv {file: inventory.csv}`\n");
  CHECK(faults("site: {name: !csv a}\n") ==
        "1:14 tag-mismatch: tag `!csv` does not fit a single value | delete the tag\n");
}

TEST_CASE("all faults in one run, each once") {
  CHECK(faults("networks:\n  A: {vlan: x, ipv5: y}\nzones:\n  b: {}\nextra: 1\n") ==
        "2:3 malformed-name: `A` cannot be a name | a name starts with a lower-case letter, goes on with "
        "lower-case letters, digits and `-`, and has at most 63\n"
        "2:13 wrong-type: `vlan` must be a VLAN id, found `x` | write a number in decimal digits, without "
        "leading zeros\n"
        "2:16 unknown-key: `ipv5` is not a key of a network ^ did you mean `ipv4`? | its keys are `vlan`, "
        "`ipv4`, `ipv6`, `dhcp`, `wireless`, `isolation`, `isolated-vlan`, `transit`, `port-authentication` "
        "and `description`\n"
        "4:3 missing-key: a zone lacks its `networks` | `networks` is the name of something declared, or a "
        "list of such, for example `networks: [pumps-wifi, pumps-wired]`\n"
        "5:1 unknown-key: `extra` is not a key of a file of a project | its keys are `cordon`, `site`, "
        "`include`, `use`, `networks`, `zones`, `hosts`, `groups`, `services`, `conduits`, `devices`, "
        "`assertions`, `tests`, `waivers`, `envelopes`, `attestations`, `mds2` and `checks`\n");
}
