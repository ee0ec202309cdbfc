// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/same_rules.h"

#include <algorithm>
#include <utility>

namespace cordon::prove {
namespace {

using config::Device;
using config::FilterId;
using packet::Action;
using packet::AddressSet;
using packet::Family;
using packet::ServiceSet;
using packet::ServiceTerm;

// Sets of one device are mostly one object.
template <class Set>
bool same(const Set* a, const Set* b) {
  return a == b || *a == *b;
}

bool is_everything(const ServiceSet& terms) { return terms.size() == 1 && terms.front() == ServiceTerm{}; }

}  // namespace

bool PlainList::Row::matches_everything() const {
  return source->is_all() && destination->is_all() && is_everything(*services) &&
         fragments == packet::any_fragment && states == packet::any_state;
}

bool PlainList::Row::operator==(const Row& other) const {
  return alike(*this, other) && same(source, other.source) && same(destination, other.destination) &&
         same(services, other.services);
}

bool PlainList::operator==(const PlainList& other) const {
  return stateful_ == other.stateful_ && rows_ == other.rows_;
}

// An entry for each member of a set: the destinations of one source come first, then the next source, then
// the next service. Joining in that order undoes it.
PlainList::PlainList(const Device& device, const config::Filter& filter, Family family)
    : stateful_(filter.stateful) {
  rows_.reserve(filter.rules.size());
  for (const config::Rule& rule : filter.rules) {
    if (rule.family != family) continue;
    rows_.push_back({.action = rule.action,
                     .source = &device.addresses[rule.source].addresses,
                     .destination = &device.addresses[rule.destination].addresses,
                     .services = &device.services[rule.services].terms,
                     .fragments = rule.fragments,
                     .states = rule.states});
  }
  drop_the_rest();
  join_addresses(&Row::destination);
  join_addresses(&Row::source);
  join_services();
}

bool PlainList::permits_everything() const {
  return !stateful_ && !rows_.empty() && rows_.front().action == Action::permit &&
         rows_.front().matches_everything();
}

bool PlainList::alike(const Row& a, const Row& b) {
  return a.action == b.action && a.fragments == b.fragments && a.states == b.states;
}

// No packet gets further than a rule that matches everything, and what no rule matches is denied.
void PlainList::drop_the_rest() {
  const auto last = std::ranges::find_if(rows_, &Row::matches_everything);
  if (last != rows_.end()) rows_.erase(last + 1, rows_.end());
  while (!rows_.empty() && rows_.back().action == Action::deny) rows_.pop_back();
}

// Makes one row of each run of rows that decide alike and of which each joins the first.
template <class Joins, class Join>
void PlainList::join(Joins joins, Join join_run) {
  std::size_t to = 0;
  for (std::size_t begin = 0, end = 0; begin < rows_.size(); begin = end) {
    end = begin + 1;
    while (end < rows_.size() && alike(rows_[begin], rows_[end]) && joins(rows_[begin], rows_[end])) ++end;
    Row row = rows_[begin];
    if (end > begin + 1) join_run(row, std::span<const Row>(rows_).subspan(begin, end - begin));
    rows_[to++] = row;
  }
  rows_.resize(to);
}

// A union of products that differ in one factor is a product, whatever the action.
void PlainList::join_addresses(const AddressSet* Row::*field) {
  const auto other = field == &Row::source ? &Row::destination : &Row::source;
  join([&](const Row& a, const Row& b) { return same(a.*other, b.*other) && same(a.services, b.services); },
       [&](Row& row, std::span<const Row> run) {
         std::vector<packet::AddressRange> ranges;
         for (const Row& each : run)
           ranges.insert(ranges.end(), (each.*field)->ranges().begin(), (each.*field)->ranges().end());
         row.*field = &addresses_.emplace_back((row.*field)->family(), std::move(ranges));
       });
}

// Only permits: what a deny does to later fragments hangs on each of its terms.
void PlainList::join_services() {
  join(
      [](const Row& a, const Row& b) {
        return a.action == Action::permit && same(a.source, b.source) && same(a.destination, b.destination);
      },
      [&](Row& row, std::span<const Row> run) {
        ServiceSet terms;
        for (const Row& each : run) terms.insert(terms.end(), each.services->begin(), each.services->end());
        row.services = &services_.emplace_back(packet::normalize(std::move(terms)));
      });
}

const SameRules::Lists& SameRules::lists_of(std::size_t device, FilterId filter) {
  const auto known = known_[device].find(filter);
  if (known != known_[device].end()) return known->second;
  const Device& of = *devices_[device];
  const config::Filter& read = of.filters[filter];
  return known_[device]
      .emplace(
          std::piecewise_construct, std::forward_as_tuple(filter),
          std::forward_as_tuple(Lists{PlainList(of, read, Family::ipv4), PlainList(of, read, Family::ipv6)}))
      .first->second;
}

// Those that refuse something of the family.
std::vector<const PlainList*> SameRules::closing(std::size_t device, std::span<const FilterId> filters,
                                                 Family family) {
  std::vector<const PlainList*> lists;
  for (const FilterId filter : filters) {
    const PlainList& list = lists_of(device, filter)[static_cast<std::size_t>(family)];
    if (!list.permits_everything()) lists.push_back(&list);
  }
  return lists;
}

bool SameRules::are_same(std::span<const FilterId> first, std::span<const FilterId> second) {
  return std::ranges::all_of(packet::families, [&](Family family) {
    const std::vector<const PlainList*> a = closing(0, first, family), b = closing(1, second, family);
    return std::ranges::equal(a, b, [](const PlainList* x, const PlainList* y) { return *x == *y; });
  });
}

}  // namespace cordon::prove
