// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/fold.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <utility>

#include "backends/nftables/services.h"

namespace cordon::backends::nftables {
namespace {

using config::Device;
using config::Rule;

constexpr std::size_t most_cells_of_a_rule = 8;
constexpr std::size_t least_rules_of_a_set = 4;
constexpr std::size_t most_sets_of_a_run = 4;

// Values of one field of a set: equal ones are one, others have nothing in common.
class Field {
 public:
  [[nodiscard]] bool fits(packet::Bits first, packet::Bits last) const {
    const auto after = values_.upper_bound(last);
    if (after == values_.begin()) return true;
    const auto& [low, high] = *std::prev(after);
    return high < first || (low == first && high == last);
  }
  void add(packet::Bits first, packet::Bits last) { values_.emplace(first, last); }

 private:
  std::map<packet::Bits, packet::Bits> values_;  // first to last
};

// Protocol and port in one number, so that equal ports of two protocols are two values.
std::pair<packet::Bits, packet::Bits> port_key(const Cell& cell) {
  const packet::Bits base = packet::Bits{cell.protocol} << 16U;
  return {base | cell.ports.first, base | cell.ports.last};
}

class Layer {
 public:
  [[nodiscard]] bool fits(const std::vector<Cell>& cells) const {
    return std::ranges::all_of(cells, [this](const Cell& cell) {
      const auto [first, last] = port_key(cell);
      return sources_.fits(cell.source.first, cell.source.last) &&
             destinations_.fits(cell.destination.first, cell.destination.last) && ports_.fits(first, last);
    });
  }

  void add(const Rule& rule, const std::vector<Cell>& cells) {
    for (const Cell& cell : cells) {
      const auto [first, last] = port_key(cell);
      sources_.add(cell.source.first, cell.source.last);
      destinations_.add(cell.destination.first, cell.destination.last);
      ports_.add(first, last);
      seen_.try_emplace({cell.source, cell.destination, first}, cell);
    }
    rules_.push_back(&rule);
  }

  [[nodiscard]] const std::vector<const Rule*>& rules() const { return rules_; }

  [[nodiscard]] CellSet set() const {
    CellSet set{rules_.front()->family, {}};
    for (const auto& [key, cell] : seen_) set.cells.push_back(cell);
    return set;
  }

 private:
  // Values of a field are told apart by where they start.
  using Key = std::tuple<packet::AddressRange, packet::AddressRange, packet::Bits>;

  Field sources_, destinations_, ports_;
  std::map<Key, Cell> seen_;
  std::vector<const Rule*> rules_;
};

// Nothing for a rule that has more to say than destination ports, or too many cells.
std::vector<Cell> cells_of(const Device& device, const Rule& rule) {
  const auto& sources = device.addresses[rule.source].addresses.ranges();
  const auto& destinations = device.addresses[rule.destination].addresses.ranges();
  if (sources.size() * destinations.size() > most_cells_of_a_rule) return {};
  const std::vector<ProtocolPorts> ports = destination_ports(device.services[rule.services].terms);
  if (sources.size() * destinations.size() * ports.size() > most_cells_of_a_rule) return {};

  std::vector<Cell> cells;
  for (const packet::AddressRange& source : sources) {
    for (const packet::AddressRange& destination : destinations) {
      for (const auto& [protocol, range] : ports)
        cells.push_back({source, destination, protocol, range, rule.origin});
    }
  }
  return cells;
}

bool alike(const Rule& a, const Rule& b) {
  return a.action == config::Action::permit && b.action == a.action && a.family == b.family &&
         a.role == b.role && !a.log && !b.log;
}

// Sets first, then what is left, in the order of the filter.
void fold_run(const Device& device, std::span<const Rule> run, std::vector<Step>& steps) {
  std::vector<Layer> layers(most_sets_of_a_run);
  std::vector<const Rule*> left;
  for (const Rule& rule : run) {
    const std::vector<Cell> cells = cells_of(device, rule);
    const auto layer =
        cells.empty()
            ? layers.end()
            : std::ranges::find_if(layers, [&](const Layer& candidate) { return candidate.fits(cells); });
    if (layer == layers.end()) {
      left.push_back(&rule);
    } else {
      layer->add(rule, cells);
    }
  }
  for (const Layer& layer : layers) {
    if (layer.rules().size() >= least_rules_of_a_set) {
      steps.push_back({nullptr, layer.set()});
    } else {
      left.insert(left.end(), layer.rules().begin(), layer.rules().end());
    }
  }
  std::ranges::sort(left);  // they lie in one array
  for (const Rule* rule : left) steps.push_back({rule, {}});
}

}  // namespace

std::vector<Step> fold(const Device& device, const config::Filter& filter) {
  std::vector<Step> steps;
  const std::span<const Rule> rules = filter.rules;
  for (std::size_t begin = 0; begin < rules.size();) {
    std::size_t end = begin + 1;
    while (end < rules.size() && alike(rules[begin], rules[end])) ++end;
    // Without tracking each permit also speaks of later fragments, which carry no ports.
    if (filter.stateful && end - begin >= least_rules_of_a_set) {
      fold_run(device, rules.subspan(begin, end - begin), steps);
    } else {
      for (const Rule& rule : rules.subspan(begin, end - begin)) steps.push_back({&rule, {}});
    }
    begin = end;
  }
  return steps;
}

}  // namespace cordon::backends::nftables
