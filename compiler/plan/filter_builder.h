// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Puts the rules of one filter into an order in which each part can speak plainly.
//
// Networks are written as their prefixes, although devices' own addresses lie inside them and are never
// meant; the outside world is written as all addresses. Both are exact because of the denials that
// stand in between:
//
//   infrastructure, then denied sources (anti-spoofing),
//   what concerns devices' addresses, ending in: nothing else to or from them,
//   permits between written-out addresses,
//   denials that keep the outside from declared prefixes, permits with one end outside,
//   the same for permits with both ends outside,
//   default deny of both families, logged.
#ifndef COMPILER_PLAN_FILTER_BUILDER_H
#define COMPILER_PLAN_FILTER_BUILDER_H

#include <array>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/plan/demand.h"
#include "compiler/plan/set_table.h"

namespace cordon::plan {

// What all filters of all devices share.
struct AddressPlan {
  const ir::Policy* policy = nullptr;
  std::array<AddressSet, 2> never_outside;  // declared prefixes, and what is never unicast
  std::array<AddressSet, 2> own_outside;    // addresses of devices in the `any` network
  explicit AddressPlan(const ir::Policy& from);

  [[nodiscard]] const AddressSet& declared(Family family) const { return policy->declared.of(family); }
  [[nodiscard]] const AddressSet& own(Family family) const { return policy->device_addresses.of(family); }
};

// One permit: a product, with how its ends are written.
struct Permit {
  config::Role role = config::Role::flow;
  Family family = Family::ipv4;
  config::AddressSetId source, destination;
  Kind source_kind = Kind::inside, destination_kind = Kind::inside;
  config::ServiceSetId services;
  bool log = false;
  config::OriginId origin;
};

class FilterBuilder {
 public:
  struct Options {
    std::string name;
    bool stateful = false;
    std::array<const AddressSet*, 2> sources{};  // the only possible ones; null: anything
    std::array<bool, 2> from_outside{};          // the interface faces the `any` network
  };

  FilterBuilder(const AddressPlan& plan, SetTable& sets, Options options);

  void infrastructure(Permit permit);
  void permit(const Permit& permit);  // forward first, then replies: the order of calls is the order of rules

  [[nodiscard]] config::Filter build();

 private:
  enum Section : std::uint8_t {
    own_own,
    inside_own,
    any_own,
    own_inside,
    own_any,
    inside,
    one_outside,
    both_outside,
    count
  };
  static Section section_of(const Permit& permit);

  struct Totals;
  struct Gathered;
  void build_family(Family family);
  void own_part(Family family, const Totals& totals);
  void declared_part(Family family, bool errors_outside, bool outward_only);
  void outside_part(Family family, const Totals& totals);
  [[nodiscard]] Totals total(Family family) const;
  void gather_own(Section section, const Permit& permit, Gathered& all) const;
  void gather_other(Section section, const Permit& permit, Gathered& all) const;
  [[nodiscard]] AddressSet own_part_of(config::AddressSetId id, Kind kind, Family family) const;

  void emit(Section section, Family family);
  void rule(config::Action action, config::Role role, Family family, config::AddressSetId source,
            config::AddressSetId destination, config::ServiceSetId services, bool log,
            config::OriginId origin);
  void deny(config::Role role, Family family, const AddressSet& source, const AddressSet& destination,
            std::string_view label);
  void deny(config::Role role, Family family, const AddressSet& source, const AddressSet& destination,
            std::string_view source_label, std::string_view destination_label);
  [[nodiscard]] AddressSet leaving_sources(Family family, bool errors_outside) const;
  void errors(Family family, const AddressSet& source, const AddressSet& destination);
  [[nodiscard]] bool guarded(Family family) const {
    return options_.from_outside[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const AddressSet& error_sources(Family family) const;

  const AddressPlan& plan_;
  SetTable& sets_;
  Options options_;
  std::vector<Permit> infrastructure_;
  std::array<std::vector<Permit>, count> sections_;
  std::set<std::tuple<Family, config::AddressSetId, config::AddressSetId, config::ServiceSetId, bool>>
      permits_;
  config::Filter filter_;
};

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_FILTER_BUILDER_H
