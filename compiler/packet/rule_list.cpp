// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/rule_list.h"

#include "compiler/base/check.h"
#include "compiler/packet/service_nodes.h"

namespace cordon::packet {
namespace {

std::size_t index(Family family) { return static_cast<std::size_t>(family); }

std::uint32_t hash_pointer(const void* pointer, std::uint64_t more) {
  return static_cast<std::uint32_t>(mix(reinterpret_cast<std::uintptr_t>(pointer), more));
}

std::uint32_t hash_services(const ServiceSet& terms, std::uint64_t hash) {
  for (const ServiceTerm& term : terms) {
    hash = mix(hash, std::uint64_t{term.source.first} << 48U | std::uint64_t{term.source.last} << 32U |
                         std::uint64_t{term.destination.first} << 16U | term.destination.last);
    hash = mix(hash, std::uint64_t{term.protocol.value_or(0)} << 16U |
                         std::uint64_t{term.icmp_type.value_or(0)} << 8U | term.icmp_code.value_or(0));
    hash = mix(hash, term.flags);
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

RuleLists::RuleLists(Diagram& diagram, Algebra& algebra, Work& work)
    : diagram_(&diagram),
      work_(&work),
      algebra_(&algebra),
      domains_{AddressDomain(Family::ipv4, work), AddressDomain(Family::ipv6, work)} {}

std::array<Lines, 2> RuleLists::read(std::span<const MatchRule> rules) {
  const std::vector<Product> products = intern(rules);
  links_.resize(shared_links_);
  link_index_.reserve(links_.size() + rules.size());
  std::array<Lines, 2> lists;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Family family = rules[i].match.family;
    const Product& product = products[i];
    const AddressDomain& domain = domains_[index(family)];
    if (product.services == empty_node) continue;
    if (domain.is_empty(product.source) || domain.is_empty(product.destination)) continue;
    const ValueId second = source_first(family) ? product.destination : product.source;
    const PartId part = second_link(family, second, product.services);
    Lines& lines = lists[index(family)];
    lines.entries.push_back(make_entry(part, rules[i].action == Action::permit));
    lines.rules.push_back(static_cast<std::uint32_t>(i));
  }
  shared_links_ = links_.size();
  for (const Family family : families) {
    Lines& lines = lists[index(family)];
    for (std::size_t line = 0; line < lines.entries.size(); ++line) {
      const Product& product = products[lines.rules[line]];
      const ValueId first = source_first(family) ? product.source : product.destination;
      Entry& entry = lines.entries[line];
      entry = make_entry(first_link(family, first, part_of(entry)), permits(entry));
    }
  }
  forget_pointers();
  return lists;
}

// Rules that say "any" in the first field are carried through all of its values, so the field with
// fewer of them comes first. Decided once: a diagram has one order.
void RuleLists::choose_order(std::span<const MatchRule> rules, std::span<const Product> products) {
  for (const Family family : families) {
    if (ordered_[index(family)]) continue;
    std::size_t any_source = 0;
    std::size_t any_destination = 0;
    const AddressDomain& domain = domains_[index(family)];
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].match.family != family) continue;
      ordered_[index(family)] = true;
      if (domain.is_all(products[i].source)) ++any_source;
      if (domain.is_all(products[i].destination)) ++any_destination;
    }
    source_first_[index(family)] = any_source <= any_destination;
  }
}

std::vector<RuleLists::Product> RuleLists::intern(std::span<const MatchRule> rules) {
  std::vector<Product> products;
  products.reserve(rules.size());
  for (const MatchRule& rule : rules) {
    const Match& match = rule.match;
    CORDON_CHECK(match.source != nullptr && match.destination != nullptr && match.services != nullptr);
    products.push_back(
        {value_of(match.family, match.source), value_of(match.family, match.destination), services_of(rule)});
  }
  choose_order(rules, products);
  settle();
  return products;
}

void RuleLists::settle() {
  for (const Family family : families) {
    const std::vector<std::uint32_t> moved = domains_[index(family)].settle();
    if (!moved.empty()) diagram_->renumber(family, moved);
  }
}

