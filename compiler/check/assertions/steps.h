// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who gets where in steps: from host to host, each step a flow or a talk among the hosts of a zone.
//
// Finer than graph::ExposureGraph, which takes a zone as one: some hosts may be left out here, so that "goes
// through the jump host" is shown by what is reached without it, be it one host of its zone or all.
//
// The hosts of a zone that does not isolate reach each other. In one that isolates they do so by flows only;
// there both addresses of a declared host are one host, and so may be any two of a network that are of no
// declared host and of different families. A device stands for its own flows, never for what it forwards.
//
// A way has at least one flow; it may come back to where it started. A search fires every flow at most once
// in each family: linear in flows, times the ranges of their ends.
#ifndef COMPILER_CHECK_ASSERTIONS_STEPS_H
#define COMPILER_CHECK_ASSERTIONS_STEPS_H

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/check/context.h"

namespace cordon::check {

class Steps {
 public:
  explicit Steps(const Context& context);

  struct Question {
    const std::vector<ir::EndpointId>& from;
    const std::vector<ir::EndpointId>& to;
    const packet::ServiceSet* last = nullptr;  // what the step that arrives has to open; null: anything
    const ir::Addresses* left_out = nullptr;   // who takes no part; null: all do
  };
  struct Answer {
    bool found = false;
    std::vector<const FlowFact*> way;  // with the fewest flows; one that is not direct, if there is one
    // Of the ways that are more than a flow from one of `from` to one of `to`: who is reached, by what at
    // last.
    ir::Addresses indirect;
    packet::ServiceSet services;
    ir::Addresses starts, arrivals;  // all those of `from` and of `to` that some way joins
    std::size_t reached = 0;         // zones, hosts and devices that were reached, the first ones included
  };
  [[nodiscard]] Answer ask(const Question& question) const;

 private:
  friend class Search;
  // The part of an end that lies in one unit: a zone, or behind all zones a device.
  struct Touch {
    std::uint32_t unit = 0;
    ir::Addresses addresses;
  };
  using Touches = std::vector<Touch>;

  [[nodiscard]] Touches touches(const ir::Endpoint& endpoint) const;
  [[nodiscard]] Touches touches(const std::vector<ir::EndpointId>& ends, const ir::Addresses* left_out) const;
  void add_own(const ir::Addresses& literal, Touches& found) const;
  [[nodiscard]] bool isolates(std::uint32_t unit) const;
  // With the other addresses of the same hosts, as far as hosts are declared, or may be the same.
  [[nodiscard]] ir::Addresses with_twins(std::uint32_t unit, const ir::Addresses& addresses) const;
  void learn_twins();

  const Context& context_;
  std::vector<Touches> ends_;                                   // of each endpoint of a flow
  std::vector<std::vector<std::uint32_t>> leaving_, arriving_;  // flows by unit
  struct Twins {
    std::vector<std::pair<ir::Address, ir::Address>> declared;
    std::vector<ir::Addresses> undeclared;  // of each network
  };
  std::vector<Twins> twins_;                                // by zone; of those that isolate
  std::vector<std::pair<ir::Address, std::uint32_t>> own_;  // devices' addresses, ascending
};

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ASSERTIONS_STEPS_H
