// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/traffic.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/check/context.h"

namespace cordon::check {
namespace {

using packet::Family;
using packet::MatchRule;
using packet::PacketSet;

constexpr auto whole = static_cast<std::uint8_t>(packet::Fragment::first_or_whole);
constexpr auto fresh = static_cast<std::uint8_t>(packet::State::fresh);

MatchRule permit(Family family, const ir::AddressSet& from, const ir::AddressSet& to,
                 const packet::ServiceSet& services) {
  return {{family, &from, &to, &services, whole, fresh}, packet::Action::permit};
}

// A diagram asks for the source or for the destination first, as its first list suggests; products come out
// the same only if every space asks in one order.
void fix_order(packet::PacketSpace& space) {
  const packet::ServiceSet services{packet::ServiceTerm{}};
  std::vector<ir::AddressSet> addresses;
  for (const Family family : packet::families) addresses.emplace_back(ir::AddressSet(ir::Address{family, 0}));
  std::vector<MatchRule> rules;
  for (const ir::AddressSet& each : addresses) rules.push_back(permit(each.family(), each, each, services));
  // A list of two rules is within every budget.
  [[maybe_unused]] const auto ignored = space.permitted(rules);
}

Unexpected<packet::Undecided> undecided(const packet::Undecided& reason) { return {reason}; }

template <class Combine>
Decided<Traffic> combined(const Traffic& a, const Traffic& b, Combine combine) {
  TrafficSpace space;
  const auto left = space.set(a);
  if (!left) return undecided(left.error());
  const auto right = space.set(b);
  if (!right) return undecided(right.error());
  const auto result = combine(space.packets(), *left, *right);
  if (!result) return undecided(result.error());
  return space.parts(*result);
}

std::optional<packet::PortRange> common_ports(packet::PortRange a, packet::PortRange b) {
  const packet::PortRange both{std::max(a.first, b.first), std::min(a.last, b.last)};
  return both.first <= both.last ? std::optional(both) : std::nullopt;
}

// Of two values that must agree where both are stated. Nothing where they do not.
template <class T>
std::optional<std::optional<T>> agreed(const std::optional<T>& a, const std::optional<T>& b) {
  if (a && b && *a != *b) return std::nullopt;
  return a ? a : b;
}

// Terms are products, so what two of them hold is one as well.
std::optional<packet::ServiceTerm> common_term(const packet::ServiceTerm& a, const packet::ServiceTerm& b) {
  const auto protocol = agreed(a.protocol, b.protocol);
  const auto source = common_ports(a.source, b.source),
             destination = common_ports(a.destination, b.destination);
  const auto type = agreed(a.icmp_type, b.icmp_type), code = agreed(a.icmp_code, b.icmp_code);
  if (!protocol || !source || !destination || !type || !code || (a.flags & b.flags) == 0) return std::nullopt;
  packet::ServiceTerm both;
  both.protocol = *protocol;
  both.source = *source;
  both.destination = *destination;
  both.icmp_type = *type;
  both.icmp_code = *code;
  both.flags = a.flags & b.flags;
  return both;
}

// Nearly everything is said by what it leaves out.
std::string service_words(const packet::ServiceSet& services, Family family) {
  constexpr std::size_t long_list = 8;
  if (services.size() <= long_list) return service_text(services);
  TrafficPart all, some;
  all.from.of(family) = all.to.of(family) = ir::AddressSet(ir::Address{family, 1});
  some = all;
  all.services.push_back({});
  some.services = services;
  const auto rest = subtract(Traffic{all}, Traffic{some});
  if (!rest || rest->size() != 1 || rest->front().services.size() >= services.size())
    return service_text(services);
  return "any except " + service_text(rest->front().services);
}

struct Line {
  std::string from, to, services;
  friend bool operator==(const Line&, const Line&) = default;
};

// The products' families, one after the other, come to the same line where the names are the same.
std::vector<Line> lines_of(const ir::AddressNames& names, const Traffic& traffic) {
  std::vector<Line> lines;
  for (const TrafficPart& part : traffic) {
    for (const Family family : packet::families) {
      const packet::ServiceSet services = packet::in_family(part.services, family);
      if (part.from.of(family).empty() || part.to.of(family).empty() || services.empty()) continue;
      Line line{names.text(part.from.of(family)), names.text(part.to.of(family)),
                service_words(services, family)};
      if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace

TrafficSpace::TrafficSpace() { fix_order(space_); }

Decided<PacketSet> TrafficSpace::set(const Traffic& traffic) {
  std::vector<packet::ServiceSet> services;  // of both families, before rules point at them
  services.reserve(traffic.size() * 2);
  std::vector<MatchRule> rules;
  for (const TrafficPart& part : traffic) {
    for (const Family family : packet::families) {
      services.push_back(packet::in_family(part.services, family));
      if (part.from.of(family).empty() || part.to.of(family).empty() || services.back().empty()) continue;
      rules.push_back(permit(family, part.from.of(family), part.to.of(family), services.back()));
    }
  }
  return space_.permitted(rules);
}

Decided<Traffic> TrafficSpace::parts(const PacketSet& set) {
  auto cubes = space_.cover(set);
  if (!cubes) return undecided(cubes.error());
  Traffic parts;
  for (packet::Cube& cube : *cubes) {
    TrafficPart part;
    const Family family = cube.family();
    part.from.of(family) = std::move(cube.source);
    part.to.of(family) = std::move(cube.destination);
    part.services =
        packet::in_family(cube.services, family);  // "any" less something names ICMP of the other one
    if (!part.services.empty()) parts.push_back(std::move(part));
  }
  return parts;
}

Decided<bool> is_subset(const Traffic& inner, const Traffic& outer) {
  const auto rest = subtract(inner, outer);
  if (!rest) return undecided(rest.error());
  return rest->empty();
}

Decided<Traffic> subtract(const Traffic& whole_set, const Traffic& taken) {
  return combined(whole_set, taken, [](packet::PacketSpace& space, const PacketSet& a, const PacketSet& b) {
    return space.subtract(a, b);
  });
}

Decided<Traffic> intersect(const Traffic& a, const Traffic& b) {
  return combined(a, b, [](packet::PacketSpace& space, const PacketSet& left, const PacketSet& right) {
    return space.intersect(left, right);
  });
}

Decided<Traffic> canonical(const Traffic& traffic) {
  TrafficSpace space;
  const auto set = space.set(traffic);
  if (!set) return undecided(set.error());
  return space.parts(*set);
}

Decided<std::optional<packet::Packet>> example(const Traffic& traffic) {
  TrafficSpace space;
  const auto set = space.set(traffic);
  if (!set) return undecided(set.error());
  return space.packets().witness(*set);
}

packet::ServiceSet common_services(const packet::ServiceSet& a, const packet::ServiceSet& b) {
  packet::ServiceSet common;
  for (const packet::ServiceTerm& one : a) {
    for (const packet::ServiceTerm& other : b) {
      if (const auto both = common_term(one, other)) common.push_back(*both);
    }
  }
  return packet::normalize(std::move(common));
}

bool holds_packets(const TrafficPart& part) {
  return std::ranges::any_of(packet::families, [&](Family family) {
    return !part.from.of(family).empty() && !part.to.of(family).empty() &&
           !packet::in_family(part.services, family).empty();
  });
}

bool holds_packets(const Traffic& traffic) {
  return std::ranges::any_of(traffic, [](const TrafficPart& part) { return holds_packets(part); });
}

std::vector<std::string> traffic_lines(const ir::AddressNames& names, const Traffic& traffic,
                                       std::size_t most) {
  const std::vector<Line> all = lines_of(names, traffic);
  std::vector<std::string> lines;
  for (const Line& line : all) {
    if (lines.size() == most) {
      lines.push_back(fmt::format("and {} more", all.size() - most));
      break;
    }
    lines.push_back(fmt::format("{} -> {} {}", line.from, line.to, line.services));
  }
  return lines;
}

std::string traffic_text(const ir::AddressNames& names, const Traffic& traffic, std::size_t most) {
  std::string text;
  for (const std::string& line : traffic_lines(names, traffic, most))
    text += (text.empty() ? "" : "; ") + line;
  return text;
}

// Without the flags and the state, which are those of every first packet.
std::string example_text(const packet::Packet& packet) {
  const std::string text = to_string(packet);
  const std::size_t destination = text.find("-> ");
  const std::size_t end = text.find_first_of(" ,", destination == std::string::npos ? 0 : destination + 3);
  return text.substr(0, end);
}

}  // namespace cordon::check
