// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Layer 2: switches, links, radios, and what of it each network's VLAN has to reach.
//
// A vertex is what bridges frames together: all bridged ports of a switch or access point, or one routed
// port with its subinterfaces, since a device routes between those and does not bridge. A link carries
// a VLAN when it lies on a simple path between two members of it.
#ifndef COMPILER_GRAPH_LAYER2_H
#define COMPILER_GRAPH_LAYER2_H

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/graph/block_tree.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

using SegmentId = Id<struct SegmentTag>;
using CableId = Id<struct CableTag>;

struct Segment {
  ir::DeviceId device;
  std::string port;  // of a routed port; empty: the device bridges here
  [[nodiscard]] bool bridges() const { return port.empty(); }
};

struct CableEnd {
  SegmentId segment;
  std::string port;
};
struct Cable {
  CableEnd a, b;
};

enum class MemberKind : std::uint8_t { access, routed, radio };
struct Member {
  SegmentId segment;
  MemberKind kind = MemberKind::access;
  std::uint32_t index = 0;  // of the port, interface or radio in its device
};

// Where a network's frames go.
struct Span {
  std::vector<Member> members;
  std::vector<CableId> cables;     // ascending
  std::vector<SegmentId> reached;  // ascending; members and what lies between them
  bool joined = true;              // links lead from every member to every other
};

class Layer2 {
 public:
  // Whether a device passes frames between its ports at all.
  using Bridges = std::function<bool(ir::DeviceId)>;
  Layer2(const ir::Policy& policy, const Bridges& bridges);

  [[nodiscard]] const IdVector<SegmentId, Segment>& segments() const { return segments_; }
  [[nodiscard]] const IdVector<CableId, Cable>& cables() const { return cables_; }
  [[nodiscard]] const Span& span(ir::NetworkId network) const { return spans_[network.value]; }

  [[nodiscard]] CableId cable_at(ir::DeviceId device, std::string_view port) const;  // invalid: no link
  [[nodiscard]] bool has_cable(SegmentId segment) const { return linked_[segment.value]; }
  [[nodiscard]] bool is_routed_port(ir::DeviceId device, std::string_view port) const;

  [[nodiscard]] bool joined(SegmentId a, SegmentId b) const {
    return blocks_.component(a.value) == blocks_.component(b.value);
  }

  // Frames that leave the segment by this link can come to the other segment.
  [[nodiscard]] bool leads_to(CableId cable, SegmentId from, SegmentId to) const;

 private:
  SegmentId segment(ir::DeviceId device, std::string_view port);
  SegmentId end_of(ir::DeviceId device, std::string_view port, const Bridges& bridges);
  void add_cables(const ir::Policy& policy, const Bridges& bridges);
  void add_members(const ir::Policy& policy, const Bridges& bridges);
  void measure(Span& span);

  IdVector<SegmentId, Segment> segments_;
  IdVector<CableId, Cable> cables_;
  std::map<std::pair<ir::DeviceId, std::string>, SegmentId> segment_ids_;
  std::map<std::pair<ir::DeviceId, std::string>, CableId> cable_ids_;
  std::vector<std::map<std::string, bool, std::less<>>> routed_;  // ports of each device that route
  std::vector<bool> linked_;
  BlockTree blocks_;
  std::vector<Span> spans_;
};

// The port that carries a subinterface: `eth0` of `eth0.1520`; any other name is itself.
[[nodiscard]] std::string_view parent_port(std::string_view port);

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_LAYER2_H
