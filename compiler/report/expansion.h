// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a set of addresses is made of: networks, hosts and devices by name, prefixes, and how many they are.
#ifndef COMPILER_REPORT_EXPANSION_H
#define COMPILER_REPORT_EXPANSION_H

#include <string>
#include <string_view>

#include "compiler/ir/policy.h"

namespace cordon::report {

[[nodiscard]] std::string expansion_text(const ir::Policy& policy, const ir::Addresses& addresses);
// `2 hosts, 254 IPv4 addresses, about 2^64 IPv6 addresses in 2 networks`
[[nodiscard]] std::string expansion_count(const ir::Policy& policy, const ir::Addresses& addresses);
[[nodiscard]] std::string expansion_json(const ir::Policy& policy, std::string_view expression,
                                         const ir::Addresses& addresses, std::string_view version);

// `254 IPv4 addresses, about 2^64 IPv6 addresses`; `no address`.
[[nodiscard]] std::string address_count(const ir::Addresses& addresses);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_EXPANSION_H
