// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Typed ids of the policy's items, and what every named item has.
#ifndef COMPILER_IR_IDS_H
#define COMPILER_IR_IDS_H

#include <compare>
#include <cstdint>
#include <string>

#include "compiler/base/id.h"
#include "compiler/source/source.h"

namespace cordon::ir {

using source::Range;

using NetworkId = Id<struct NetworkTag>;
using ZoneId = Id<struct ZoneTag>;
using HostId = Id<struct HostTag>;
using GroupId = Id<struct GroupTag>;
using ServiceId = Id<struct ServiceTag>;
using EndpointId = Id<struct EndpointTag>;
using ServiceListId = Id<struct ServiceListTag>;
using ConduitId = Id<struct ConduitTag>;
using DeviceId = Id<struct DeviceTag>;

// A flow by its place in its conduit.
struct FlowId {
  ConduitId conduit;
  std::uint32_t index = 0;
  [[nodiscard]] bool valid() const { return conduit.valid(); }
  friend constexpr auto operator<=>(const FlowId&, const FlowId&) = default;
};

struct Named {
  std::string name;  // as written; `module.name` for what a module defines
  Range name_range;
  Range range;  // the whole item
};

}  // namespace cordon::ir

#endif  // COMPILER_IR_IDS_H
