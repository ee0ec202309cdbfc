// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/translation.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "compiler/prove/filter_sets.h"
#include "compiler/prove/local_addresses.h"
#include "compiler/prove/same_rules.h"
#include "compiler/prove/translation_layer2.h"

namespace cordon::prove {
namespace {

using config::Binding;
using config::Device;
using config::FilterId;
using config::InterfaceId;
using config::Stage;
using packet::PacketSet;

using Filters = std::vector<FilterId>;

// What stands at one place, and what it lets through.
struct Side {
  Filters filters;
  std::optional<PacketSet> through;
};
struct Place {
  Side planned, read;
  bool same = false;  // rule by rule: then neither is turned into a set
  [[nodiscard]] bool equal() const { return same || planned.through == read.through; }
};

// The filters that a device binds to a stage, at the interface or, where the platform knows such, at all of
// them.
Filters bound(const Device& device, Stage stage, InterfaceId interface) {
  Filters filters;
  for (const Binding& binding : device.bindings) {
    const bool here = !binding.interface.valid() || binding.interface == interface;
    if (binding.stage == stage && here) filters.push_back(binding.filter);
  }
  return filters;
}

Filters joined(Filters first, const Filters& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// By its name, else by the longest beginning that stands for it.
InterfaceId find_interface(const Device& device, std::string_view port) {
  InterfaceId found;
  std::size_t longest = 0;
  for (const InterfaceId id : device.interfaces.ids()) {
    const std::string_view name = device.interfaces[id].port;
    if (name == port) return id;
    const bool stands_for = name.ends_with('*') && port.starts_with(name.substr(0, name.size() - 1));
    if (!stands_for || name.size() <= longest) continue;
    found = id;
    longest = name.size();
  }
  return found;
}

std::string interface_text(const config::Interface& interface) {
  return interface.name == interface.port || interface.name.empty()
             ? fmt::format("`{}`", interface.port)
             : fmt::format("`{}` ({})", interface.name, interface.port);
}

std::string addresses_text(std::vector<packet::Address> addresses) {
  std::ranges::sort(addresses);
  std::string text;
  for (const packet::Address address : addresses) text += (text.empty() ? "" : " ") + to_string(address);
  return text.empty() ? "none" : text;
}

// A port that is no subinterface may carry its network without a tag: the number then concerns only those who
// switch the frames.
bool same_vlan(const config::Interface& planned, const config::Interface& read) {
  if (!planned.vlan || planned.vlan == read.vlan) return true;
  return !read.vlan && planned.port.find('.') == std::string::npos;
}

std::string vlan_text(const std::optional<std::uint16_t>& vlan) {
  return vlan ? std::to_string(*vlan) : "none";
}

std::string redundancy_text(const std::optional<config::Redundancy>& redundancy) {
  if (!redundancy) return "none";
  std::string text = fmt::format("{} group {}", redundancy->vrrp ? "VRRP" : "HSRP", redundancy->group);
  for (const auto& address : {redundancy->ipv4, redundancy->ipv6}) {
    if (address) text += " " + to_string(*address);
  }
  if (redundancy->priority) text += fmt::format(" priority {}", *redundancy->priority);
  return text;
}

class Translator {
 public:
  Translator(const Device& planned, const config::Capabilities& capabilities, const config::Reading& reading,
             packet::Budget budget)
      : planned_(planned),
        capabilities_(capabilities),
        reading_(reading),
        space_(budget),
        planned_sets_(space_, planned),
        read_sets_(space_, reading.device),
        same_(planned, reading.device),
        local_(local_addresses(planned)),
        planned_own_sets_(space_, planned, local_),
        read_own_sets_(space_, reading.device, local_),
        read_of_(planned.interfaces.size()) {}

  Translation run() {
    for (const config::Gap& gap : reading_.gaps)
      report(fmt::format("not understood: {}", gap.reason), gap.range, {});
    if (capabilities_.reassembles == config::Support::yes && !reading_.reassembles)
      report("fragments are not put together before the filters see them, and were planned to be", {}, {});
    compare_interfaces();
    if (capabilities_.switching == config::Support::yes) {
      for (Difference& each : compare_layer2(planned_, reading_.device))
        translation_.differences.push_back(std::move(each));
    }
    collect_places();
    if (crossings_are_same() && all_same(own_)) return std::move(translation_);  // nothing is left to compare
    if (!crossings_are_same()) {
      expect_addresses(space_, planned_);
      expect_addresses(space_, reading_.device);
    }
    if (!evaluate_places()) {
      translation_.undecided = true;
      return std::move(translation_);
    }
    compare_crossings();
    compare_own();
    if (!compare_unplanned()) translation_.undecided = true;
    return std::move(translation_);
  }

 private:
  void report(std::string text, source::Range emitted, source::Range policy) {
    translation_.differences.push_back(
        {.text = std::move(text), .packet = std::nullopt, .emitted = emitted, .policy = policy});
  }

  void compare_interfaces();
  void compare_addressing(const config::Interface& planned, const config::Interface& read);
  void compare_services(const config::Interface& planned, const config::Interface& read);
  [[nodiscard]] bool compare_unplanned();
  void collect_places();
  [[nodiscard]] static bool all_same(const std::vector<Place>& places);
  [[nodiscard]] bool crossings_are_same() const;
  [[nodiscard]] bool evaluate_places();
  [[nodiscard]] static bool evaluate(Place& place, FilterSets& planned, FilterSets& read);
  [[nodiscard]] bool evaluate(Place& place) { return evaluate(place, planned_sets_, read_sets_); }
  void compare_crossings();
  void compare_crossing(InterfaceId in, InterfaceId out, const Filters& also);
  void compare_own();
  void compare(const Place& place, const PacketSet& domain, const std::string& where);
  void report(const Place& place, const packet::Packet& packet, bool opened, const std::string& where);
  [[nodiscard]] std::optional<PacketSet> domain(bool local, std::uint8_t states = packet::any_state);
  [[nodiscard]] Filters between(InterfaceId in, InterfaceId out) const;

  const Device& planned_;
  const config::Capabilities& capabilities_;
  const config::Reading& reading_;
  packet::PacketSpace space_;
  FilterSets planned_sets_, read_sets_;
  SameRules same_;
  LocalAddresses local_;
  FilterSets planned_own_sets_, read_own_sets_;  // of what is for the device itself
  std::vector<InterfaceId> read_of_;    // by planned interface; invalid where the text does not name it
  std::vector<InterfaceId> unplanned_;  // read, on a platform that configures no interfaces
  std::vector<Place> in_, out_, own_;
  std::optional<PacketSet> forwarded_, delivered_;
  std::optional<PacketSet> remembered_;  // of what is forwarded, without what no filter of connections knows
  std::map<std::tuple<source::Range, source::Range, bool>, std::size_t> told_;  // lines that disagree
  Translation translation_;
};

void Translator::compare_interfaces() {
  const bool addressing = capabilities_.addressing == config::Support::yes;
  std::vector<bool> known(reading_.device.interfaces.size());
  for (const InterfaceId id : planned_.interfaces.ids()) {
    const config::Interface& planned = planned_.interfaces[id];
    const InterfaceId other = read_of_[id.value] = find_interface(reading_.device, planned.port);
    if (other.valid()) known[other.value] = true;
    if (!addressing) continue;
    if (other.valid()) {
      compare_addressing(planned, reading_.device.interfaces[other]);
      compare_services(planned, reading_.device.interfaces[other]);
    } else {
      report(fmt::format("the interface {} is missing", interface_text(planned)), {}, planned.range);
    }
  }
  for (const InterfaceId id : reading_.device.interfaces.ids()) {
    const config::Interface& read = reading_.device.interfaces[id];
    if (known[id.value]) continue;
    if (addressing) {
      report(fmt::format("nobody planned the interface `{}`", read.port), read.range, {});
    } else {
      unplanned_.push_back(id);
    }
  }
}

// Where interfaces are configured elsewhere, no connection may begin at one that nobody planned.
bool Translator::compare_unplanned() {
  const auto beginnings = domain(false, static_cast<std::uint8_t>(packet::State::fresh));
  if (!beginnings) return false;
  for (const InterfaceId id : unplanned_) {
    Place place{{}, {bound(reading_.device, Stage::interface_in, id), {}}};
    place.planned.through = space_.empty();
    place.read.through = read_sets_.through(place.read.filters);
    if (!place.read.through) return false;
    compare(
        place, *beginnings,
        fmt::format("from the interface `{}`, which nobody planned", reading_.device.interfaces[id].port));
  }
  return true;
}

void Translator::compare_addressing(const config::Interface& planned, const config::Interface& read) {
  const bool same = planned.ipv4 == read.ipv4 && planned.ipv6 == read.ipv6 && planned.vrf == read.vrf &&
                    same_vlan(planned, read);
  if (same) return;
  const auto shown = [](const config::Interface& of) {
    return fmt::format("{}, {}, VLAN {}, VRF `{}`", of.ipv4 ? to_string(*of.ipv4) : "no IPv4 address",
                       of.ipv6 ? to_string(*of.ipv6) : "no IPv6 address",
                       of.vlan ? std::to_string(*of.vlan) : "none", of.vrf);
  };
  report(fmt::format("the interface {} has {}, and was planned with {}", interface_text(planned), shown(read),
                     shown(planned)),
         read.range, planned.range);
}

// What an interface does for its network besides.
void Translator::compare_services(const config::Interface& planned, const config::Interface& read) {
  const auto differ = [&](std::string_view what, const std::string& has, const std::string& wanted) {
    report(fmt::format("the interface {} has {} {}, and was planned with {}", interface_text(planned), what,
                       has, wanted),
           read.range, planned.range);
  };
  const std::string relays = addresses_text(read.dhcp_relay), wanted = addresses_text(planned.dhcp_relay);
  if (relays != wanted) differ("the DHCP relay", relays, wanted);
  if (planned.redundancy != read.redundancy)
    differ("the virtual address", redundancy_text(read.redundancy), redundancy_text(planned.redundancy));
  if (planned.private_vlan != read.private_vlan)
    differ("the private VLAN", vlan_text(read.private_vlan), vlan_text(planned.private_vlan));
}

bool Translator::evaluate(Place& place, FilterSets& planned, FilterSets& read) {
  place.planned.through = planned.through(place.planned.filters);
  place.read.through = read.through(place.read.filters);
  return place.planned.through && place.read.through;
}

void Translator::collect_places() {
  const Device& read = reading_.device;
  const auto add = [&](std::vector<Place>& places, Filters planned, Filters found) {
    const bool same = same_.are_same(planned, found);
    places.push_back({{std::move(planned), {}}, {std::move(found), {}}, same});
  };
  const bool sees_own = capabilities_.filter_sees_own == config::Support::yes;
  for (const InterfaceId id : planned_.interfaces.ids()) {
    const InterfaceId other = read_of_[id.value];
    add(in_, bound(planned_, Stage::interface_in, id), bound(read, Stage::interface_in, other));
    add(out_, bound(planned_, Stage::interface_out, id), bound(read, Stage::interface_out, other));
    add(own_, joined(sees_own ? in_.back().planned.filters : Filters{}, bound(planned_, Stage::own, id)),
        bound(read, Stage::own, other));
  }
}

bool Translator::all_same(const std::vector<Place>& places) {
  return std::ranges::all_of(places, &Place::same);
}

bool Translator::crossings_are_same() const {
  return reading_.between.empty() && unplanned_.empty() && all_same(in_) && all_same(out_);
}

bool Translator::evaluate_places() {
  forwarded_ = domain(false);
  delivered_ = domain(true);
  remembered_ = forwarded_;
  if (forwarded_ && capabilities_.state == config::StateTracking::full) {
    const auto known = decided(space_.permitted(everything_remembered()));
    remembered_ = known ? decided(space_.intersect(*forwarded_, *known)) : std::nullopt;
  }
  if (!forwarded_ || !delivered_ || !remembered_) return false;
  const auto known = [&](Place& place) { return place.same || evaluate(place); };
  const auto own_known = [&](Place& place) {
    return place.same || evaluate(place, planned_own_sets_, read_own_sets_);
  };
  return std::ranges::all_of(in_, known) && std::ranges::all_of(out_, known) &&
         std::ranges::all_of(own_, own_known);
}

// The packets that crossings, or the device itself, get to see.
std::optional<PacketSet> Translator::domain(bool local, std::uint8_t states) {
  static const packet::ServiceSet any{packet::ServiceTerm{}};
  std::vector<packet::MatchRule> rules;
  for (const packet::Family family : packet::families) {
    const packet::AddressSet& destinations = local_.of(family);
    const auto every = [&](packet::Action action, const packet::AddressSet* destination,
                           std::uint8_t fragments) {
      rules.push_back({.match = {.family = family,
                                 .source = &local_.every(family),
                                 .destination = destination,
                                 .services = &any,
                                 .fragments = fragments,
                                 .states = action == packet::Action::permit ? states : packet::any_state},
                       .action = action});
    };
    if (capabilities_.reassembles == config::Support::yes) {
      every(packet::Action::deny, &local_.every(family), static_cast<std::uint8_t>(packet::Fragment::later));
    }
    every(local ? packet::Action::permit : packet::Action::deny, &destinations, packet::any_fragment);
    if (!local) every(packet::Action::permit, &local_.every(family), packet::any_fragment);
  }
  return decided(space_.permitted(rules));
}

Filters Translator::between(InterfaceId in, InterfaceId out) const {
  Filters filters;
  for (const config::Between& each : reading_.between) {
    if (each.in == read_of_[in.value] && each.out == read_of_[out.value]) filters.push_back(each.filter);
  }
  return filters;
}

// Back out by the same interface comes last: a difference is better told of a way that packets take.
void Translator::compare_crossings() {
  const auto count = static_cast<std::uint32_t>(planned_.interfaces.size());
  for (std::uint32_t in = 0; in < count; ++in) {
    for (std::uint32_t step = 1; step <= count; ++step) {
      const std::uint32_t out = (in + step) % count;
      const Filters also = reading_.between.empty() ? Filters{} : between({in}, {out});
      if (also.empty() && in_[in].equal() && out_[out].equal()) continue;
      compare_crossing({in}, {out}, also);
    }
  }
}

void Translator::compare_crossing(InterfaceId in, InterfaceId out, const Filters& also) {
  const Place &entry = in_[in.value], &exit = out_[out.value];
  Place place{{joined(entry.planned.filters, exit.planned.filters), {}},
              {joined(joined(entry.read.filters, exit.read.filters), also), {}}};
  if (!evaluate(place)) {
    translation_.undecided = true;
    return;
  }
  compare(place, place.planned.filters.empty() ? *remembered_ : *forwarded_,
          fmt::format("from {} to {}", interface_text(planned_.interfaces[in]),
                      interface_text(planned_.interfaces[out])));
}

void Translator::compare_own() {
  for (const InterfaceId id : planned_.interfaces.ids()) {
    const Place& place = own_[id.value];
    // Without a plan for them, what such packets need is for the end-to-end proof to say.
    if (place.equal() || place.planned.filters.empty()) continue;
    compare(place, *delivered_,
            fmt::format("to the device itself by {}", interface_text(planned_.interfaces[id])));
  }
}

void Translator::compare(const Place& place, const PacketSet& domain, const std::string& where) {
  for (const bool opened : {true, false}) {
    const PacketSet& more = opened ? *place.read.through : *place.planned.through;
    const PacketSet& less = opened ? *place.planned.through : *place.read.through;
    const auto difference = decided(space_.subtract(more, less));
    const auto seen = difference ? decided(space_.intersect(*difference, domain)) : std::nullopt;
    if (!seen) {
      translation_.undecided = true;
    } else if (const auto witness = space_.witness(*seen)) {
      report(place, *witness, opened, where);
    }
  }
}

// One wrong line is told once, however many crossings it stands at.
void Translator::report(const Place& place, const packet::Packet& packet, bool opened,
                        const std::string& where) {
  const config::Rule* read = read_sets_.deciding(place.read.filters, packet);
  const config::Rule* rule = planned_sets_.deciding(place.planned.filters, packet);
  const source::Range emitted = read == nullptr ? source::Range{} : reading_.line_of(*read);
  const source::Range policy =
      rule == nullptr || !rule->origin.valid() ? source::Range{} : planned_.origins[rule->origin].range;
  const auto [known, is_new] = told_.try_emplace({emitted, policy, opened}, translation_.differences.size());
  if (!is_new) {
    ++translation_.differences[known->second].repeated;
    return;
  }
  translation_.differences.push_back(
      {.text = fmt::format("the text {} what the plan {}, {}", opened ? "lets pass" : "refuses",
                           opened ? "refuses" : "lets pass", where),
       .packet = packet,
       .emitted = emitted,
       .policy = policy});
}

}  // namespace

Translation prove_translation(const Device& planned, const config::Capabilities& capabilities,
                              const config::Reading& reading, packet::Budget budget) {
  return Translator(planned, capabilities, reading, budget).run();
}

}  // namespace cordon::prove
