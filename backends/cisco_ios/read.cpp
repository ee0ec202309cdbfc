// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "backends/cisco_ios/read_ports.h"
#include "backends/cisco_ios/read_rules.h"
#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::InterfaceId;
using config::Stage;
using packet::Family;

constexpr std::uint16_t login_ports[] = {22, 23};  // SSH, Telnet; unverified: ports of rotary groups

// Puts the parts of the first pass together.
class Assembly {
 public:
  Assembly(const source::Sources& sources, ConfigurationText text)
      : text_(std::move(text)), rules_(sources, text_, reading_) {}

  config::Reading run() {
    config::Device& device = reading_.device;
    device.name = text_.hostname;
    device.platform = "cisco-ios";
    device.range = text_.range;
    device.switching =
        std::ranges::any_of(text_.interfaces, [](const auto& one) { return one.switched.mentioned; });
    for (const InterfaceText& interface : text_.interfaces) {
      const std::size_t dot = interface.value.port.find('.');
      if (dot != std::string::npos) carriers_.insert(interface.value.port.substr(0, dot));
    }
    for (InterfaceText& interface : text_.interfaces) add_interface(interface);
    device.vlans = vlans_of(text_, text_.problems);
    for (const Family family : packet::families) add_logins(family);
    for (const Family family : packet::families) add_web(family);
    add_guard();
    for (Problem& problem : text_.problems) reading_.gaps.push_back({problem.range, problem.reason, {}});
    count_unbound_lists();
    sort_gaps();
    reading_.ignored_lines = text_.ignored_lines;
    return std::move(reading_);
  }

 private:
  void add_interface(InterfaceText& interface);
  [[nodiscard]] bool is_mere_carrier(const InterfaceText& interface) const;
  void bind(const InterfaceText& interface, InterfaceId id);
  [[nodiscard]] const AccessList* list_of(const BoundList& bound, Family family) const;
  [[nodiscard]] config::FilterId filter_of(const std::string& name, Family family, const AccessList& list);
  void add_web(Family family);
  void add_guard();
  void add_logins(Family family);
  void bind_logins(const LoginText& login, Family family);
  void count_unbound_lists();
  void sort_gaps();

  ConfigurationText text_;
  config::Reading reading_;
  RuleReader rules_;
  std::map<ListKey, config::FilterId> filters_;
  std::set<ListKey> service_lists_;
  std::set<std::string> carriers_;  // ports with subinterfaces
};

void Assembly::add_interface(InterfaceText& interface) {
  auto& problems = text_.problems;
  problems.insert(problems.end(), interface.problems.begin(), interface.problems.end());
  if (!is_switched(interface, reading_.device.switching)) {
    const bool addressless = !interface.value.ipv4 && !interface.value.ipv6;
    const bool idle = addressless && (interface.shutdown || is_mere_carrier(interface));
    if (!idle) bind(interface, reading_.device.interfaces.push_back(interface.value));
    return;
  }
  reading_.device.ports.push_back(port_of(interface, problems));
  for (const Family family : packet::families) {
    for (const BoundList& bound : interface.lists[static_cast<std::size_t>(family)]) {
      if (list_of(bound, family) != nullptr)
        problems.push_back({bound.range, "a list filters at a switch port"});
    }
  }
}

// Only subinterfaces of it route.
bool Assembly::is_mere_carrier(const InterfaceText& interface) const {
  return !interface.takes_address && carriers_.contains(interface.value.port);
}

// Nothing where no list is bound, or one that permits everything because it has no lines.
const AccessList* Assembly::list_of(const BoundList& bound, Family family) const {
  const auto found = text_.lists.find({family, bound.list});
  if (bound.list.empty() || found == text_.lists.end()) return nullptr;
  const AccessList& list = found->second;
  return list.entries.empty() && list.problems.empty() ? nullptr : &list;
}

