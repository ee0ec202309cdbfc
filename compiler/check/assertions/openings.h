// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a policy lets some hosts open to others, and which flow or zone lets them.
//
// Products, one for each flow that meets both ends and one for each zone whose hosts talk freely; their union
// is exact. Hosts of an `any` network are no neighbours of each other.
#ifndef COMPILER_CHECK_ASSERTIONS_OPENINGS_H
#define COMPILER_CHECK_ASSERTIONS_OPENINGS_H

#include <optional>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/traffic.h"

namespace cordon::check {

struct Opening {
  TrafficPart part;
  const FlowFact* flow = nullptr;  // null: hosts of one zone
  ir::ZoneId within;               // that zone
};

// Null stands for everybody, and for every service.
struct Query {
  const ir::Addresses* from = nullptr;
  const ir::Addresses* to = nullptr;
  const packet::ServiceSet* services = nullptr;
};

// By flow, conduits by name.
[[nodiscard]] std::vector<Opening> openings_by_flows(const Context& context, const Query& query);
// By zone. Both ends have to be given.
[[nodiscard]] std::vector<Opening> openings_within_zones(const Context& context, const Query& query);

[[nodiscard]] Traffic traffic_of(const std::vector<Opening>& openings);

[[nodiscard]] ir::Addresses common(const ir::Addresses& a, const ir::Addresses& b);
[[nodiscard]] ir::Addresses without(const ir::Addresses& all, const ir::Addresses& taken);

// One host and itself open no connection.
[[nodiscard]] bool is_self(const TrafficPart& part, ir::Family family);
[[nodiscard]] Traffic without_self(Traffic products);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ASSERTIONS_OPENINGS_H
