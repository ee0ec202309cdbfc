// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the expressions above IP that the emitter writes mean to the kernel. Anything else fails the test.
#ifndef TESTS_UNIT_BACKENDS_NFTABLES_EXPRESSION_H
#define TESTS_UNIT_BACKENDS_NFTABLES_EXPRESSION_H

#include <string_view>

#include "compiler/packet/match.h"

namespace cordon::test {

[[nodiscard]] bool expression_holds(std::string_view text, const packet::Packet& packet);

}  // namespace cordon::test

#endif  // TESTS_UNIT_BACKENDS_NFTABLES_EXPRESSION_H
