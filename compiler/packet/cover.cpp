// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/cover.h"

#include <algorithm>
#include <compare>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace cordon::packet {
namespace {

// Stretches of one address field: ascending and disjoint, so equal sets are equal values.
using Stretches = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct Row {
  Stretches first, second;
  NodeId services;
};

// Where a node's edges lead, with all the stretches that lead there.
struct Branch {
  NodeId child;
  Stretches stretches;
};

std::vector<Branch> branches(const Diagram& diagram, NodeId node, Level level) {
  if (diagram.level(node) != level) return {{node, {{0, to_the_end}}}};
  std::vector<Branch> out;
  std::unordered_map<NodeId, std::size_t> place;
  std::uint32_t first = 0;
  for (const Edge& edge : diagram.edges(node)) {
    const std::uint32_t end = edge.last == to_the_end ? to_the_end : edge.last + 1;
    if (edge.child != empty_node) {
      const auto [known, is_new] = place.try_emplace(edge.child, out.size());
      if (is_new) out.push_back({edge.child, {}});
      out[known->second].stretches.emplace_back(first, end);
    }
    first = end;
  }
  return out;
}

void unite(Stretches& into, const Stretches& more) {
  Stretches all;
  std::merge(into.begin(), into.end(), more.begin(), more.end(), std::back_inserter(all));
  into.clear();
  for (const auto& stretch : all) {  // disjoint, but some now touch
    if (!into.empty() && into.back().second == stretch.first) {
      into.back().second = stretch.second;
    } else {
      into.push_back(stretch);
    }
  }
}

// A row of the result costs far more than an edge visited: it is text that someone is to read.
constexpr std::size_t steps_of_row = 1000;

class Cover {
 public:
  Cover(const Diagram& diagram, const RuleLists& lists, Algebra& algebra, Work& work, Family family)
      : diagram_(&diagram), lists_(&lists), algebra_(&algebra), work_(&work), family_(family) {}

  std::vector<Row> rows(NodeId root) {
    std::vector<Row> rows = spelled_out(root);
    merge_first(rows);
    merge_second(rows);
    merge_services(rows);
    return rows;
  }

  [[nodiscard]] AddressSet addresses(const Stretches& stretches) const {
    std::vector<AddressRange> ranges;
    for (const auto& [first, end] : stretches) ranges.push_back(lists_->domain(family_).range({first, end}));
    return {family_, std::move(ranges)};
  }

 private:
  std::vector<Row> spelled_out(NodeId root) {
    std::vector<Row> rows;
    for (Branch& first : branches(*diagram_, root, first_level(family_))) {
      for (Branch& second : branches(*diagram_, first.child, second_level(family_))) {
        if (!work_->spend(steps_of_row + first.stretches.size() + second.stretches.size())) return {};
        rows.push_back({first.stretches, std::move(second.stretches), second.child});
      }
    }
    return rows;
  }

  static void merge_first(std::vector<Row>& rows) {
    std::map<std::pair<Stretches, NodeId>, Stretches> merged;
    for (Row& row : rows) unite(merged[{std::move(row.second), row.services}], row.first);
    rows.clear();
    for (auto& [key, first] : merged) rows.push_back({std::move(first), key.first, key.second});
  }

  static void merge_second(std::vector<Row>& rows) {
    std::map<std::pair<Stretches, NodeId>, Stretches> merged;
    for (Row& row : rows) unite(merged[{std::move(row.first), row.services}], row.second);
    rows.clear();
    for (auto& [key, second] : merged) rows.push_back({key.first, std::move(second), key.second});
  }

  void merge_services(std::vector<Row>& rows) {
    std::map<std::pair<Stretches, Stretches>, NodeId> merged;
    for (Row& row : rows) {
      NodeId& services = merged[{std::move(row.first), std::move(row.second)}];
      services = algebra_->apply(Operation::unite, services, row.services);
    }
    rows.clear();
    for (const auto& [key, services] : merged) rows.push_back({key.first, key.second, services});
  }

  const Diagram* diagram_;
  const RuleLists* lists_;
  Algebra* algebra_;
  Work* work_;
  Family family_;
};

auto order(const Cube& cube) {
  return std::tie(cube.source, cube.destination, cube.services, cube.fragments, cube.states);
}

void append(std::string& out, const AddressSet& set) {
  if (set.is_all()) {
    out += "any";
    return;
  }
  std::string_view separator;
  for (const AddressRange& range : set.ranges()) {
    out += separator;
    separator = ", ";
    const Address first{set.family(), range.first};
    const auto prefixes = AddressSet(set.family(), {range}).prefixes();
    if (range.first == range.last) {
      out += to_string(first);
    } else if (prefixes.size() == 1) {
      out += to_string(prefixes.front());
    } else {
      out += to_string(first) + '-' + to_string(Address{set.family(), range.last});
    }
  }
}

void append_states(std::string& out, std::uint8_t states) {
  constexpr std::string_view names[] = {"new", "established", "related"};
  std::string_view separator = " (";
  for (unsigned state = 0; state < 3; ++state) {
    if ((unsigned{states} >> state & 1U) == 0) continue;
    out += separator;
    out += names[state];
    separator = ", ";
  }
  out += ')';
}

}  // namespace

void add_cover(const Diagram& diagram, const RuleLists& lists, Algebra& algebra, Work& work, Family family,
               NodeId root, std::vector<Cube>& cubes) {
  if (root == empty_node) return;
  Cover cover(diagram, lists, algebra, work, family);
  const auto begin = static_cast<std::ptrdiff_t>(cubes.size());
  for (const Row& row : cover.rows(root)) {
    AddressSet first = cover.addresses(row.first);
    AddressSet second = cover.addresses(row.second);
    if (!lists.source_first(family)) std::swap(first, second);
    for (ServiceGroup& group : service_groups(diagram, row.services)) {
      cubes.push_back({first, second, std::move(group.terms), group.fragments, group.states});
    }
  }
  std::sort(cubes.begin() + begin, cubes.end(),
            [](const Cube& a, const Cube& b) { return order(a) < order(b); });
}

MatchRule Cube::permit() const {
  return {{family(), &source, &destination, &services, fragments, states}, Action::permit};
}

std::string to_string(const Cube& cube) {
  std::string out;
  append(out, cube.source);
  out += " -> ";
  append(out, cube.destination);
  out += ": " + to_string(cube.services);
  if (cube.fragments == static_cast<std::uint8_t>(Fragment::first_or_whole)) out += " (no later fragments)";
  if (cube.fragments == static_cast<std::uint8_t>(Fragment::later)) out += " (later fragments)";
  if (cube.states != any_state) append_states(out, cube.states);
  return out;
}

}  // namespace cordon::packet
