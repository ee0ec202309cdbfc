// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A configuration after the first pass: blocks with the places of their lines, the latest word on each
// setting. What the lines of lists and groups mean is worked out once all objects are known.
#ifndef BACKENDS_CISCO_ASA_READ_TEXT_H
#define BACKENDS_CISCO_ASA_READ_TEXT_H

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "backends/common/command_words.h"
#include "compiler/config/reading.h"

namespace cordon::backends::cisco_asa::reading {

// A line of a list. `line N` counts remarks as well.
struct ListLine {
  source::Range range;  // from `permit` or `deny` on; of a remark from its text on
  bool remark = false;
};

struct AccessList {
  std::vector<ListLine> lines;
  std::size_t insertions = 0;
  bool other_kind = false;  // standard, ethertype, webtype: not for packets that are routed
  std::vector<Problem> problems;
};

enum class ObjectKind : std::uint8_t { network, service, other };

// `object …`: what it is, in its last line.
struct Object {
  ObjectKind kind = ObjectKind::other;
  source::Range range;
  source::Range content;  // invalid: empty
};

enum class GroupKind : std::uint8_t { networks, services, ports, protocols, icmp_types, other };

struct ObjectGroup {
  GroupKind kind = GroupKind::other;
  source::Range range;
  std::string protocol;  // of ports: `tcp`, `udp`, `tcp-udp`
  std::vector<source::Range> members;
};

struct BoundList {
  std::string list;  // empty: none
  source::Range range;
};

// `access-group …` by the name of an interface.
struct Bindings {
  BoundList in, out, control_plane;
};

struct InterfaceText {
  config::Interface value;  // `name` is what `nameif` says; without it nothing passes
  bool shutdown = false;
  bool management_only = false;
  std::vector<Problem> problems;
};

// Who may use the device's own services: lines from the address on.
struct ServiceText {
  std::vector<source::Range> lines;
};

struct ManagementText {
  ServiceText ssh, telnet, http, icmp, icmp6;
  std::optional<std::uint16_t> http_port;  // nothing: the server is off
};

struct ConfigurationText {
  std::string hostname;
  source::Range range;
  std::unordered_map<std::string, packet::Address> names;  // `name 10.0.0.1 pump`
  std::map<std::string, AccessList> lists;
  std::unordered_map<std::string, Object> objects;
  std::unordered_map<std::string, ObjectGroup> groups;
  std::vector<InterfaceText> interfaces;  // in the order of their first lines
  std::unordered_map<std::string, std::size_t> interface_index;
  std::map<std::string, Bindings> bindings;
  BoundList global;
  ManagementText management;
  std::vector<packet::Address> relay_servers;
  std::vector<std::pair<packet::Family, std::string>> relay_interfaces;
  bool inter_interface = false, intra_interface = false;  // `same-security-traffic permit …`
  bool tracks_icmp = false, tracks_icmp_errors = false;
  std::vector<Problem> problems;        // that bear on the whole device
  std::vector<Problem> guard_problems;  // that bear on packets to the device itself
  std::uint32_t ignored_lines = 0;

  // A literal address of either family, or a name of one.
  [[nodiscard]] std::optional<packet::Address> address(std::string_view word) const;
};

[[nodiscard]] ConfigurationText read_text(const source::Sources& sources,
                                          std::span<const source::FileId> files);

// One line of `interface …`. False when the block does not know it.
[[nodiscard]] bool read_interface_line(const CommandLine& line, const ConfigurationText& text,
                                       InterfaceText& interface);

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_TEXT_H
