// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Commands of the device: those that open blocks, and those that stand alone.
#include <algorithm>

#include <fmt/format.h>

#include "backends/cisco_asa/read_limits.h"
#include "backends/cisco_asa/read_walker.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

GroupKind kind_of_group(const CommandLine& line) {
  const std::string_view word = line.word(1);
  if (word == "network") return GroupKind::networks;
  if (word == "service") return line.word(3).empty() ? GroupKind::services : GroupKind::ports;
  if (word == "protocol") return GroupKind::protocols;
  return word == "icmp-type" ? GroupKind::icmp_types : GroupKind::other;
}

ObjectKind kind_of_object(std::string_view word) {
  if (word == "network") return ObjectKind::network;
  return word == "service" ? ObjectKind::service : ObjectKind::other;
}

// `static (in,out) …`, `global (outside) 1 …`: of releases before 8.3.
bool is_old_translation(const CommandLine& line) {
  return is_one_of(line.word(0), {"static", "global"}) && line.word(1).starts_with('(');
}

}  // namespace

void Walker::read_top_level(const CommandLine& line) {
  block_ = Block::other;
  if (line.word(0) == "hostname") {
    text_.hostname = printable_text(line.word(1));
    text_.range = line.range;
  } else if (is_one_of(line.word(0), {"ASA", "PIX"})) {
    read_version(line, 0);
  } else if (!read_block_command(line) && !read_policy_command(line) && !read_object_command(line) &&
             !read_group_command(line) && !read_list_command(line) && !read_binding_command(line, true) &&
             !read_management_command(line, true) && !read_setting(line) && !read_removal(line) &&
             !read_clearing(line) && !read_tunnel_command(line) && !read_what_interferes(line)) {
    ignore();
  }
}

// `ASA Version 9.16(4)`, also behind a colon. Before 9.0 `any` was IPv4 only and IPv6 had lists of its own.
void Walker::read_version(const CommandLine& line, std::size_t at) {
  const bool asa = begins(line, {"ASA", "Version"}, at);
  if (!asa && !begins(line, {"PIX", "Version"}, at)) return ignore();
  constexpr unsigned first_understood = 9;
  const std::string_view version = line.word(at + 2);
  const auto major = number<unsigned>(version.substr(0, version.find('.')));
  if (!asa || !major || *major < first_understood)
    refuse(line.range, "releases before 9.0 are not understood");
}

bool Walker::read_block_command(const CommandLine& line) {
  if (line.word(0) == "interface") {
    open_interface(line);
  } else if (line.word(0) == "webvpn") {
    block_ = Block::webvpn;
  } else {
    return false;
  }
  return true;
}

bool Walker::read_policy_command(const CommandLine& line) {
  if (line.word(0) == "class-map") {
    block_ = Block::class_map;
    policies_.open_class_map(line);
  } else if (line.word(0) == "policy-map") {
    block_ = Block::policy_map;
    policies_.open_policy_map(line);
  } else if (line.word(0) == "service-policy") {
    policies_.attach(line);
  } else if (begins(line, {"no", "service-policy"})) {
    policies_.detach(line);
  } else {
    return false;
  }
  return true;
}

void Walker::open_interface(const CommandLine& line) {
  std::string name;
  for (const std::string_view word : std::span(line.words).subspan(1)) name += word;
  if (name.empty() || name.size() > longest_label || name != printable_text(name))
    refuse(line.range, "the name of an interface is not understood");
  name = printable_text(name);
  const auto [place, added] = text_.interface_index.try_emplace(name, text_.interfaces.size());
  if (added) {
    if (text_.interfaces.size() >= most_interfaces)
      refuse(line.range, fmt::format("more than {} interfaces are not read", most_interfaces));
    InterfaceText& made = text_.interfaces.emplace_back();
    made.value.port = name;
    made.value.range = line.range;
  }
  block_ = Block::interface;
  interface_ = &text_.interfaces[place->second];
}

// An object or group that is opened again keeps what it holds.
bool Walker::read_object_command(const CommandLine& line) {
  if (line.word(0) != "object" || line.words.size() < 3) return false;
  block_ = Block::object;
  object_ = &text_.objects[std::string(line.word(2))];
  object_->range = line.range;
  object_->kind = line.words.size() == 3 ? kind_of_object(line.word(1)) : ObjectKind::other;
  return true;
}

bool Walker::read_group_command(const CommandLine& line) {
  if (line.word(0) != "object-group" || line.words.size() < 3) return false;
  block_ = Block::group;
  const auto [place, added] = text_.groups.try_emplace(std::string(line.word(2)));
  group_ = &place->second;
  const GroupKind kind = kind_of_group(line);
  if (!added && (group_->kind != kind || group_->protocol != line.word(3)))
    refuse(line.range, "a group of this name is there already");
  group_->kind = kind;
  group_->range = line.range;
  group_->protocol = line.word(3);
  return true;
}

