// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines within blocks.
#include "backends/cisco_ios/read_text.h"

#include <algorithm>

#include "backends/cisco_ios/read_entries.h"
#include "backends/cisco_ios/read_walker.h"

namespace cordon::backends::cisco_ios {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether a line without indentation belongs to an access list that is open, although it is none of its
// entries.
bool is_of_list(const CommandLine& line) {
  const std::size_t at = line.word(0) == "no" ? 1 : 0;
  const std::string_view word = line.word(at);
  return is_one_of(word, {"permit", "deny", "remark", "evaluate", "dynamic", "sequence"}) ||
         (!word.empty() && is_digit(word[0]));
}

// The same for an object group.
bool is_of_group(const CommandLine& line) {
  const std::size_t at = line.word(0) == "no" ? 1 : 0;
  const std::string_view word = line.word(at);
  if (word.empty()) return false;
  if (word == "ip") return line.words.size() == at + 1;
  return is_digit(word[0]) ||
         is_one_of(word, {"host", "range", "group-object", "any", "tcp", "udp", "tcp-udp", "icmp", "igmp",
                          "gre", "esp", "ahp", "eigrp", "ospf", "pim", "nos", "ipinip", "pcp", "sctp"});
}

}  // namespace

void Walker::read(source::FileId file) {
  block_ = Block::none;
  if (!text_.range.valid()) text_.range = {file, 0, 0};
  for (CommandLines lines(sources_, file); lines.current() != nullptr; lines.advance()) {
    const CommandLine& line = *lines.current();
    if (line.words[0][0] == '!' || skip_banner(lines) || skip_macro(lines)) continue;
    if (!read_in_block(line)) read_top_level(line);
  }
}

ConfigurationText Walker::finish() {
  policies_.refuse_dropping(text_);
  for (auto& [key, list] : text_.lists) sort_entries(list);
  return std::move(text_);
}

// Texts between delimiters hold no commands. A printed `^C` stands for one character.
bool Walker::skip_banner(CommandLines& lines) {
  const CommandLine& line = *lines.current();
  std::size_t at = 0;
  if (line.word(0) == "banner") at = 2;
  if (begins(line, {"aaa", "authentication", "banner"}) ||
      begins(line, {"aaa", "authentication", "fail-message"}))
    at = 3;
  if (at == 0 || line.words.size() <= at) return false;
  block_ = Block::none;
  const std::string_view text = line.rest(at);
  const std::string delimiter(text.substr(0, text.starts_with("^C") ? 2 : 1));
  if (text.find(delimiter, delimiter.size()) == std::string_view::npos) {
    skip_until(lines, delimiter);
  } else {
    ignore();
  }
  return true;
}

// `macro name X` and its commands up to a line `@`.
bool Walker::skip_macro(CommandLines& lines) {
  if (!begins(*lines.current(), {"macro", "name"})) return false;
  block_ = Block::none;
  skip_until(lines, "@");
  return true;
}

// From the line that opens a text to the one that holds its end.
void Walker::skip_until(CommandLines& lines, std::string_view end) {
  const source::Range opening = lines.current()->range;
  ignore();
  for (lines.advance(); lines.current() != nullptr; lines.advance()) {
    ignore();
    if (lines.current()->rest(0).find(end) != std::string_view::npos) return;
  }
  refuse(opening, "a text has no end");
}

bool Walker::read_in_block(const CommandLine& line) {
  if (line.words.size() == 1 && is_one_of(line.word(0), {"exit", "end", "quit"})) {
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
      return read_control_plane_line(line);
    case Block::policy_map:
    case Block::other:
      break;
  }
  if (line.indent == 0) return false;
  if (block_ == Block::policy_map) policies_.read_line(line);
  ignore();
  return true;
}

bool Walker::read_list_line(const CommandLine& line) {
  if (add_list_line(line, *list_)) return true;
  if (line.indent == 0 && !is_of_list(line)) return false;
  list_->problems.push_back({line.range, "this line of the list is not understood"});
  return true;
}

bool Walker::read_group_line(const CommandLine& line) {
  if (line.word(0) == "description") {
    ignore();
    return true;
  }
  if (line.indent == 0 && !is_of_group(line)) return false;
  group_->members.push_back(line.range);
  return true;
}

