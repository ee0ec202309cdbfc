// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A configuration after the first pass: blocks with the places of their lines, the latest word on each
// setting. What the lines of lists and groups mean is worked out once all groups are known.
#ifndef BACKENDS_CISCO_IOS_READ_TEXT_H
#define BACKENDS_CISCO_IOS_READ_TEXT_H

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "backends/cisco_ios/read_words.h"
#include "compiler/config/reading.h"

namespace cordon::backends::cisco_ios {

// The words of a permit or deny, from the action on.
struct Entry {
  std::int64_t sequence = 0;
  std::int64_t counting_remarks = 0;  // its number on releases where remarks take numbers too
  source::Range range;
  source::Range remark;  // the remark over it; invalid: none
};

struct AccessList {
  packet::Family family = packet::Family::ipv4;
  bool standard = false;       // looks at sources only
  std::vector<Entry> entries;  // as written; the sequence decides
  std::int64_t highest = 0;    // sequence so far
  std::int64_t highest_counting_remarks = 0;
  bool highest_removed = false;  // what the next line without a number gets is not known
  source::Range remark;          // waits for its entry
  std::vector<std::pair<std::int64_t, std::size_t>> removed;  // sequence, and entries before the removal
  std::vector<Problem> problems;
};

// An object group: of addresses or of services.
struct ObjectGroup {
  source::Range range;
  std::vector<source::Range> members;
};

struct BoundList {
  std::string list;  // empty: none
  source::Range range;
};

enum class PrivateRole : std::uint8_t { none, host, promiscuous, promiscuous_trunk };

// A switch port's settings, and a routed one's; which of them it is shows when everything has been read.
struct SwitchedText {
  bool mentioned = false;  // a line of switching was there
  bool access = false, trunk = false;
  PrivateRole role = PrivateRole::none;
  std::optional<std::uint16_t> access_vlan, native_vlan, private_native;
  std::optional<VlanSet> allowed, private_allowed;  // nothing: all
  std::optional<std::pair<std::uint16_t, std::uint16_t>> host_association, mapping;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> trunk_mappings;
  bool protect = false, dot1x = false, mab = false, port_control = false;
  bool dhcp_trust = false, source_guard = false;
};

struct InterfaceText {
  config::Interface value;
  bool routed = false;  // says `no switchport`, or has an address
  bool shutdown = false;
  bool takes_address = false;  // has one, or gets one from elsewhere
  SwitchedText switched;
  std::array<std::array<BoundList, 2>, 2> lists;  // by family, then in and out
  std::vector<Problem> problems;
};

// `line vty …`: who may log in, by family.
struct LoginText {
  std::array<BoundList, 2> lists;
  std::array<bool, 2> also_from_vrfs = {};  // else nobody from an interface of a VRF, where a list is bound
  bool closed = false;                      // takes no connections
};

// `ip http …`: who may use the device's own pages, by family.
struct WebText {
  std::array<BoundList, 2> lists;
  std::optional<std::uint16_t> plain = 80, secure = 443;  // ports; nothing: switched off
};

struct VlanText {
  std::string name;
  bool dhcp_snooping = false, arp_inspection = false, isolated = false, community = false;
  std::optional<VlanSet> association;
  source::Range range;
  bool declared = false;
};

using ListKey = std::pair<packet::Family, std::string>;

struct ConfigurationText {
  std::string hostname;
  source::Range range;
  std::map<ListKey, AccessList> lists;
  std::unordered_map<std::string, ObjectGroup> networks, services;
  std::vector<InterfaceText> interfaces;  // in the order of their first lines
  std::unordered_map<std::string, std::size_t> interface_index;
  std::map<std::uint16_t, VlanText> vlans;
  std::map<std::string, LoginText> logins;  // by the numbers of the lines
  WebText web;
  std::vector<Problem> problems;        // that bear on the whole device
  std::vector<Problem> guard_problems;  // that bear on packets to the device itself
  bool dhcp_snooping = false;           // without it what VLANs say of it is inert
  std::uint32_t ignored_lines = 0;
};

[[nodiscard]] ConfigurationText read_text(const source::Sources& sources,
                                          std::span<const source::FileId> files);

// One line of `interface …`. False when the block does not know it, or knows that it is without bearing.
[[nodiscard]] bool read_interface_line(const CommandLine& line, InterfaceText& interface);

// One line about switching. False when it is none.
[[nodiscard]] bool read_switch_line(const CommandLine& line, InterfaceText& interface);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_TEXT_H