config::FilterId Assembly::filter_of(const std::string& name, Family family, const AccessList& list) {
  const auto [place, added] = filters_.try_emplace({family, name});
  if (added) place->second = rules_.read(name, list);
  return place->second;
}

// Packets to the device itself are filtered where they come in.
void Assembly::bind(const InterfaceText& interface, InterfaceId id) {
  for (const Family family : packet::families) {
    const auto& [in, out] = interface.lists[static_cast<std::size_t>(family)];
    auto& bindings = reading_.device.bindings;
    if (const AccessList* list = list_of(in, family)) {
      const config::FilterId filter = filter_of(in.list, family, *list);
      bindings.push_back({Stage::interface_in, id, filter});
      bindings.push_back({Stage::own, id, filter});
    }
    if (const AccessList* list = list_of(out, family))
      bindings.push_back({Stage::interface_out, id, filter_of(out.list, family, *list)});
  }
}

// What stands in the way of packets to the device itself and is not held.
void Assembly::add_guard() {
  if (text_.guard_problems.empty()) return;
  const config::FilterId guard = rules_.read_open("control-plane");
  reading_.device.bindings.push_back({Stage::own, {}, guard});
  for (Problem& problem : text_.guard_problems)
    reading_.gaps.push_back({problem.range, problem.reason, guard});
}

// Which line takes a connection is not known, so all of them have to agree.
void Assembly::add_logins(Family family) {
  const auto index = static_cast<std::size_t>(family);
  const LoginText* first = nullptr;
  for (const auto& [numbers, login] : text_.logins) {
    if (login.closed) continue;
    if (first == nullptr) first = &login;
    const BoundList& bound = login.lists[index];
    const bool agrees =
        bound.list == first->lists[index].list && login.also_from_vrfs[index] == first->also_from_vrfs[index];
    if (agrees) continue;
    const source::Range range = bound.list.empty() ? first->lists[index].range : bound.range;
    text_.guard_problems.push_back({range, "lines for logins have different lists"});
    return;
  }
  if (first != nullptr && list_of(first->lists[index], family) != nullptr) bind_logins(*first, family);
}

void Assembly::bind_logins(const LoginText& login, Family family) {
  const auto index = static_cast<std::size_t>(family);
  const BoundList& bound = login.lists[index];
  const config::Device& device = reading_.device;
  const config::FilterId filter =
      rules_.read_service_list("vty-" + bound.list, list_of(bound, family), family, login_ports);
  service_lists_.insert({family, bound.list});
  config::FilterId closed;
  for (const InterfaceId id : device.interfaces.ids()) {
    const bool refused = !device.interfaces[id].vrf.empty() && !login.also_from_vrfs[index];
    if (refused && !closed.valid())
      closed = rules_.read_service_list("vty-of-vrf", nullptr, family, login_ports);
    reading_.device.bindings.push_back({Stage::own, id, refused ? closed : filter});
  }
}

void Assembly::add_web(Family family) {
  const BoundList& bound = text_.web.lists[static_cast<std::size_t>(family)];
  const AccessList* list = list_of(bound, family);
  std::vector<std::uint16_t> ports;
  for (const auto& port : {text_.web.plain, text_.web.secure}) {
    if (port) ports.push_back(*port);
  }
  if (list == nullptr || ports.empty()) return;
  const config::FilterId filter = rules_.read_service_list("http-" + bound.list, list, family, ports);
  service_lists_.insert({family, bound.list});
  reading_.device.bindings.push_back({Stage::own, {}, filter});
}

void Assembly::count_unbound_lists() {
  for (const auto& [key, list] : text_.lists) {
    if (!filters_.contains(key) && !service_lists_.contains(key))
      text_.ignored_lines += static_cast<std::uint32_t>(list.entries.size());
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

config::Reading read_configuration(const source::Sources& sources, std::span<const source::FileId> files) {
  return Assembly(sources, read_text(sources, files)).run();
}

}  // namespace cordon::backends::cisco_ios
