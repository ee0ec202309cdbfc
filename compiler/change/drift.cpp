// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/drift.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compiler/change/flow_ends.h"
#include "compiler/prove/comparison.h"
#include "compiler/prove/comparison_interfaces.h"

namespace cordon::change {
namespace {

using config::InterfaceId;
using packet::PacketSet;
using prove::decided;
using prove::Place;

constexpr std::size_t most_lines = 4;  // that decide about one pair of zones

// The same packets, decided otherwise at several places.
struct Group {
  bool opened = false, own = false;
  PacketSet packets;
  std::vector<Place> places;
};

class DriftFinder : public prove::PlaceListener {
 public:
  DriftFinder(const ir::Policy& policy, const config::Device& planned, const RunningDevice& running,
              const packet::Budget& budget)
      : planned_(planned),
        running_(running),
        reading_(running.reading()),
        comparison_(planned, running.capabilities(), reading_, budget),
        space_(comparison_.space()),
        ends_(policy, space_) {
    drift_.device = running.device();
    drift_.certain = !running.nothing_is_certain();
  }

  DeviceDrift run() {
    drift_.undecided = !comparison_.run(*this);
    find_unknown();
    find_unfiltered();
    tell_groups();
    return std::move(drift_);
  }

  void stated(prove::Difference difference) override { drift_.stated.push_back(std::move(difference)); }

  void differ(const Place& place, const PacketSet& packets, bool opened) override {
    if (is_missing(place)) return;
    std::optional<PacketSet> certain = packets;
    if (drift_.certain && !running_.are_complete(place.read)) {
      if (opened) return;
      certain = refused_for_certain(place);
    }
    if (!certain) {
      drift_.undecided = true;
    } else if (*certain != space_.empty()) {
      add(place, *certain, opened);
    }
  }

 private:
  // Nothing passes an interface that is not there; that it is missing is stated.
  [[nodiscard]] bool is_missing(const Place& place) const {
    if (running_.capabilities().addressing != config::Support::yes) return false;
    if (!comparison_.read_of(place.in).valid()) return true;
    return place.kind == Place::Kind::crossing && !comparison_.read_of(place.out).valid();
  }

  [[nodiscard]] std::optional<PacketSet> refused_for_certain(const Place& place) {
    std::vector<config::FilterId> known;
    for (const config::FilterId filter : place.read) {
      if (running_.is_complete(filter)) known.push_back(filter);
    }
    return comparison_.refused_by(place, known);
  }

  void add(const Place& place, const PacketSet& packets, bool opened) {
    const bool own = place.kind == Place::Kind::own;
    const auto known = std::ranges::find_if(groups_, [&](const Group& group) {
      return group.opened == opened && group.own == own && group.packets == packets;
    });
    if (known != groups_.end()) {
      known->places.push_back(place);
    } else {
      groups_.push_back({opened, own, packets, {place}});
    }
  }

  void find_unknown();
  void find_unfiltered();
  [[nodiscard]] bool passes_wrongly(const config::Binding& planned) const;
  [[nodiscard]] std::set<packet::Family> looked_at(config::Stage stage, InterfaceId interface) const;
  [[nodiscard]] std::vector<std::string> places_of(config::FilterId filter) const;
  [[nodiscard]] std::string interface_text(InterfaceId read) const;
  void tell_groups();
  [[nodiscard]] bool tell(const Group& group, const PacketSet& packets);
  [[nodiscard]] bool tell_openings(const Group& group, const PacketSet& packets);
  [[nodiscard]] bool tell_pair(const Group& group, const FlowEnds::Pair& pair, FlowDrift::Part part);
  [[nodiscard]] std::optional<PacketSet> seen(std::uint8_t fragments, std::uint8_t states);
  [[nodiscard]] const Place& choose_place(const Group& group, FlowDrift& flow, const PacketSet& packets);
  [[nodiscard]] static int fitness(const config::Interface& interface, const FlowDrift& flow, bool source);
  [[nodiscard]] std::pair<int, int> fitness(const Place& place, const FlowDrift& flow) const;
  [[nodiscard]] bool is_narrow(const config::Rule& rule) const;
  [[nodiscard]] bool find_lines(const Place& place, const PacketSet& packets, FlowDrift& flow);

