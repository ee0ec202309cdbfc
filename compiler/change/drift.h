// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What runs on a device beside what the policy wants there, by meaning.
//
// Every difference is told, as whole sets: each packet that is decided otherwise stands in one `FlowDrift`,
// by pair of zones. Order that does not matter, names, remarks and how prefixes are written are no
// difference. What an incomplete filter decides is not known: of places behind it only that is told which
// other filters there refuse for certain.
#ifndef COMPILER_CHANGE_DRIFT_H
#define COMPILER_CHANGE_DRIFT_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "compiler/change/running.h"
#include "compiler/config/device.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/translation.h"

namespace cordon::change {

// Whose addresses are at one end of a packet.
struct FlowEnd {
  enum class Kind : std::uint8_t { zone, devices, elsewhere, anyone } kind = Kind::anyone;
  ir::ZoneId zone;      // of a zone
  ir::DeviceId device;  // of `devices`: this one alone, where it is valid
  friend bool operator==(const FlowEnd&, const FlowEnd&) = default;
};

// Packets that what runs decides otherwise than the policy wants.
struct FlowDrift {
  // Packets that open a connection come first in everything; the rest is about what follows them.
  enum class Part : std::uint8_t { openings, connections, fragments } part = Part::openings;
  bool opened = false;  // they pass and should not; else they should pass and do not
  FlowEnd from, to;
  std::vector<packet::Cube> cubes;  // disjoint
  packet::Packet example;
  std::string place;                   // `from `guest` (Vlan40) to `pumps` (Vlan20)`
  std::size_t more_places = 0;         // at which all or some of them are decided so as well
  bool likely = true;                  // somebody with such an address can be behind that interface
  std::vector<source::Range> running;  // lines that decide, the first few; none where no line does
  std::vector<config::Origin> wanted;  // what the policy has to say about them, the first few
};

// A line that is not understood.
struct Unknown {
  source::Range line;
  std::string reason;
  std::vector<std::string> places;  // interfaces at which it bears on what passes; empty: on everything
};

struct DeviceDrift {
  ir::DeviceId device;
  std::vector<FlowDrift> flows;
  std::vector<prove::Difference> stated;  // interfaces, ports and VLANs
  std::vector<std::string> unfiltered;  // `what comes in by `biomed` (Vlan1430)`: why some of the flows pass
  std::vector<Unknown> unknown;
  bool certain = true;     // false: a line that is not understood may bear on all that is told here
  bool undecided = false;  // the budget ran out, and something may be missing

  [[nodiscard]] std::size_t differences() const { return flows.size() + stated.size(); }
  [[nodiscard]] bool in_step() const { return differences() == 0 && unknown.empty() && !undecided; }
};

// The plan of the device, before any pass over its filters. The running device has to last as long as the
// result.
[[nodiscard]] DeviceDrift find_drift(const ir::Policy& policy, const config::Device& planned,
                                     const RunningDevice& running, const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_DRIFT_H
