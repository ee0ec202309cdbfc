// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who asked for some of the packets that an intent permits.
#ifndef COMPILER_CHANGE_CAUSES_H
#define COMPILER_CHANGE_CAUSES_H

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

// Adds to `causes`, each once, what asked for these rules of the intent, as far as they permit packets of the
// set. Nothing, or why it could not be decided.
[[nodiscard]] std::optional<packet::Undecided> add_causes(packet::PacketSpace& space,
                                                          const packet::PacketSet& set, const Intent& intent,
                                                          std::span<const std::size_t> rules,
                                                          std::vector<Cause>& causes);

// The same of all rules of the intent, for a set whose cubes are known: rules that meet none of them cost
// nothing.
[[nodiscard]] std::optional<packet::Undecided> add_causes(packet::PacketSpace& space,
                                                          const packet::PacketSet& set,
                                                          std::span<const packet::Cube> cubes,
                                                          const Intent& intent, std::vector<Cause>& causes);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_CAUSES_H
