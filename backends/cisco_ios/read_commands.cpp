// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Commands of the device: those that open blocks, and those that stand alone.
#include <algorithm>

#include <fmt/format.h>

#include "backends/cisco_ios/read_entries.h"
#include "backends/cisco_ios/read_walker.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::Family;

bool is_standard_number(std::uint32_t id) { return (id >= 1 && id <= 99) || (id >= 1300 && id <= 1999); }
bool is_extended_number(std::uint32_t id) { return (id >= 100 && id <= 199) || (id >= 2000 && id <= 2699); }

// `int` for `interface`, which the device takes but never prints.
bool is_abbreviation(std::string_view word, std::string_view whole) {
  return word.size() >= 3 && word.size() < whole.size() && whole.starts_with(word);
}

InterfaceText new_interface(const std::string& name, source::Range range) {
  InterfaceText made;
  made.value.port = name;
  made.value.range = range;
  if (name.starts_with("Vlan")) made.value.vlan = vlan_id(std::string_view(name).substr(4));
  return made;
}

}  // namespace

void Walker::read_top_level(const CommandLine& line) {
  block_ = Block::other;
  if (line.word(0) == "hostname") {
    text_.hostname = printable_text(line.word(1));
    text_.range = line.range;
  } else if (line.word(0) == "interface") {
    open_interfaces(line);
  } else if (is_abbreviation(line.word(0), "interface") || line.word(0) == "Interface") {
    refuse(line.range, "an abbreviated command is not read");
  } else if (begins(line, {"default", "interface"}) || begins(line, {"no", "interface"})) {
    reset_interfaces(line);
  } else if (begins(line, {"line", "vty"})) {
    block_ = Block::line;
    login_ = &text_.logins[std::string(line.rest(2))];
  } else if (line.word(0) == "control-plane") {
    block_ = Block::control_plane;
  } else if (line.word(0) == "policy-map") {
    block_ = Block::policy_map;
    policies_.open(line.words.back());
  } else if (!read_list_command(line) && !read_group_command(line) && !read_vlan_command(line) &&
             !read_web_command(line) && !read_what_interferes(line)) {
    ignore();
  }
}

bool Walker::read_list_command(const CommandLine& line) {
  if (begins(line, {"ip", "access-list", "extended"})) {
    open_list(line, Family::ipv4, false, 3);
  } else if (begins(line, {"ip", "access-list", "standard"})) {
    open_list(line, Family::ipv4, true, 3);
  } else if (begins(line, {"ip", "access-list"})) {
    read_list_of_some_kind(line);
  } else if (begins(line, {"ipv6", "access-list"}) && line.words.size() == 3) {
    open_list(line, Family::ipv6, false, 2);
  } else if (line.word(0) == "access-list") {
    read_numbered_entry(line);
  } else {
    return read_list_removal(line);
  }
  return true;
}

bool Walker::read_list_removal(const CommandLine& line) {
  if (begins(line, {"no", "ip", "access-list"}) && line.words.size() == 5) {
    text_.lists.erase({Family::ipv4, std::string(line.word(4))});
  } else if (begins(line, {"no", "ipv6", "access-list"}) && line.words.size() == 4) {
    text_.lists.erase({Family::ipv6, std::string(line.word(3))});
  } else if (begins(line, {"no", "access-list"}) && line.words.size() >= 3) {
    text_.lists.erase({Family::ipv4, std::string(line.word(2))});  // all of it, whatever follows
  } else {
    return false;
  }
  return true;
}

// `ip access-list KIND NAME`: one that renumbers, has nothing to do with interfaces, or is not known.
void Walker::read_list_of_some_kind(const CommandLine& line) {
  constexpr std::string_view harmless[] = {"log-update",          "logging",    "persistent",
                                           "match-local-traffic", "role-based", "helper"};
  if (line.words.size() < 4 || std::ranges::find(harmless, line.word(2)) != std::end(harmless))
    return ignore();
  const auto [place, added] = text_.lists.try_emplace({Family::ipv4, std::string(line.word(3))});
  list_ = &place->second;
  const bool renumbers = line.word(2) == "resequence";
  list_->problems.push_back(
      {line.range, renumbers ? "the lines of a list are renumbered" : "this kind of list is not understood"});
  if (!renumbers) block_ = Block::list;
}

void Walker::open_list(const CommandLine& line, Family family, bool standard, std::size_t name) {
  const auto [place, added] = text_.lists.try_emplace({family, std::string(line.word(name))});
  list_ = &place->second;
  if (!added && list_->standard != standard)
    list_->problems.push_back({line.range, "the list is both a standard and an extended one"});
  list_->family = family;
  list_->standard = standard;
  list_->remark = {};
  if (line.words.size() != name + 1)
    list_->problems.push_back({line.range, "the name of the list is not understood"});
  block_ = Block::list;
}

// `access-list N permit …`: a line of the list N.
void Walker::read_numbered_entry(const CommandLine& line) {
  const auto id = number<std::uint32_t>(line.word(1));
  if (!id || !(is_standard_number(*id) || is_extended_number(*id))) return ignore();
  const auto [place, added] = text_.lists.try_emplace({Family::ipv4, std::string(line.word(1))});
  if (added) place->second.standard = is_standard_number(*id);
  CommandLine entry = line;
  entry.words.erase(entry.words.begin(), entry.words.begin() + 2);
  entry.range.begin = line.range_of(2).begin;
  if (line.words.size() < 3 || !add_list_line(entry, place->second))
    place->second.problems.push_back({line.range, "this line of the list is not understood"});
}

