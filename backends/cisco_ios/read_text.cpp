// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_text.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "backends/cisco_ios/read_entries.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::Family;

enum class Block : std::uint8_t {
  none,
  other,
  list,
  group,
  interfaces,
  vlans,
  control_plane,
  policy_map,
  line
};

bool is_standard_number(std::uint32_t id) { return (id >= 1 && id <= 99) || (id >= 1300 && id <= 1999); }
bool is_extended_number(std::uint32_t id) { return (id >= 100 && id <= 199) || (id >= 2000 && id <= 2699); }

// The first pass. A line belongs to the open block where it is indented or where the block knows it, as on
// the device, which tries the open block first.
class Walker {
 public:
  explicit Walker(const source::Sources& sources) : sources_(sources) {}

  void read(source::FileId file) {
    block_ = Block::none;
    if (!text_.range.valid()) text_.range = {file, 0, 0};
    for (CommandLines lines(sources_, file); lines.current() != nullptr; lines.advance()) {
      const CommandLine& line = *lines.current();
      if (line.words[0][0] == '!') continue;
      if (skip_banner(lines)) continue;
      if (!read_in_block(line)) read_top_level(line);
    }
  }

  ConfigurationText finish() {
    refuse_dropping_policies();
    return std::move(text_);
  }

 private:
  bool skip_banner(CommandLines& lines);
  bool read_in_block(const CommandLine& line);
  bool read_list_line(const CommandLine& line);
  bool read_group_line(const CommandLine& line);
  bool read_interfaces_line(const CommandLine& line);
  bool read_vlans_line(const CommandLine& line);
  bool read_line_line(const CommandLine& line);
  void read_top_level(const CommandLine& line);
  bool read_list_command(const CommandLine& line);
  bool read_vlan_command(const CommandLine& line);
  bool read_what_interferes(const CommandLine& line);
  void read_numbered_entry(const CommandLine& line);
  void open_list(const CommandLine& line, Family family, bool standard, std::size_t name);
  void open_group(const CommandLine& line, bool services);
  void open_interfaces(const CommandLine& line);
  void open_vlans(const CommandLine& line);
  void reset_interfaces(const CommandLine& line);
  void mark_vlans(const CommandLine& line, std::size_t at, bool VlanText::*flag, bool value);
  void refuse_dropping_policies();

  void refuse(source::Range range, std::string reason) {
    text_.problems.push_back({range, std::move(reason)});
  }
  void ignore() { ++text_.ignored_lines; }

  const source::Sources& sources_;
  ConfigurationText text_;
  Block block_ = Block::none;
  AccessList* list_ = nullptr;
  ObjectGroup* group_ = nullptr;
  std::vector<std::size_t> open_interfaces_;
  std::vector<std::uint16_t> open_vlans_;
  std::string policy_;              // the open policy map
  std::set<std::string> dropping_;  // policy maps that say `drop`
  struct Service {
    std::string policy;
    source::Range range;
    bool control_plane;
  };
  std::vector<Service> service_policies_;
};

// Texts between delimiters hold no commands. `^C` of a printed configuration is two characters.
bool Walker::skip_banner(CommandLines& lines) {
  const CommandLine& line = *lines.current();
  std::size_t at = 0;
  if (line.word(0) == "banner") at = 2;
  if (begins(line, {"aaa", "authentication", "banner"}) ||
      begins(line, {"aaa", "authentication", "fail-message"}))
    at = 3;
  if (at == 0 || line.words.size() <= at) return false;
  block_ = Block::none;
  ignore();
  const std::string_view text = line.rest(at);
  const std::string delimiter(text.substr(0, text[0] == '^' && text.size() > 1 ? 2 : 1));
  if (text.find(delimiter, delimiter.size()) != std::string_view::npos) return true;
  const source::Range opening = line.range;
  for (lines.advance(); lines.current() != nullptr; lines.advance()) {
    ignore();
    if (lines.current()->rest(0).find(delimiter) != std::string_view::npos) return true;
  }
  refuse(opening, "a text has no end");
  return true;
}