bool Walker::read_setting(const CommandLine& line) {
  const bool no = line.word(0) == "no";
  const std::size_t at = no ? 1 : 0;
  if (begins(line, {"same-security-traffic", "permit"}, at)) {
    const std::string_view which = line.word(at + 2);
    if (which == "inter-interface") text_.inter_interface = !no;
    if (which == "intra-interface") text_.intra_interface = !no;
  } else if (begins(line, {"sysopt", "connection", "permit-vpn"}, at)) {
    tunnels_pass_ = !no;
  } else if (!no && line.word(0) == "name" && line.words.size() >= 3) {
    if (const auto address = packet::parse_address(line.word(1)))
      text_.names.insert_or_assign(std::string(line.word(2)), *address);
  } else if (!no && line.word(line.word(0) == "ipv6" ? 1 : 0) == "dhcprelay") {
    return read_relay(line, line.word(0) == "ipv6" ? 2 : 1);
  } else {
    return false;
  }
  return true;
}

// `[ipv6] dhcprelay server A [IF]`, `[ipv6] dhcprelay enable IF`.
bool Walker::read_relay(const CommandLine& line, std::size_t at) {
  if (line.word(at) == "server") {
    if (const auto server = text_.address(line.word(at + 1))) text_.relay_servers.push_back(*server);
  } else if (line.word(at) == "enable") {
    const packet::Family family = at == 2 ? packet::Family::ipv6 : packet::Family::ipv4;
    text_.relay_interfaces.emplace_back(family, line.word(at + 1));
  } else {
    return false;
  }
  return true;
}

bool Walker::read_removal(const CommandLine& line) {
  if (line.word(0) != "no") return false;
  const std::string_view what = line.word(1);
  if (what == "object" && line.words.size() >= 4) {
    text_.objects.erase(std::string(line.word(3)));
  } else if (what == "object-group" && line.words.size() >= 4) {
    text_.groups.erase(std::string(line.word(3)));
  } else if (what == "access-list") {
    const auto found = text_.lists.find(std::string(line.word(2)));
    if (found != text_.lists.end())
      found->second.problems.push_back({line.range, "a line of the list is taken out again"});
  } else if (what == "interface") {
    refuse(line.range, "an interface is taken out again");
  } else if (what == "name") {
    text_.names.erase(std::string(line.word(line.words.size() - 1)));
  } else {
    CommandLine rest = line;
    rest.words.erase(rest.words.begin());
    return read_binding_command(rest, false) || read_management_command(rest, false);
  }
  return true;
}

// A list that goes takes what binds it along.
void Walker::clear_list(const std::string& name) {
  text_.lists.erase(name);
  for (auto& [interface, bindings] : text_.bindings) {
    for (BoundList* bound : {&bindings.in, &bindings.out, &bindings.control_plane}) {
      if (bound->list == name) *bound = {};
    }
  }
  if (text_.global.list == name) text_.global = {};
}

bool Walker::read_clearing(const CommandLine& line) {
  if (!begins(line, {"clear", "configure"})) return false;
  const std::string_view what = line.word(2);
  if (what == "access-list" && line.words.size() == 4) {
    clear_list(std::string(line.word(3)));
  } else if (what == "access-group") {
    text_.bindings.clear();
    text_.global = {};
  } else if (is_one_of(what, {"ssh", "telnet", "http", "icmp"})) {
    ManagementText& management = text_.management;
    (what == "ssh"      ? management.ssh
     : what == "telnet" ? management.telnet
     : what == "http"   ? management.http
                        : management.icmp)
        .lines.clear();
  } else {
    refuse(line.range, "what is cleared here is not held");
  }
  return true;
}

// Where tunnels end.
bool Walker::read_tunnel_command(const CommandLine& line) {
  if (line.word(0) != "crypto") return false;
  const bool bound = begins(line, {"crypto", "map"}) && line.word(3) == "interface";
  if (bound) tunnel_ = line.range;
  if (!bound) ignore();
  return true;
}

// Other commands that let packets pass or stop them.
bool Walker::read_what_interferes(const CommandLine& line) {
  const std::string_view word = line.word(0);
  const auto says = [&](std::initializer_list<std::string_view> words) { return begins(line, words); };
  if (word == "nat" || is_old_translation(line)) {
    refuse(line.range, std::string(config::addresses_are_translated));
  } else if (says({"firewall", "transparent"})) {
    refuse(line.range, "the device does not route");
  } else if (is_one_of(word, {"context", "zone"})) {
    refuse(line.range, "what this does to interfaces is not held");
  } else if (says({"ip", "verify", "reverse-path"})) {
    refuse(line.range, "sources are tried by the way back to them");
  } else if (is_one_of(word, {"established", "shun", "filter"}) || says({"ip", "audit", "interface"}) ||
             (says({"threat-detection", "scanning-threat"}) && line.word(2) == "shun") ||
             says({"dynamic-filter", "drop"}) || says({"aaa", "authentication", "match"}) ||
             says({"aaa", "authentication", "include"}) || says({"aaa", "authorization", "match"})) {
    refuse(line.range, "packets pass or are refused by this line too");
  } else if (says({"ipv6", "access-list"})) {
    refuse(line.range, "lists for IPv6 alone are of releases before 9.0");
  } else {
    return false;
  }
  return true;
}

}  // namespace cordon::backends::cisco_asa::reading
