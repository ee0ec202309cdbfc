// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/read.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "backends/cisco_asa/read_limits.h"
#include "backends/cisco_asa/read_own.h"
#include "backends/cisco_asa/read_rules.h"
#include "backends/cisco_asa/read_text.h"

namespace cordon::backends::cisco_asa {
namespace reading {
namespace {

using config::Action;
using config::FilterId;
using config::InterfaceId;
using config::Stage;

// Puts the parts of the first pass together.
class Assembly {
 public:
  Assembly(const source::Sources& sources, ConfigurationText text)
      : text_(std::move(text)), rules_(sources, text_, reading_), own_(sources, text_, reading_, rules_) {}

  config::Reading run() {
    config::Device& device = reading_.device;
    device.name = text_.hostname;
    device.platform = "cisco-asa";
    device.range = text_.range;
    for (InterfaceText& interface : text_.interfaces) add_interface(interface);
    for (const InterfaceId id : device.interfaces.ids()) bind(id);
    if (!text_.guard_problems.empty()) add_guard();
    add_pairs();
    find_strays();
    for (Problem& problem : text_.problems) reading_.gaps.push_back({problem.range, problem.reason, {}});
    count_unbound_lists();
    sort_gaps();
    reading_.ignored_lines = text_.ignored_lines;
    return std::move(reading_);
  }

 private:
  void add_interface(InterfaceText& interface);
  void set_relays(config::Interface& interface) const;
  [[nodiscard]] bool is_down(const InterfaceText& interface) const;
  void bind(InterfaceId id);
  void bind_closed(InterfaceId id);
  [[nodiscard]] FilterId list_filter(const BoundList& bound, bool then_global);
  [[nodiscard]] bool levels_decide(InterfaceId in) const;
  [[nodiscard]] bool is_closed(InterfaceId in, InterfaceId out) const;
  void add_pairs();
  void add_guard();
  void find_strays();
  void count_unbound_lists();
  void sort_gaps();
  FilterId closed(std::string_view name);

