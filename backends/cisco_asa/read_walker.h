// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The first pass over the lines of a configuration: which block each belongs to, and what it sets.
#ifndef BACKENDS_CISCO_ASA_READ_WALKER_H
#define BACKENDS_CISCO_ASA_READ_WALKER_H

#include <string>
#include <utility>

#include "backends/cisco_asa/read_policies.h"
#include "backends/cisco_asa/read_text.h"

namespace cordon::backends::cisco_asa::reading {

// A line belongs to the open block where it is indented or where the block knows it, as on the device, which
// tries the open block first.
class Walker {
 public:
  explicit Walker(const source::Sources& sources) : sources_(sources) {}

  void read(source::FileId file);
  [[nodiscard]] ConfigurationText finish();

 private:
  enum class Block : std::uint8_t { none, other, object, group, interface, class_map, policy_map, webvpn };

  // Lines of blocks (read_text.cpp). False where the line belongs to the device.
  bool read_in_block(const CommandLine& line);
  bool read_object_line(const CommandLine& line);
  bool read_group_line(const CommandLine& line);
  bool read_interface_block_line(const CommandLine& line);
  bool read_policy_line(const CommandLine& line);
  bool read_webvpn_line(const CommandLine& line);

  // Commands of the device (read_commands.cpp). False where they are others.
  void read_top_level(const CommandLine& line);
  bool read_block_command(const CommandLine& line);
  bool read_policy_command(const CommandLine& line);
  bool read_object_command(const CommandLine& line);
  bool read_group_command(const CommandLine& line);
  bool read_setting(const CommandLine& line);
  bool read_relay(const CommandLine& line, std::size_t at);
  bool read_removal(const CommandLine& line);
  bool read_clearing(const CommandLine& line);
  bool read_tunnel_command(const CommandLine& line);
  bool read_what_interferes(const CommandLine& line);
  void read_version(const CommandLine& line, std::size_t at);
  void open_interface(const CommandLine& line);
  void clear_list(const std::string& name);

  // Lists and who may use the device (read_lists.cpp).
  bool read_list_command(const CommandLine& line);
  void add_list_line(const CommandLine& line, AccessList& list);
  bool read_binding_command(const CommandLine& line, bool add);
  bool read_management_command(const CommandLine& line, bool add);
  void set_management_line(const CommandLine& line, std::size_t at, bool add, ServiceText& service);

  void refuse(source::Range range, std::string reason) {
    text_.problems.push_back({range, std::move(reason)});
  }
  void ignore() { ++text_.ignored_lines; }

  const source::Sources& sources_;
  ConfigurationText text_;
  Block block_ = Block::none;
  Object* object_ = nullptr;
  ObjectGroup* group_ = nullptr;
  InterfaceText* interface_ = nullptr;
  Policies policies_;
  bool tunnels_pass_ = true;  // `sysopt connection permit-vpn`
  source::Range tunnel_;      // where tunnels end; invalid: nowhere
};

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_WALKER_H