bool Walker::read_in_block(const CommandLine& line) {
  if (line.words.size() == 1 && (line.word(0) == "exit" || line.word(0) == "end" || line.word(0) == "quit")) {
    if (line.indent == 0) block_ = Block::none;
    return true;
  }
  switch (block_) {
    case Block::none:
      return false;
    case Block::list:
      return read_list_line(line);
    case Block::group:
      return read_group_line(line);
    case Block::interfaces:
      return read_interfaces_line(line);
    case Block::vlans:
      return read_vlans_line(line);
    case Block::line:
      return read_line_line(line);
    case Block::control_plane:
      if (begins(line, {"service-policy", "input"}))
        service_policies_.push_back({std::string(line.word(2)), line.range, true});
      break;
    case Block::policy_map:
      if (line.indent > 0 && std::ranges::find(line.words, "drop") != line.words.end())
        dropping_.insert(policy_);
      break;
    case Block::other:
      break;
  }
  if (line.indent == 0) return false;
  ignore();
  return true;
}

bool Walker::read_list_line(const CommandLine& line) {
  if (add_list_line(line, *list_)) return true;
  if (line.indent == 0) return false;
  list_->problems.push_back({line.range, "this line of the list is not understood"});
  return true;
}

bool Walker::read_group_line(const CommandLine& line) {
  static constexpr std::string_view known[] = {"host",    "range", "group-object", "tcp", "udp",
                                               "tcp-udp", "icmp",  "ip",           "no"};
  if (line.word(0) == "description") {
    ignore();
    return true;
  }
  const char first = line.words[0][0];
  const bool member =
      std::ranges::find(known, line.word(0)) != std::end(known) || (first >= '0' && first <= '9');
  const bool command = line.word(0) == "ip" && line.words.size() > 1;
  if (line.indent == 0 && (!member || command)) return false;
  group_->members.push_back(line.range);
  return true;
}

bool Walker::read_interfaces_line(const CommandLine& line) {
  // Without indentation these are commands of the device.
  const bool device =
      line.indent == 0 && (line.word(0) == "vlan" || line.word(0) == "crypto" || line.word(0) == "no" ||
                           line.word(0) == "vrf" || begins(line, {"ip", "nat"}));
  if (device) return false;
  if (line.word(0) == "service-policy" && line.word(1) != "type") {
    service_policies_.push_back({std::string(line.word(2)), line.range, false});
    return true;
  }
  bool known = false;
  for (const std::size_t index : open_interfaces_)
    known |= read_interface_line(line, text_.interfaces[index]);
  if (known) return true;
  if (line.indent == 0) return false;
  ignore();
  return true;
}

bool Walker::read_vlans_line(const CommandLine& line) {
  const bool private_vlan = line.word(0) == "private-vlan";
  if (line.indent == 0 && !private_vlan && line.word(0) != "name") return false;
  for (const std::uint16_t id : open_vlans_) {
    VlanText& vlan = text_.vlans[id];
    if (line.word(0) == "name") vlan.name = printable_text(line.word(1));
    if (!private_vlan) continue;
    if (line.word(1) == "isolated") vlan.isolated = true;
    if (line.word(1) == "community") vlan.community = true;
    if (line.word(1) != "association") continue;
    vlan.association = vlan_list(line.rest(line.word(2) == "add" ? 3 : 2));
    if (!vlan.association) refuse(line.range, "a list of VLANs is not understood");
  }
  if (!private_vlan && line.word(0) != "name") ignore();
  return true;
}

// Under `line vty …`: who may manage the device.
bool Walker::read_line_line(const CommandLine& line) {
  const bool bound = line.word(0) == "access-class" || begins(line, {"ipv6", "access-class"});
  if (line.indent == 0 && !bound) return false;
  if (bound && line.words.back() != "out") {
    text_.guard_problems.push_back({line.range, "who may log in to the device is not held"});
  } else {
    ignore();
  }
  return true;
}

void Walker::read_top_level(const CommandLine& line) {
  block_ = Block::other;
  if (line.word(0) == "hostname") {
    text_.hostname = printable_text(line.word(1));
    text_.range = line.range;
  } else if (line.word(0) == "interface") {
    open_interfaces(line);
  } else if (begins(line, {"default", "interface"}) || begins(line, {"no", "interface"})) {
    reset_interfaces(line);
  } else if (begins(line, {"line", "vty"})) {
    block_ = Block::line;
  } else if (line.word(0) == "control-plane") {
    block_ = Block::control_plane;
  } else if (line.word(0) == "policy-map") {
    block_ = Block::policy_map;
    policy_ = line.words.back();
  } else if (!read_list_command(line) && !read_vlan_command(line) && !read_what_interferes(line)) {
    ignore();
  }
}