bool Walker::read_interfaces_line(const CommandLine& line) {
  // Without indentation these are commands of the device.
  const bool device = line.indent == 0 &&
                      (is_one_of(line.word(0), {"vlan", "crypto", "vrf"}) || begins(line, {"ip", "nat"}) ||
                       begins(line, {"no", "interface"}) || begins(line, {"no", "vlan"}) ||
                       begins(line, {"no", "object-group"}) || line.word(1) == "access-list");
  if (device) return false;
  if (line.word(0) == "service-policy" && line.word(1) != "type") {
    policies_.attach(line, false);
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
  const bool no = line.word(0) == "no";
  const std::string_view what = line.word(no ? 1 : 0);
  if (line.indent == 0 && what != "private-vlan" && what != "name") return false;
  if (what != "private-vlan" && (no || what != "name")) ignore();
  for (const std::uint16_t id : open_vlans_) {
    VlanText& vlan = text_.vlans[id];
    if (what == "private-vlan") set_private_vlan(line, vlan);
    if (what == "name" && !no) vlan.name = printable_text(line.word(1));
  }
  return true;
}

void Walker::set_private_vlan(const CommandLine& line, VlanText& vlan) {
  const bool on = line.word(0) != "no";
  const std::size_t at = on ? 1 : 2;
  const std::string_view how = line.word(at);
  if (how == "isolated") {
    vlan.isolated = on;
  } else if (how == "community") {
    vlan.community = on;
  } else if (how == "association" && !on) {
    vlan.association = std::nullopt;
  } else if (how == "association") {
    const bool more = line.word(at + 1) == "add";
    const auto vlans = vlan_list(line.rest(more ? at + 2 : at + 1));
    if (!vlans) return refuse(line.range, "a list of VLANs is not understood");
    vlan.association = more && vlan.association ? *vlan.association | *vlans : *vlans;
  } else if (how != "primary") {
    refuse(line.range, "a private VLAN is not understood");
  }
}

bool Walker::read_control_plane_line(const CommandLine& line) {
  const bool attaches = begins(line, {"service-policy", "input"});
  const bool refuses = line.word(0) == "management-interface" || begins(line, {"service-policy", "type"});
  if (attaches) policies_.attach(line, true);
  if (refuses) text_.guard_problems.push_back({line.range, "packets to the device are filtered here"});
  if (attaches || refuses) return true;
  if (line.indent == 0) return false;
  ignore();
  return true;
}

// Under `line vty …`: `access-class LIST in [vrf-also]`, `ipv6 access-class LIST in`, `transport input none`.
bool Walker::read_line_line(const CommandLine& line) {
  const bool no = line.word(0) == "no";
  const bool six = line.word(no ? 1 : 0) == "ipv6";
  const std::size_t at = (no ? 1U : 0U) + (six ? 1U : 0U);
  if (line.word(at) != "access-class") {
    if (begins(line, {"transport", "input"})) login_->closed = line.word(2) == "none";
    if (line.indent == 0 && line.word(0) != "transport") return false;
    ignore();
    return true;
  }
  const bool also_from_vrfs = line.words.back() == "vrf-also";
  const std::size_t direction = line.words.size() - (also_from_vrfs ? 2 : 1);
  if (line.word(direction) == "out") return true;
  if (line.word(direction) != "in" || (!no && direction != at + 2)) {
    text_.guard_problems.push_back({line.range, "who may log in is not understood"});
    return true;
  }
  login_->lists[six ? 1 : 0] = no ? BoundList{} : BoundList{std::string(line.word(at + 1)), line.range};
  // unverified: that the IPv6 command, which is documented without `vrf-also`, refuses nobody from a VRF.
  login_->also_from_vrfs[six ? 1 : 0] = also_from_vrfs || six;
  return true;
}

ConfigurationText read_text(const source::Sources& sources, std::span<const source::FileId> files) {
  Walker walker(sources);
  for (const source::FileId file : files) walker.read(file);
  return walker.finish();
}

}  // namespace cordon::backends::cisco_ios
