// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/cell_sets.h"

#include <fmt/format.h>

#include "backends/nftables/address_sets.h"
#include "backends/nftables/services.h"

namespace cordon::backends::nftables {

std::string cell_set_name(const config::Filter& filter, std::size_t number) {
  return fmt::format("permits-{}-{}", filter.name, number);
}

void write_cell_set(Writer& writer, const config::Device& device, std::string_view name, const CellSet& set) {
  const char* address = set.family == packet::Family::ipv4 ? "ipv4_addr" : "ipv6_addr";
  line(writer, 1, fmt::format("set {} {{", name));
  line(writer, 2, fmt::format("type {0} . {0} . inet_proto . inet_service", address));
  line(writer, 2, "flags interval");
  line(writer, 2, "counter");
  line(writer, 2, "elements = {");
  for (const Cell& cell : set.cells) {
    const std::string label = cell.origin.valid() ? comment(device.origins[cell.origin].label) : "";
    line(writer, 3,
         fmt::format("{} . {} . {} . {}{}{}", range_text(set.family, cell.source),
                     range_text(set.family, cell.destination), protocol_text(cell.protocol),
                     port_text(cell.ports), label, &cell == &set.cells.back() ? "" : ","),
         cell.origin);
  }
  line(writer, 2, "}");
  line(writer, 1, "}");
  writer.end();
}

std::string cell_set_rule(std::string_view name, packet::Family family) {
  return fmt::format("{0} saddr . {0} daddr . meta l4proto . th dport @{1} accept", family_keyword(family),
                     name);
}

}  // namespace cordon::backends::nftables