bool Walker::read_list_command(const CommandLine& line) {
  if (begins(line, {"ip", "access-list", "extended"})) {
    open_list(line, Family::ipv4, false, 3);
  } else if (begins(line, {"ip", "access-list", "standard"})) {
    open_list(line, Family::ipv4, true, 3);
  } else if (begins(line, {"ipv6", "access-list"}) && line.words.size() == 3) {
    open_list(line, Family::ipv6, false, 2);
  } else if (line.word(0) == "access-list") {
    read_numbered_entry(line);
  } else if (begins(line, {"no", "ip", "access-list"}) && line.words.size() == 5) {
    text_.lists.erase({Family::ipv4, std::string(line.word(4))});
  } else if (begins(line, {"no", "ipv6", "access-list"}) && line.words.size() == 4) {
    text_.lists.erase({Family::ipv6, std::string(line.word(3))});
  } else if (begins(line, {"no", "access-list"}) && line.words.size() == 3) {
    text_.lists.erase({Family::ipv4, std::string(line.word(2))});
  } else if (begins(line, {"object-group", "network"})) {
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
    if (added) {
      if (text_.interfaces.size() >= most_interfaces) {
        text_.interface_index.erase(place);
        return refuse(line.range, fmt::format("more than {} interfaces are not read", most_interfaces));
      }
      InterfaceText& made = text_.interfaces.emplace_back();
      made.value.port = name;
      made.value.range = line.range;
      if (name.starts_with("Vlan")) made.value.vlan = vlan_id(std::string_view(name).substr(4));
    }
    open_interfaces_.push_back(place->second);
  }
}

void Walker::reset_interfaces(const CommandLine& line) {
  const bool range = line.word(2) == "range";
  for (const std::string& name : interface_names(line.rest(range ? 3 : 2), range)) {
    const auto found = text_.interface_index.find(name);
    if (found == text_.interface_index.end()) continue;
    InterfaceText fresh;
    fresh.value.port = name;
    fresh.value.range = line.range;
    if (name.starts_with("Vlan")) fresh.value.vlan = vlan_id(std::string_view(name).substr(4));
    text_.interfaces[found->second] = std::move(fresh);
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
  const auto vlans = vlan_list(line.rest(at));
  if (!vlans) return refuse(line.range, "a list of VLANs is not understood");
  for (const std::uint16_t id : ascending(*vlans)) text_.vlans[id].*flag = value;
}

bool Walker::read_vlan_command(const CommandLine& line) {
  if (begins(line, {"vlan", "filter"})) {
    refuse(line.range, "a VLAN access map filters here");
  } else if (begins(line, {"ip", "dhcp", "snooping", "vlan"})) {
    mark_vlans(line, 4, &VlanText::dhcp_snooping, true);
  } else if (begins(line, {"ip", "arp", "inspection", "vlan"}) && line.words.size() == 5) {
    mark_vlans(line, 4, &VlanText::arp_inspection, true);
  } else if (begins(line, {"no", "ip", "dhcp", "snooping", "vlan"})) {
    mark_vlans(line, 5, &VlanText::dhcp_snooping, false);
  } else if (begins(line, {"no", "ip", "arp", "inspection", "vlan"}) && line.words.size() == 6) {
    mark_vlans(line, 5, &VlanText::arp_inspection, false);
  } else if (line.word(0) == "vlan") {
    open_vlans(line);
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
  } else {
    return false;
  }
  return true;
}

void Walker::refuse_dropping_policies() {
  for (Service& service : service_policies_) {
    if (!dropping_.contains(service.policy)) continue;
    auto& problems = service.control_plane ? text_.guard_problems : text_.problems;
    problems.push_back({service.range, "a policy map drops packets here"});
  }
}

}  // namespace

CommandLine words_of(const source::Sources& sources, source::Range range) {
  CommandLine line;
  line.range = range;
  const std::string_view text = sources.text(range);
  constexpr std::string_view blanks = " \t\r\v\f";
  for (std::size_t at = text.find_first_not_of(blanks); at != std::string_view::npos;) {
    const std::size_t stop = std::min(text.find_first_of(blanks, at), text.size());
    line.words.push_back(text.substr(at, stop - at));
    at = text.find_first_not_of(blanks, stop);
  }
  return line;
}

ConfigurationText read_text(const source::Sources& sources, std::span<const source::FileId> files) {
  Walker walker(sources);
  for (const source::FileId file : files) walker.read(file);
  return walker.finish();
}

}  // namespace cordon::backends::cisco_ios
