// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One thing wrong with a configuration, as a faulty emitter or a careless hand would make it.
#ifndef TESTS_SUPPORT_MUTATIONS_H
#define TESTS_SUPPORT_MUTATIONS_H

#include <cstdint>
#include <optional>
#include <string>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"

namespace cordon::test {

struct Mutation {
  std::string kind;         // `widen`
  std::string place;        // the rule or the port; may be empty
  config::FilterId filter;  // whose rules changed; invalid: something else
};

// Nothing when the device has nothing of the kind that the seed picks. Of rules only those that
// infrastructure did not ask for are touched.
[[nodiscard]] std::optional<Mutation> mutate_rules(config::Device& device, std::uint64_t seed);
// Moves or drops what binds a filter to an interface.
[[nodiscard]] std::optional<Mutation> mutate_bindings(config::Device& device, std::uint64_t seed);
// VLANs of trunks and access ports, isolation, ports that are shut. Always a fault.
[[nodiscard]] std::optional<Mutation> mutate_ports(config::Device& device, std::uint64_t seed);

// A new packet that the platform shows the filter, and that the two versions of it decide differently about,
// by the naive evaluator; in words, empty where none of some hundreds does. What the model implies is not
// tried.
[[nodiscard]] std::string difference(const config::Device& before, const config::Device& after,
                                     config::FilterId id, const config::Capabilities& capabilities,
                                     std::uint64_t seed);

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_MUTATIONS_H
