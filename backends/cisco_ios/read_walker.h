// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The first pass over the lines of a configuration: which block each belongs to, and what it sets.
#ifndef BACKENDS_CISCO_IOS_READ_WALKER_H
#define BACKENDS_CISCO_IOS_READ_WALKER_H

#include <string>
#include <utility>
#include <vector>

#include "backends/cisco_ios/read_policies.h"
#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {

// A line belongs to the open block where it is indented or where the block knows it, as on the device, which
// tries the open block first.
class Walker {
 public:
  explicit Walker(const source::Sources& sources) : sources_(sources) {}

  void read(source::FileId file);
  [[nodiscard]] ConfigurationText finish();

 private:
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

  // Lines of blocks (read_text.cpp). False where the line belongs to the device.
  bool skip_banner(CommandLines& lines);
  bool skip_macro(CommandLines& lines);
  void skip_until(CommandLines& lines, std::string_view end);
  bool read_in_block(const CommandLine& line);
  bool read_list_line(const CommandLine& line);
  bool read_group_line(const CommandLine& line);
  bool read_interfaces_line(const CommandLine& line);
  bool read_vlans_line(const CommandLine& line);
  void set_private_vlan(const CommandLine& line, VlanText& vlan);
  bool read_control_plane_line(const CommandLine& line);
  bool read_line_line(const CommandLine& line);

  // Commands of the device (read_commands.cpp). False where they are others.
  void read_top_level(const CommandLine& line);
  bool read_list_command(const CommandLine& line);
  bool read_list_removal(const CommandLine& line);
  bool read_group_command(const CommandLine& line);
  bool read_vlan_command(const CommandLine& line);
  bool read_web_command(const CommandLine& line);
  bool read_what_interferes(const CommandLine& line);
  void read_numbered_entry(const CommandLine& line);
  void read_list_of_some_kind(const CommandLine& line);
  void open_list(const CommandLine& line, packet::Family family, bool standard, std::size_t name);
  void open_group(const CommandLine& line, bool services);
  void open_interfaces(const CommandLine& line);
  void reset_interfaces(const CommandLine& line);
  void open_vlans(const CommandLine& line);
  void mark_vlans(const CommandLine& line, std::size_t at, bool VlanText::*flag, bool value);

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
  LoginText* login_ = nullptr;
  Policies policies_;
};

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_WALKER_H
