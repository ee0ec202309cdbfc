// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Folded permits as text: a concatenated set with an element a line, and the rule that looks it up.
#ifndef BACKENDS_NFTABLES_CELL_SETS_H
#define BACKENDS_NFTABLES_CELL_SETS_H

#include <string>
#include <string_view>

#include "backends/nftables/fold.h"
#include "backends/nftables/text.h"

namespace cordon::backends::nftables {

// `permits-pumps-in-2`; `number` counts from one within the filter.
[[nodiscard]] std::string cell_set_name(const config::Filter& filter, std::size_t number);

void write_cell_set(Writer& writer, const config::Device& device, std::string_view name, const CellSet& set);

[[nodiscard]] std::string cell_set_rule(std::string_view name, packet::Family family);

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_CELL_SETS_H
