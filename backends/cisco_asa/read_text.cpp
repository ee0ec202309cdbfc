// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines within blocks.
#include "backends/cisco_asa/read_text.h"

#include <algorithm>

#include "backends/cisco_asa/read_walker.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_member(std::string_view word) { return word.ends_with("-object"); }

}  // namespace

std::optional<packet::Address> ConfigurationText::address(std::string_view word) const {
  if (const auto literal = packet::parse_address(word)) return literal;
  const auto found = names.find(std::string(word));
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

void Walker::read(source::FileId file) {
  block_ = Block::none;
  if (!text_.range.valid()) text_.range = {file, 0, 0};
  for (CommandLines lines(sources_, file); lines.current() != nullptr; lines.advance()) {
    const CommandLine& line = *lines.current();
    if (line.words[0][0] == '!') continue;
    if (line.words[0][0] == ':') {
      read_version(line, 1);
    } else if (!read_in_block(line)) {
      read_top_level(line);
    }
  }
}

ConfigurationText Walker::finish() {
  policies_.apply(text_);
  if (tunnels_pass_ && tunnel_.valid()) refuse(tunnel_, "packets of tunnels pass by the lists");
  return std::move(text_);
}

bool Walker::read_in_block(const CommandLine& line) {
  if (line.words.size() == 1 && is_one_of(line.word(0), {"exit", "quit", "end"})) {
    if (line.indent == 0) block_ = Block::none;
    return true;
  }
  switch (block_) {
    case Block::none:
      return false;
    case Block::object:
      return read_object_line(line);
    case Block::group:
      return read_group_line(line);
    case Block::interface:
      return read_interface_block_line(line);
    case Block::class_map:
    case Block::policy_map:
      return read_policy_line(line);
    case Block::webvpn:
      return read_webvpn_line(line);
    case Block::other:
      break;
  }
  if (line.indent == 0) return false;
  ignore();
  return true;
}

// A later line replaces the earlier one.
bool Walker::read_object_line(const CommandLine& line) {
  const std::string_view word = line.word(0);
  if (word == "description") {
    ignore();
  } else if (word == "nat") {
    refuse(line.range, std::string(config::addresses_are_translated));
  } else if (line.indent > 0 || is_one_of(word, {"host", "subnet", "range", "fqdn", "service"})) {
    object_->content = line.range;
  } else {
    return false;
  }
  return true;
}

bool Walker::read_group_line(const CommandLine& line) {
  const std::string_view word = line.word(0);
  if (word == "description") {
    ignore();
    return true;
  }
  const bool removal = word == "no" && is_member(line.word(1));
  if (line.indent == 0 && !is_member(word) && !removal && word != "user" && word != "security-group")
    return false;
  if (!removal) {
    group_->members.push_back(line.range);
    return true;
  }
  const std::string_view removed = line.rest(1);
  std::erase_if(group_->members, [&](source::Range member) { return sources_.text(member) == removed; });
  return true;
}

bool Walker::read_interface_block_line(const CommandLine& line) {
  // Without indentation these are commands of the device.
  const bool device = line.indent == 0 && is_one_of(line.word(0), {"dhcprelay", "zone", "cts"});
  if (!device && read_interface_line(line, text_, *interface_)) return true;
  if (line.indent == 0) return false;
  ignore();
  return true;
}

bool Walker::read_policy_line(const CommandLine& line) {
  const std::string_view word = line.word(line.word(0) == "no" ? 1 : 0);
  const bool known =
      is_one_of(word, {"match", "class", "inspect", "set", "police", "parameters", "priority"});
  if (line.indent == 0 && !known) return false;
  if (block_ == Block::class_map) {
    policies_.read_class_map_line(line);
  } else {
    policies_.read_policy_map_line(line);
  }
  return true;
}

// `enable INTERFACE`: the device serves remote users there.
bool Walker::read_webvpn_line(const CommandLine& line) {
  if (line.word(0) == "enable") {
    tunnel_ = line.range;
    text_.guard_problems.push_back({line.range, "users from outside may connect to the device"});
    return true;
  }
  if (line.indent == 0) return false;
  ignore();
  return true;
}

ConfigurationText read_text(const source::Sources& sources, std::span<const source::FileId> files) {
  Walker walker(sources);
  for (const source::FileId file : files) walker.read(file);
  return walker.finish();
}

}  // namespace cordon::backends::cisco_asa::reading