bool Walker::read_group_command(const CommandLine& line) {
  if (begins(line, {"object-group", "network"})) {
    open_group(line, false);
  } else if (begins(line, {"object-group", "service"})) {
    open_group(line, true);
  } else if (begins(line, {"no", "object-group"}) && line.words.size() == 4) {
    (line.word(2) == "service" ? text_.services : text_.networks).erase(std::string(line.word(3)));
  } else {
    return false;
  }
  return true;
}

void Walker::open_group(const CommandLine& line, bool services) {
  auto& groups = services ? text_.services : text_.networks;
  group_ = &groups[std::string(line.word(2))];
  group_->range = line.range;
  if (line.words.size() != 3) group_->members.push_back(line.range);  // not understood as a member either
  block_ = Block::group;
}

void Walker::open_interfaces(const CommandLine& line) {
  block_ = Block::interfaces;
  open_interfaces_.clear();
  const bool range = line.word(1) == "range";
  const std::vector<std::string> names = interface_names(line.rest(range ? 2 : 1), range);
  if (names.empty()) refuse(line.range, "the name of an interface is not understood");
  for (const std::string& name : names) {
    const auto [place, added] = text_.interface_index.try_emplace(name, text_.interfaces.size());
    if (added && text_.interfaces.size() >= most_interfaces) {
      text_.interface_index.erase(place);
      return refuse(line.range, fmt::format("more than {} interfaces are not read", most_interfaces));
    }
    if (added) text_.interfaces.push_back(new_interface(name, line.range));
    open_interfaces_.push_back(place->second);
  }
}

void Walker::reset_interfaces(const CommandLine& line) {
  const bool range = line.word(2) == "range";
  for (const std::string& name : interface_names(line.rest(range ? 3 : 2), range)) {
    const auto found = text_.interface_index.find(name);
    if (found != text_.interface_index.end())
      text_.interfaces[found->second] = new_interface(name, line.range);
  }
}

void Walker::open_vlans(const CommandLine& line) {
  const auto vlans = vlan_list(line.rest(1));
  if (!vlans) return ignore();  // `vlan internal allocation policy ascending` and the like
  block_ = Block::vlans;
  open_vlans_ = ascending(*vlans);
  for (const std::uint16_t id : open_vlans_) {
    text_.vlans[id].declared = true;
    text_.vlans[id].range = line.range;
  }
}

void Walker::mark_vlans(const CommandLine& line, std::size_t at, bool VlanText::*flag, bool value) {
  const std::string_view last = line.words.back();
  if (line.words.size() > at + 1 && (last[0] < '0' || last[0] > '9')) return ignore();  // options of it
  const auto vlans = vlan_list(line.rest(at));
  if (!vlans) return refuse(line.range, "a list of VLANs is not understood");
  for (const std::uint16_t id : ascending(*vlans)) text_.vlans[id].*flag = value;
}

bool Walker::read_vlan_command(const CommandLine& line) {
  const bool on = line.word(0) != "no";
  const std::size_t at = on ? 0 : 1;
  if (begins(line, {"vlan", "filter"})) {
    refuse(line.range, "a VLAN access map filters here");
  } else if (begins(line, {"ip", "dhcp", "snooping", "vlan"}, at)) {
    mark_vlans(line, at + 4, &VlanText::dhcp_snooping, on);
  } else if (begins(line, {"ip", "dhcp", "snooping"}, at) && line.words.size() == at + 3) {
    text_.dhcp_snooping = on;
  } else if (begins(line, {"ip", "arp", "inspection", "vlan"}, at)) {
    mark_vlans(line, at + 4, &VlanText::arp_inspection, on);
  } else if (begins(line, {"no", "vlan"})) {
    const auto vlans = vlan_list(line.rest(2));
    if (!vlans) return false;
    for (const std::uint16_t id : ascending(*vlans)) text_.vlans.erase(id);
  } else if (line.word(0) == "vlan") {
    open_vlans(line);
  } else {
    return false;
  }
  return true;
}

// `ip http [secure-]server`, `ip http [secure-]port N`, `ip http access-class [ipv4|ipv6] LIST`.
bool Walker::read_web_command(const CommandLine& line) {
  const bool on = line.word(0) != "no";
  const std::size_t at = on ? 0 : 1;
  if (!begins(line, {"ip", "http"}, at)) return false;
  const std::string_view what = line.word(at + 2);
  WebText& web = text_.web;
  const bool secure = what.starts_with("secure-");
  auto& port = secure ? web.secure : web.plain;
  if (what == "server" || what == "secure-server") {
    if (!on) port = std::nullopt;
  } else if (what == "port" || what == "secure-port") {
    const auto given = number<std::uint16_t>(line.word(at + 3));
    if (on && given && port) port = given;
  } else if (what == "access-class") {
    const bool six = line.word(at + 3) == "ipv6";
    const bool named = six || line.word(at + 3) == "ipv4";
    web.lists[six ? 1 : 0] =
        on ? BoundList{std::string(line.word(at + (named ? 4 : 3))), line.range} : BoundList{};
  } else {
    return false;
  }
  return true;
}

// Other commands of the device that let packets pass or stop them.
bool Walker::read_what_interferes(const CommandLine& line) {
  if (line.word(0) == "zone-pair") {
    refuse(line.range, "the zone firewall filters here");
  } else if (begins(line, {"cts", "role-based", "enforcement"})) {
    refuse(line.range, "lists by security group filter here");
  } else if (begins(line, {"ip", "tcp", "intercept", "list"})) {
    refuse(line.range, "connections are intercepted");
  } else if (begins(line, {"ntp", "access-group"})) {
    text_.guard_problems.push_back({line.range, "who may use a service of the device is not held"});
  } else {
    return false;
  }
  return true;
}

}  // namespace cordon::backends::cisco_ios
