// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/bound_filters.h"

#include <algorithm>
#include <unordered_map>

namespace cordon::prove {
namespace {

Stage stage_of(config::Stage stage) {
  if (stage == config::Stage::interface_in) return Stage::received;
  return stage == config::Stage::interface_out ? Stage::sent : Stage::own;
}

bool is_everything(const packet::MatchRule& rule) {
  const auto& match = rule.match;
  const auto all = packet::AddressSet::all(match.family);
  return *match.source == all && *match.destination == all && match.fragments == packet::any_fragment &&
         std::ranges::find(*match.services, packet::ServiceTerm{}) != match.services->end();
}

// Every new packet of the family meets a permit before a deny, as far as that shows without sets. What does
// not show is a filter like any other.
bool lets_pass(const std::vector<packet::MatchRule>& rules, packet::Family family) {
  for (const packet::MatchRule& rule : rules) {
    const bool asked = rule.match.family == family &&
                       (rule.match.states & static_cast<std::uint8_t>(packet::State::fresh)) != 0;
    if (!asked) continue;
    if (rule.action == packet::Action::deny) return false;
    if (is_everything(rule)) return true;
  }
  return false;
}

}  // namespace

BoundFilters::BoundFilters(const ir::Device& device, const ReadDevice& read)
    : read_(&read), at_(device.interfaces.size()), read_interface_(device.interfaces.size()) {
  const config::Device& configured = read.reading->device;
  std::unordered_map<std::string, std::uint32_t> by_port;
  for (std::uint32_t i = 0; i < device.interfaces.size(); ++i) by_port.emplace(device.interfaces[i].port, i);
  std::vector<std::optional<std::uint32_t>> of_read(configured.interfaces.size());
  for (const config::InterfaceId id : configured.interfaces.ids()) {
    const auto known = by_port.find(configured.interfaces[id].port);
    if (known == by_port.end()) continue;
    of_read[id.value] = known->second;
    read_interface_[known->second] = id;
  }
  for (const config::FilterId id : configured.filters.ids()) {
    const auto matches = rules(id);
    open_.push_back(lets_pass(matches, packet::Family::ipv4) && lets_pass(matches, packet::Family::ipv6));
  }
  for (const config::Binding& binding : configured.bindings) {
    if (binding.interface.valid()) {
      const auto& interface = of_read[binding.interface.value];
      if (interface)
        at_[*interface][static_cast<std::size_t>(stage_of(binding.stage))].push_back(binding.filter);
    } else if (binding.stage == config::Stage::own) {
      everywhere_.push_back(binding.filter);
    }
  }
  for (const config::Between& pair : read.reading->between)
    between_[{pair.in, pair.out}].push_back(pair.filter);
  find_guards();
}

// A filter that sees what is for the device itself at every interface stands for all of it, but where it sees
// what is forwarded as well.
void BoundFilters::find_guards() {
  if (at_.empty()) return;
  const auto stands = [](const auto& lists, Stage stage, config::FilterId id) {
    const FilterList& list = lists[static_cast<std::size_t>(stage)];
    return std::ranges::find(list, id) != list.end();
  };
  const FilterList candidates = at_.front()[static_cast<std::size_t>(Stage::own)];
  for (const config::FilterId id : candidates) {
    const bool everywhere =
        std::ranges::all_of(at_, [&](const auto& lists) { return stands(lists, Stage::own, id); });
    const bool also =
        std::ranges::all_of(at_, [&](const auto& lists) { return stands(lists, Stage::received, id); });
    if (!everywhere || also) continue;
    for (auto& lists : at_) {
      if (!stands(lists, Stage::received, id)) std::erase(lists[static_cast<std::size_t>(Stage::own)], id);
    }
    everywhere_.push_back(id);
  }
}

bool BoundFilters::is_filtered(std::uint32_t interface, Stage stage) const {
  return std::ranges::any_of(at(interface, stage), [&](config::FilterId id) { return !is_open(id); });
}

FilterList BoundFilters::between(std::uint32_t in, std::uint32_t out) const {
  const auto found = between_.find({read_interface_[in], read_interface_[out]});
  return found == between_.end() ? FilterList{} : found->second;
}

bool BoundFilters::replies_pass() const {
  return tracks() && std::ranges::all_of(read_->reading->device.filters, &config::Filter::stateful);
}

std::vector<packet::MatchRule> BoundFilters::rules(config::FilterId id) const {
  std::vector<packet::MatchRule> rules;
  for (const config::Rule& rule : filter(id).rules)
    rules.push_back(config::to_match(read_->reading->device, rule));
  return rules;
}

}  // namespace cordon::prove
