// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lists of rules as the engine reads them.
//
// A rule is a product: addresses first, then what is above IP. Its addresses become values
// (address_domain.h), its services one node of the diagram, so a rule over groups stays one line
// and is never spelled out. A line is a chain: first address, second address, service node. Second
// links are shared: two rules to the same destination for the same services have one, for good.
// First links are only looked at once, at the top, and live until the next list is read.
//
// A number with the link bit is a link of a chain, without it a node of the diagram; "every
// address" needs no link. An *entry* of a list is such a number times two, plus one for a permit.
#ifndef COMPILER_PACKET_RULE_LIST_H
#define COMPILER_PACKET_RULE_LIST_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "compiler/packet/address_domain.h"
#include "compiler/packet/algebra.h"
#include "compiler/packet/diagram.h"
#include "compiler/packet/hash_index.h"
#include "compiler/packet/match.h"

namespace cordon::packet {

using PartId = std::uint32_t;  // a link or a node
inline constexpr PartId link_bit = PartId{1} << 30;

using Entry = std::uint32_t;
[[nodiscard]] constexpr Entry make_entry(PartId part, bool permit) { return part << 1 | (permit ? 1U : 0U); }
[[nodiscard]] constexpr PartId part_of(Entry entry) { return entry >> 1; }
[[nodiscard]] constexpr bool permits(Entry entry) { return (entry & 1) != 0; }

struct Link {
  Level level = Level::terminal;
  ValueId value = 0;
  PartId next = full_node;
};

// The lines of one family, in order, and the rule each stands for. Rules that match nothing at all
// have no line. Valid until the next list is read; no memo may hold them.
struct Lines {
  std::vector<Entry> entries;
  std::vector<std::uint32_t> rules;
};

class RuleLists {
 public:
  RuleLists(Diagram& diagram, Algebra& algebra, Work& work);

  void expect(std::span<const AddressSet* const> sets);
  [[nodiscard]] std::array<Lines, 2> read(std::span<const MatchRule> rules);

  [[nodiscard]] Level level(PartId part) const {
    return (part & link_bit) != 0 ? links_[part ^ link_bit].level : diagram_->level(part);
  }
  [[nodiscard]] const Link& link(PartId part) const { return links_[part ^ link_bit]; }
  [[nodiscard]] static bool is_link(PartId part) { return (part & link_bit) != 0; }

  [[nodiscard]] const AddressDomain& domain(Family family) const {
    return domains_[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] bool source_first(Family family) const {
    return source_first_[static_cast<std::size_t>(family)];
  }

 private:
  struct Product {  // of one rule, as values and a node
    ValueId source, destination;
    NodeId services;
  };
  struct ServiceKey {  // what the services' node depends on
    const ServiceSet* terms = nullptr;
    std::uint8_t fragments = any_fragment, states = any_state;
    bool permit = false;
    friend bool operator==(const ServiceKey&, const ServiceKey&) = default;
  };

  void choose_order(std::span<const MatchRule> rules, std::span<const Product> products);
  [[nodiscard]] std::vector<Product> intern(std::span<const MatchRule> rules);
  [[nodiscard]] ValueId value_of(Family family, const AddressSet* set);
  [[nodiscard]] NodeId services_of(const MatchRule& rule);
  [[nodiscard]] NodeId known_services_of(const MatchRule& rule, ServiceKey wanted);
  [[nodiscard]] PartId second_link(Family family, ValueId value, PartId next);
  [[nodiscard]] PartId first_link(Family family, ValueId value, PartId next);
  void settle();
  void forget_pointers();

  Diagram* diagram_;
  Work* work_;
  Algebra* algebra_;
  std::array<AddressDomain, 2> domains_;
  std::array<bool, 2> ordered_{};
  std::array<bool, 2> source_first_{true, true};

  std::vector<Link> links_;  // second links, then the first links of the last list
  std::size_t shared_links_ = 0;
  HashIndex link_index_;  // of second links

  // What a pointer was found to mean. Cleared after every list: its owner may die.
  struct SeenSet {
    const AddressSet* set;
    Family family;
    ValueId value;
  };
  std::vector<SeenSet> seen_sets_;
  HashIndex seen_set_index_;
  std::vector<std::pair<ServiceKey, NodeId>> seen_services_;
  HashIndex seen_service_index_;

  // By content, for good: lists to come mostly name the same services.
  struct KnownServices {
    ServiceSet terms;
    ServiceKey rest;  // without the pointer
    NodeId node;
  };
  std::vector<KnownServices> known_services_;
  HashIndex known_service_index_;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_RULE_LIST_H
