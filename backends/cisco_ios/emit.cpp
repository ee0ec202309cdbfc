// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From a planned device to a Cisco Catalyst with IOS XE.
//
// A routed packet is tried against the list bound to the interface where it enters, then against
// the one bound to the interface where it leaves; the first match in a list decides. Nothing is
// remembered, so replies and errors are entries of their own. The list where a packet enters also
// sees what is meant for the switch itself. Lists stand above what binds them: until a list exists,
// an interface bound to it is open. Names of groups and lists say what they hold, so the text loads over
// an older one of the same switch: nothing that stands is edited, and binding puts a new list in the place
// of the old in one step. Blocks of interfaces end in `exit`: where the switch has not got a port, its lines
// would else go to the port before, and now nothing more is taken.
//
// Characterisation with sources: README.md.

#include "backends/cisco_ios/emit.h"

#include "backends/cisco_ios/check.h"

namespace cordon::backends::cisco_ios {
namespace {

std::size_t expected_bytes(const config::Device& device) {
  std::size_t rules = 0;
  for (const config::Filter& filter : device.filters) rules += filter.rules.size();
  return 4096 + rules * 96 + device.addresses.size() * 96 + device.ports.size() * 400;
}

}  // namespace

backend::OutputFile emit(const config::Device& device) {
  Writer out(expected_bytes(device));
  write_global(device, out);
  write_vlans(device, out);
  const Operands operands = write_groups(device, out);
  const std::vector<ListNames> lists = write_access_lists(device, operands, out);
  const ManagementLists management = write_management_lists(device, out);
  write_management(device, management, out);
  write_interfaces(device, lists, out);
  write_ports(device, out);
  return out.take(device.name + ".cfg");
}

}  // namespace cordon::backends::cisco_ios
