// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From a planned device to Cisco ASA 9.x.
//
// A packet that enters is tried against the list bound to its interface, from the top; the first
// match decides. Packets of connections that are already known pass without being tried. Everything
// that a line refers to stands above it, since an ASA refuses references to what is not there. Names of
// groups and lists say what they hold, so the text loads over an older one of the same device: nothing
// that stands is edited.
//
// Characterisation with sources: README.md.

#include "backends/cisco_asa/emit.h"

#include "backends/cisco_asa/check.h"

namespace cordon::backends::cisco_asa {
namespace {

void write_header(const config::Device& device, Writer& out) {
  out << "! ";
  out.word(device.name) << ": written by Cordon. Change the policy, not this file.";
  out.end();
  out.line("!");
  out << "hostname ";
  out.word(device.name).end();
  out.line("!");
}

// Inspections that open further connections are helpers, and a policy knows none. ICMP is the one
// protocol whose answers and errors pass only with an inspection.
void write_inspection(Writer& out) {
  out.line("class-map cordon_inspection");
  out.line(" match default-inspection-traffic");
  out.line("policy-map cordon_policy");
  out.line(" class cordon_inspection");
  out.line("  inspect icmp");
  out.line("  inspect icmp error");
  out.line("no service-policy global_policy global");
  out.line("service-policy cordon_policy global");
  out.line("!");
}

std::size_t expected_bytes(const config::Device& device) {
  std::size_t rules = 0;
  for (const config::Filter& filter : device.filters) rules += filter.rules.size();
  return 4096 + rules * 112 + device.addresses.size() * 96;
}

}  // namespace

backend::OutputFile emit(const config::Device& device) {
  Writer out(expected_bytes(device));
  write_header(device, out);
  const Operands operands = write_groups(device, out);
  const Lists lists = write_access_lists(device, operands, out);
  write_interfaces(device, lists, out);
  write_relays(device, out);
  write_management(device, out);
  write_passage(device, out);
  write_inspection(out);
  write_start(device, out);
  return out.take(device.name + ".cfg");
}

}  // namespace cordon::backends::cisco_asa