  const config::Device& planned_;
  const RunningDevice& running_;
  const config::Reading& reading_;
  prove::Comparison comparison_;
  packet::PacketSpace& space_;
  FlowEnds ends_;
  std::vector<Group> groups_;
  DeviceDrift drift_;
};

std::string DriftFinder::interface_text(InterfaceId read) const {
  for (const InterfaceId id : planned_.interfaces.ids()) {
    if (comparison_.read_of(id) == read) return prove::interface_text(planned_.interfaces[id]);
  }
  return prove::interface_text(reading_.device.interfaces[read]);
}

std::vector<std::string> DriftFinder::places_of(config::FilterId filter) const {
  std::vector<std::string> places;
  const auto add_place = [&](std::string text) {
    if (std::ranges::find(places, text) == places.end()) places.push_back(std::move(text));
  };
  for (const config::Binding& binding : reading_.device.bindings) {
    if (binding.filter != filter) continue;
    static constexpr std::array words{"in by ", "out by ", "to the device itself by "};
    add_place(words[static_cast<std::size_t>(binding.stage)] +
              (binding.interface.valid() ? interface_text(binding.interface) : "any interface"));
  }
  for (const config::Between& between : reading_.between) {
    if (between.filter == filter)
      add_place(fmt::format("from {} to {}", interface_text(between.in), interface_text(between.out)));
  }
  return places;
}

void DriftFinder::find_unknown() {
  for (const config::Gap& gap : reading_.gaps)
    drift_.unknown.push_back(
        {gap.range, gap.reason, gap.filter.valid() ? places_of(gap.filter) : std::vector<std::string>{}});
}

// Families that lines of the device at an interface look at. Its reader may add what goes without saying.
std::set<packet::Family> DriftFinder::looked_at(config::Stage stage, InterfaceId interface) const {
  std::set<packet::Family> found;
  for (const config::Binding& binding : reading_.device.bindings) {
    if (binding.stage != stage || (binding.interface.valid() && binding.interface != interface)) continue;
    for (const config::Rule& rule : reading_.device.filters[binding.filter].rules) {
      if (reading_.line_of(rule).valid()) found.insert(rule.family);
    }
  }
  return found;
}

bool DriftFinder::passes_wrongly(const config::Binding& planned) const {
  const auto here = [&](const Place& place) {
    const InterfaceId at = planned.stage == config::Stage::interface_in ? place.in : place.out;
    return place.kind == Place::Kind::crossing && at == planned.interface;
  };
  return std::ranges::any_of(
      groups_, [&](const Group& group) { return group.opened && std::ranges::any_of(group.places, here); });
}

// Where the plan has a filter and the device has none at all, which tells more than every packet that passes.
void DriftFinder::find_unfiltered() {
  for (const config::Binding& planned : planned_.bindings) {
    const InterfaceId read =
        planned.interface.valid() ? comparison_.read_of(planned.interface) : InterfaceId{};
    if (planned.stage == config::Stage::own || !read.valid() || !passes_wrongly(planned)) continue;
    const std::set<packet::Family> looked = looked_at(planned.stage, read);
    if (looked.size() == std::size(packet::families)) continue;
    const std::string_view over = looked.empty()                          ? ""
                                  : looked.contains(packet::Family::ipv4) ? " over IPv6"
                                                                          : " over IPv4";
    drift_.unfiltered.push_back(
        fmt::format("what {} by {}{}", planned.stage == config::Stage::interface_in ? "comes in" : "goes out",
                    prove::interface_text(planned_.interfaces[planned.interface]), over));
  }
}

// The largest first: what stands in it already is not told again.
void DriftFinder::tell_groups() {
  std::vector<std::pair<long double, const Group*>> order;
  order.reserve(groups_.size());
  for (const Group& group : groups_) order.emplace_back(space_.size(group.packets), &group);
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::array<std::array<PacketSet, 2>, 2> told{
      {{space_.empty(), space_.empty()}, {space_.empty(), space_.empty()}}};
  for (const auto& [size, group] : order) {
    PacketSet& known = told[group->opened ? 1 : 0][group->own ? 1 : 0];
    const auto fresh = decided(space_.subtract(group->packets, known));
    const auto all = decided(space_.unite(group->packets, known));
    if (!fresh || !all || !tell(*group, *fresh)) {
      drift_.undecided = true;
      return;
    }
    known = *all;
  }
}

std::optional<PacketSet> DriftFinder::seen(std::uint8_t fragments, std::uint8_t states) {
  static const packet::ServiceSet any{packet::ServiceTerm{}};
  static const std::array every{packet::AddressSet::all(packet::Family::ipv4),
                                packet::AddressSet::all(packet::Family::ipv6)};
  std::vector<packet::MatchRule> rules;
  for (const packet::AddressSet& all : every) {
    rules.push_back({.match = {.family = all.family(),
                               .source = &all,
                               .destination = &all,
                               .services = &any,
                               .fragments = fragments,
                               .states = states},
                     .action = packet::Action::permit});
  }
  return decided(space_.permitted(rules));
}

// What opens connections, by zones. Of the rest, what goes without saying is not said: who may open anew
// needs no memory, and later fragments follow their first.
bool DriftFinder::tell(const Group& group, const PacketSet& packets) {
  constexpr auto whole = static_cast<std::uint8_t>(packet::Fragment::first_or_whole);
  const auto opening = seen(whole, static_cast<std::uint8_t>(packet::State::fresh));
  const auto unfragmented = seen(whole, packet::any_state);
  if (!opening || !unfragmented) return false;
  const auto openings = decided(space_.intersect(packets, *opening));
  if (!openings || !tell_openings(group, *openings)) return false;
  const bool opens = *openings != space_.empty();
  const bool tracks = running_.capabilities().state == config::StateTracking::full;
  const auto all_whole = decided(space_.intersect(packets, *unfragmented));
  const auto later = decided(space_.subtract(packets, *unfragmented));
  const auto remembered = all_whole ? decided(space_.subtract(*all_whole, *openings)) : std::nullopt;
  if (!remembered || !later) return false;
  const bool tells_memory = tracks && *remembered != space_.empty() && !(opens && group.opened);
  if (tells_memory && !tell_pair(group, {{}, {}, *remembered}, FlowDrift::Part::connections)) return false;
  if (opens || tells_memory || *later == space_.empty()) return true;
  return tell_pair(group, {{}, {}, *later}, FlowDrift::Part::fragments);
}

bool DriftFinder::tell_openings(const Group& group, const PacketSet& packets) {
  const FlowEnd itself{FlowEnd::Kind::devices, {}, running_.device()};
  const auto pairs = group.own ? ends_.split(packets, itself) : ends_.split(packets);
  return pairs && std::ranges::all_of(*pairs, [&](const FlowEnds::Pair& pair) {
           return tell_pair(group, pair, FlowDrift::Part::openings);
         });
}

bool DriftFinder::tell_pair(const Group& group, const FlowEnds::Pair& pair, FlowDrift::Part part) {
  auto cubes = decided(space_.cover(pair.packets));
  const auto example = space_.witness(pair.packets);
  if (!cubes || !example) return false;
  FlowDrift flow;
  flow.part = part;
  flow.opened = group.opened;
  flow.from = pair.from;
  flow.to = pair.to;
  flow.cubes = std::move(*cubes);
  flow.example = *example;
  const Place& place = choose_place(group, flow, pair.packets);
  flow.place = comparison_.text(place);
  if (!find_lines(place, pair.packets, flow)) return false;
  drift_.flows.push_back(std::move(flow));
  return true;
}

// Whether addresses of the flow's end can be behind the interface: 2 on its own network, 1 further away.
int DriftFinder::fitness(const config::Interface& interface, const FlowDrift& flow, bool source) {
  const auto on_link = [&](const packet::Cube& cube) {
    const auto& prefix = cube.family() == packet::Family::ipv4 ? interface.ipv4 : interface.ipv6;
    if (!prefix) return false;
    const packet::AddressSet link(cube.family(),
                                  std::vector{packet::AddressRange{prefix->first(), prefix->last()}});
    return packet::intersects(link, source ? cube.source : cube.destination);
  };
  if (std::ranges::any_of(flow.cubes, on_link)) return 2;
  return interface.leaf ? 0 : 1;
}

// How likely packets of the flow take the place, the way in first.
std::pair<int, int> DriftFinder::fitness(const Place& place, const FlowDrift& flow) const {
  if (place.kind == Place::Kind::unplanned) return {1, 1};
  const int in = fitness(planned_.interfaces[place.in], flow, true);
  if (place.kind == Place::Kind::own) return {in, 1};
  const int out = fitness(planned_.interfaces[place.out], flow, false);
  return {in, place.in == place.out ? std::min(out, 1) : out};
}

// The one that its packets most likely take, of all at which some of them are decided so.
const Place& DriftFinder::choose_place(const Group& group, FlowDrift& flow, const PacketSet& packets) {
  const Place* best = &group.places.front();
  std::pair<int, int> best_fitness{-1, -1};
  std::size_t places = 0;
  for (const Group& other : groups_) {
    if (other.opened != group.opened || other.own != group.own) continue;
    const auto shared = decided(space_.intersect(other.packets, packets));
    if (!shared || *shared == space_.empty()) continue;
    places += other.places.size();
    if (*shared != packets) continue;
    for (const Place& place : other.places) {
      const std::pair<int, int> fits = fitness(place, flow);
      const auto weight = [](std::pair<int, int> of) { return std::pair{of.first > 0 && of.second > 0, of}; };
      if (weight(fits) <= weight(best_fitness)) continue;
      best = &place;
      best_fitness = fits;
    }
  }
  flow.more_places = places - 1;
  flow.likely = best_fitness.first > 0 && best_fitness.second > 0;
  return *best;
}

bool DriftFinder::is_narrow(const config::Rule& rule) const {
  return !reading_.device.addresses[rule.source].addresses.is_all() ||
         !reading_.device.addresses[rule.destination].addresses.is_all();
}

// One by one: a packet, the rules that decide about it, and on with what those do not match.
bool DriftFinder::find_lines(const Place& place, const PacketSet& packets, FlowDrift& flow) {
  const auto walk = [&](const config::Device& device, const auto& deciding, const auto& record) {
    PacketSet rest = packets;
    for (std::size_t count = 0; count < most_lines; ++count) {
      const auto packet = space_.witness(rest);
      const config::Rule* rule = packet ? deciding(*packet) : nullptr;
      if (rule == nullptr) return true;
      record(*rule);
      packet::MatchRule match = to_match(device, *rule);
      match.action = packet::Action::permit;
      const auto matched = decided(space_.permitted({&match, 1}));
      const auto left = matched ? decided(space_.subtract(rest, *matched)) : std::nullopt;
      if (!left) return false;
      rest = *left;
    }
    return true;
  };
  // Where several filters let a packet pass, the rule that names its ends says more than one for everybody.
  const auto deciding_running = [&](const packet::Packet& packet) {
    const config::Rule* best = comparison_.read_rule(place, packet);
    for (const config::FilterId filter : place.read) {
      if (best == nullptr || best->action == packet::Action::deny || is_narrow(*best)) break;
      best = comparison_.read_rule(filter, packet);
    }
    return best;
  };
  const auto add_running = [&](const config::Rule& rule) {
    const source::Range line = reading_.line_of(rule);
    if (line.valid() && std::ranges::find(flow.running, line) == flow.running.end())
      flow.running.push_back(line);
  };
  const auto add_wanted = [&](const config::Rule& rule) {
    if (!rule.origin.valid()) return;
    const config::Origin& origin = planned_.origins[rule.origin];
    if (origin.range.valid() && std::ranges::find(flow.wanted, origin) == flow.wanted.end())
      flow.wanted.push_back(origin);
  };
  return walk(reading_.device, deciding_running, add_running) &&
         walk(
             planned_, [&](const packet::Packet& each) { return comparison_.planned_rule(place, each); },
             add_wanted);
}

}  // namespace

DeviceDrift find_drift(const ir::Policy& policy, const config::Device& planned, const RunningDevice& running,
                       const packet::Budget& budget) {
  return DriftFinder(policy, planned, running, budget).run();
}

}  // namespace cordon::change