void RuleLists::expect(std::span<const AddressSet* const> sets) {
  for (const AddressSet* set : sets) static_cast<void>(domains_[index(set->family())].intern(*set));
  settle();
}

ValueId RuleLists::value_of(Family family, const AddressSet* set) {
  const std::uint32_t key = hash_pointer(set, 0);
  const std::uint32_t seen =
      seen_set_index_.find(key, [&](std::uint32_t id) { return seen_sets_[id].set == set; });
  if (seen != HashIndex::none) {
    CORDON_CHECK(seen_sets_[seen].family == family);
    return seen_sets_[seen].value;
  }
  CORDON_CHECK(set->family() == family);
  const ValueId value = domains_[index(family)].intern(*set);
  seen_set_index_.insert(key, static_cast<std::uint32_t>(seen_sets_.size()));
  seen_sets_.push_back({set, family, value});
  return value;
}

NodeId RuleLists::services_of(const MatchRule& rule) {
  const ServiceKey wanted{rule.match.services, rule.match.fragments, rule.match.states,
                          rule.action == Action::permit};
  const std::uint32_t key =
      hash_pointer(wanted.terms, wanted.fragments * 64U + wanted.states * 4U + (wanted.permit ? 1U : 0U));
  const std::uint32_t seen =
      seen_service_index_.find(key, [&](std::uint32_t id) { return seen_services_[id].first == wanted; });
  if (seen != HashIndex::none) return seen_services_[seen].second;
  const NodeId node = known_services_of(rule, wanted);
  seen_service_index_.insert(key, static_cast<std::uint32_t>(seen_services_.size()));
  seen_services_.emplace_back(wanted, node);
  return node;
}

NodeId RuleLists::known_services_of(const MatchRule& rule, ServiceKey wanted) {
  const ServiceSet& terms = *wanted.terms;
  wanted.terms = nullptr;
  const std::uint32_t key = hash_services(terms, wanted.fragments * 64U + wanted.states * 4U);
  const std::uint32_t known = known_service_index_.find(key, [&](std::uint32_t id) {
    return known_services_[id].rest == wanted && known_services_[id].terms == terms;
  });
  if (known != HashIndex::none) return known_services_[known].node;
  const NodeId node = service_node(*diagram_, *algebra_, rule);
  if (work_->exhausted()) return node;  // it may be anything
  work_->allocate(sizeof(KnownServices) + terms.size() * sizeof(ServiceTerm));
  known_service_index_.insert(key, static_cast<std::uint32_t>(known_services_.size()));
  known_services_.push_back({terms, wanted, node});
  return node;
}

PartId RuleLists::second_link(Family family, ValueId value, PartId next) {
  if (domains_[index(family)].is_all(value)) return next;
  const Level level = second_level(family);
  const auto key = static_cast<std::uint32_t>(mix(mix(static_cast<std::uint64_t>(level), value), next));
  const std::uint32_t known = link_index_.find(key, [&](std::uint32_t id) {
    return links_[id].next == next && links_[id].value == value && links_[id].level == level;
  });
  if (known != HashIndex::none) return known | link_bit;
  const auto id = static_cast<std::uint32_t>(links_.size());
  CORDON_CHECK(id < link_bit);
  links_.push_back({level, value, next});
  link_index_.insert(key, id);
  work_->allocate(sizeof(Link) + 16);
  return id | link_bit;
}

PartId RuleLists::first_link(Family family, ValueId value, PartId next) {
  if (domains_[index(family)].is_all(value)) return next;
  const auto id = static_cast<std::uint32_t>(links_.size());
  CORDON_CHECK(id < link_bit);
  links_.push_back({first_level(family), value, next});
  return id | link_bit;
}

void RuleLists::forget_pointers() {
  seen_sets_.clear();
  seen_set_index_.clear();
  seen_services_.clear();
  seen_service_index_.clear();
}

}  // namespace cordon::packet
