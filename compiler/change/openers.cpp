// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/openers.h"

#include <deque>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/change/deciding.h"
#include "compiler/change/near_rules.h"

namespace cordon::change {
namespace {

using packet::MatchRule;
using packet::PacketSet;

packet::ServiceTerm term(std::string_view text) { return packet::parse_service(text).term.value(); }

// Errors, and packets that say of themselves that they answer; with what is said on a link.
struct Followers {
  packet::AddressSet every4 = packet::AddressSet::all(packet::Family::ipv4),
                     every6 = packet::AddressSet::all(packet::Family::ipv6);
  packet::ServiceSet v4{term("icmp/3"), term("icmp/11"), term("icmp/12")},
      v6{term("icmpv6/1"), term("icmpv6/2"), term("icmpv6/3"), term("icmpv6/4")};
  packet::ServiceSet link{term("ip/89"),       term("ip/112"),   term("udp/67-68"),
                          term("udp/546-547"), term("udp/1985"), term("udp/2029")};

  Followers() {
    packet::ServiceTerm answer = term("tcp/0-65535");
    answer.flags = packet::established_flags();
    v4.push_back(answer);
    v6.push_back(answer);
    for (int type = 130; type <= 143; ++type) link.push_back(term(fmt::format("icmpv6/{}", type)));
  }
  [[nodiscard]] MatchRule rule(packet::Family family, const packet::ServiceSet& services) const {
    const packet::AddressSet* every = family == packet::Family::ipv4 ? &every4 : &every6;
    return {.match = {.family = family, .source = every, .destination = every, .services = &services},
            .action = packet::Action::permit};
  }
};

std::vector<MatchRule> followers(bool on_link) {
  static const Followers all;
  std::vector<MatchRule> rules{all.rule(packet::Family::ipv4, all.v4),
                               all.rule(packet::Family::ipv6, all.v6)};
  for (const packet::Family family : packet::families) {
    if (on_link) rules.push_back(all.rule(family, all.link));
  }
  return rules;
}

// What answers connections that the policy permits the other way round.
struct Replies {
  std::vector<MatchRule> rules;
  std::deque<packet::ServiceSet> services;

  void add(const MatchRule& opening) {
    services.push_back(packet::in_family(packet::reply_of(*opening.match.services), opening.match.family));
    if (services.back().empty()) return;
    MatchRule reply = opening;
    std::swap(reply.match.source, reply.match.destination);
    reply.match.services = &services.back();
    rules.push_back(reply);
  }
};

}  // namespace

PacketSet openers(const Intent& intent, const WayEnds& ends, const PacketSet& asked,
                  packet::PacketSpace& space) {
  std::vector<MatchRule> permits;
  Replies replies;
  for (const MatchRule& rule : intent.rules()) {
    if (joins(rule.match, *ends.from, *ends.to)) permits.push_back(rule);
    if (joins(rule.match, *ends.to, *ends.from)) replies.add(rule);
  }
  const PacketSet answers = value(space.permitted(replies.rules));
  const PacketSet others = value(space.unite(answers, value(space.permitted(followers(ends.on_link)))));
  const PacketSet allowed = value(space.intersect(asked, value(space.permitted(permits))));
  return value(space.subtract(asked, value(space.subtract(others, allowed))));
}

}  // namespace cordon::change