  ConfigurationText text_;
  config::Reading reading_;
  RuleReader rules_;
  OwnReader own_;
  std::vector<const InterfaceText*> texts_;  // by interface
  std::map<std::pair<std::string, bool>, FilterId> filters_;
  std::set<std::string> used_lists_;
};

// Nothing passes an interface without a name.
void Assembly::add_interface(InterfaceText& interface) {
  if (interface.value.name.empty()) return;
  text_.problems.insert(text_.problems.end(), interface.problems.begin(), interface.problems.end());
  set_relays(interface.value);
  if (interface.value.port.starts_with("Tunnel"))
    text_.problems.push_back({interface.value.range, "what comes out of a tunnel is not held"});
  reading_.device.interfaces.push_back(interface.value);
  texts_.push_back(&interface);
}

// Servers of the device serve interfaces that have none of their own.
void Assembly::set_relays(config::Interface& interface) const {
  const std::vector<packet::Address> own = std::move(interface.dhcp_relay);
  interface.dhcp_relay.clear();
  for (const packet::Family family : packet::families) {
    const auto of_family = [&](const packet::Address& server) { return server.family == family; };
    const bool has_own = std::ranges::any_of(own, of_family);
    const bool enabled = std::ranges::find(text_.relay_interfaces, std::pair(family, interface.name)) !=
                         text_.relay_interfaces.end();
    if (enabled)
      std::ranges::copy_if(has_own ? own : text_.relay_servers, std::back_inserter(interface.dhcp_relay),
                           of_family);
  }
}

// Subinterfaces are down with the port that carries them.
bool Assembly::is_down(const InterfaceText& interface) const {
  const std::string parent = interface.value.port.substr(0, interface.value.port.find('.'));
  const auto found = text_.interface_index.find(parent);
  return interface.shutdown ||
         (found != text_.interface_index.end() && text_.interfaces[found->second].shutdown);
}

FilterId Assembly::list_filter(const BoundList& bound, bool then_global) {
  const auto [place, added] = filters_.try_emplace({bound.list, then_global});
  if (!added) return place->second;
  const FilterId filter = place->second =
      rules_.open_filter(bound.list.empty() ? text_.global.list : bound.list);
  for (const BoundList* list : {&bound, &std::as_const(text_.global)}) {
    if (list->list.empty() || (list == &text_.global && !then_global)) continue;
    used_lists_.insert(list->list);
    rules_.add_list(list->list, *list, filter);
  }
  rules_.add_rest(Action::deny, filter);
  return filter;
}

FilterId Assembly::closed(std::string_view name) {
  const FilterId filter = rules_.open_filter(name);
  rules_.add_rest(Action::deny, filter);
  return filter;
}

// Not even what belongs to a connection passes.
void Assembly::bind_closed(InterfaceId id) {
  const FilterId filter = closed("down");
  reading_.device.filters[filter].stateful = false;
  std::erase_if(reading_.device.filters[filter].rules,
                [](const config::Rule& rule) { return rule.action == Action::permit; });
  for (const Stage stage : {Stage::interface_in, Stage::interface_out, Stage::own})
    reading_.device.bindings.push_back({stage, id, filter});
}

void Assembly::bind(InterfaceId id) {
  if (is_down(*texts_[id.value])) return bind_closed(id);
  const auto found = text_.bindings.find(reading_.device.interfaces[id].name);
  const Bindings bound = found == text_.bindings.end() ? Bindings{} : found->second;
  const bool has_global = !text_.global.list.empty();
  if (!bound.in.list.empty() || has_global)
    reading_.device.bindings.push_back({Stage::interface_in, id, list_filter(bound.in, has_global)});
  if (!bound.out.list.empty())
    reading_.device.bindings.push_back({Stage::interface_out, id, list_filter(bound.out, false)});
  used_lists_.insert(bound.control_plane.list);
  own_.bind(id, bound.control_plane);
}

// No list decides what comes in there.
bool Assembly::levels_decide(InterfaceId in) const {
  const auto found = text_.bindings.find(reading_.device.interfaces[in].name);
  return text_.global.list.empty() && (found == text_.bindings.end() || found->second.in.list.empty());
}

bool Assembly::is_closed(InterfaceId in, InterfaceId out) const {
  if (texts_[in.value]->management_only || texts_[out.value]->management_only) return true;
  if (in == out) return !text_.intra_interface;
  const auto level = [&](InterfaceId id) {
    return reading_.device.interfaces[id].security_level.value_or(0);
  };
  if (level(in) == level(out)) return !text_.inter_interface;
  return levels_decide(in) && level(in) < level(out);
}

void Assembly::add_pairs() {
  FilterId filter;
  for (const InterfaceId in : reading_.device.interfaces.ids()) {
    for (const InterfaceId out : reading_.device.interfaces.ids()) {
      if (!is_closed(in, out)) continue;
      if (!filter.valid()) filter = closed("security-levels");
      if (reading_.between.size() == most_pairs) {
        text_.problems.push_back({text_.range, "levels part too many pairs of interfaces"});
        return;
      }
      reading_.between.push_back({in, out, filter});
    }
  }
}

// What stands in the way of packets to the device itself and is not held.
void Assembly::add_guard() {
  const FilterId guard = rules_.open_filter("services");
  rules_.add_rest(Action::permit, guard);
  reading_.device.bindings.push_back({Stage::own, {}, guard});
  for (Problem& problem : text_.guard_problems)
    reading_.gaps.push_back({problem.range, problem.reason, guard});
}

// Lists that are bound where there is no interface.
void Assembly::find_strays() {
  for (const auto& [name, bound] : text_.bindings) {
    const bool known = std::ranges::any_of(
        reading_.device.interfaces, [&, &wanted = name](const auto& one) { return one.name == wanted; });
    if (known) continue;
    for (const BoundList* list : {&bound.in, &bound.out, &bound.control_plane}) {
      if (!list->list.empty()) text_.problems.push_back({list->range, "no interface has this name"});
    }
  }
  std::set<std::string_view> names;
  for (const config::Interface& interface : reading_.device.interfaces) {
    if (!names.insert(interface.name).second)
      text_.problems.push_back({interface.range, "two interfaces have one name"});
  }
}

void Assembly::count_unbound_lists() {
  for (const auto& [name, list] : text_.lists) {
    if (!used_lists_.contains(name)) text_.ignored_lines += static_cast<std::uint32_t>(list.lines.size());
  }
}

void Assembly::sort_gaps() {
  auto& gaps = reading_.gaps;
  const auto key = [](const config::Gap& gap) { return std::tie(gap.range, gap.filter, gap.reason); };
  std::ranges::sort(gaps, [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  gaps.erase(std::unique(gaps.begin(), gaps.end(), same), gaps.end());
}

}  // namespace
}  // namespace reading

config::Reading read_configuration(const source::Sources& sources, std::span<const source::FileId> files) {
  return reading::Assembly(sources, reading::read_text(sources, files)).run();
}

}  // namespace cordon::backends::cisco_asa
