// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The filters of one device as sets of packets, and what several of them let through together.
#ifndef COMPILER_PROVE_FILTER_SETS_H
#define COMPILER_PROVE_FILTER_SETS_H

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/packet/packet_set.h"

namespace cordon::prove {

struct LocalAddresses;

// A filter's rules as the engine takes them. Where the platform tracks connections of itself, packets of
// known connections and the ICMP errors about them come first.
[[nodiscard]] std::vector<packet::MatchRule> match_rules(const config::Device& device,
                                                         const config::Filter& filter);

// What a filter that tracks connections and refuses nothing lets through: new packets, packets of connections
// and errors about them. Related packets of other kinds are there for nobody.
[[nodiscard]] std::vector<packet::MatchRule> everything_remembered();

// Tells the space all addresses that the device's filters mention.
void expect_addresses(packet::PacketSpace& space, const config::Device& device);

// Each filter becomes a set once. Several devices may share a space: a plan and what was read back.
class FilterSets {
 public:
  FilterSets(packet::PacketSpace& space, const config::Device& device) : space_(&space), device_(&device) {}

  // Looks at nothing but what goes to these addresses: of all other packets the sets say nothing.
  FilterSets(packet::PacketSpace& space, const config::Device& device, const LocalAddresses& only_to)
      : space_(&space), device_(&device), only_to_(&only_to) {}

  // What all of them let through; everything when there is none. Nothing when the budget ran out.
  [[nodiscard]] std::optional<packet::PacketSet> through(std::span<const config::FilterId> filters);

  // The rule that decides about the packet: of the first filter that refuses it, else of the last one.
  [[nodiscard]] const config::Rule* deciding(std::span<const config::FilterId> filters,
                                             const packet::Packet& packet) const;

  [[nodiscard]] const config::Device& device() const { return *device_; }

 private:
  [[nodiscard]] std::optional<packet::PacketSet> set_of(config::FilterId filter);
  [[nodiscard]] bool concerns(const config::Rule& rule);

  packet::PacketSpace* space_;
  const config::Device* device_;
  const LocalAddresses* only_to_ = nullptr;
  std::map<config::AddressSetId, bool> concerned_;  // destinations
  std::map<config::FilterId, packet::PacketSet> sets_;
};

// The value, or nothing where the budget ran out.
template <class T>
[[nodiscard]] std::optional<T> decided(packet::Decided<T> answer) {
  if (!answer) return std::nullopt;
  return std::move(*answer);
}

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_FILTER_SETS_H
