// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `roundtrip`: what is opened from one to the other is answered on every path.
//
// Replies pass every filter that the connection passed: they are planned with it. What is left to show is
// that they come to those filters (see reply_paths.h), and that there is a reply at all: an ICMP type that is
// no request awaits none, so it is not counted.

#include <utility>

#include "compiler/check/assertions/answer.h"
#include "compiler/check/assertions/reply_paths.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

using graph::PlaceId;
using ir::Family;

// The part of an end that lies at one place, with a name for it.
struct Stand {
  PlaceId place;
  ir::NetworkId network;  // invalid: a device
  std::string_view name;
  ir::Addresses addresses;
};

std::vector<Stand> stands_of(const Context& context, const ir::Endpoint& endpoint, const ir::Addresses& cut) {
  const ir::Policy& policy = context.policy();
  std::vector<Stand> stands;
  if (endpoint.device.valid()) {
    for (const graph::VertexId vertex : context.topology().vertices_of(endpoint.device))
      stands.push_back({context.topology().place(vertex), {}, policy.devices[endpoint.device].name, cut});
    return stands;
  }
  for (const ir::Piece& piece : endpoint.pieces) {
    ir::Addresses part = common(piece.addresses, cut);
    if (!part.empty())
      stands.push_back({context.topology().place(piece.network), piece.network,
                        policy.networks[piece.network].name, std::move(part)});
  }
  return stands;
}

packet::ServiceSet awaiting_reply(const packet::ServiceSet& services) {
  packet::ServiceSet found;
  for (const packet::ServiceTerm& term : services) {
    if (!packet::reply_of({term}).empty()) found.push_back(term);
  }
  return found;
}

class Roundtrip {
 public:
  explicit Roundtrip(const Asked& asked) : asked_(asked), paths_(asked.desk.context()) {}

  Answer run() {
    std::size_t counted = 0;
    for (Opening& opening : openings_by_flows(asked_.desk.context(), asked_.query())) {
      opening.part.services = awaiting_reply(opening.part.services);
      if (!holds_packets(opening.part)) continue;
      ++counted;
      judge(opening);
    }
    if (counted == 0)
      return vacuous(fmt::format("no flow opens {} from {} to {}", asked_.service_text, asked_.from_text,
                                 asked_.to_text));
    if (answer_.outcome == Outcome::broken) return finish();
    answer_.text = fmt::format(
        "the {} flows from {} to {} are answered: replies are admitted by every filter, routing leads back, "
        "and a "
        "device that tracks connections lies on every path or on none",
        counted, asked_.from_text, asked_.to_text);
    return std::move(answer_);
  }

 private:
  void judge(const Opening& opening) {
    const Context& context = asked_.desk.context();
    const auto sources = stands_of(context, *opening.flow->from, opening.part.from);
    const auto targets = stands_of(context, *opening.flow->to, opening.part.to);
    std::vector<Opening> failed;
    for (const Stand& source : sources) {
      for (const Stand& target : targets) {
        if (source.network.valid() && source.network == target.network) continue;
        for (const Family family : packet::families) add_failure(opening, source, target, family, failed);
      }
    }
    add_causes(asked_, failed, answer_);
  }

  void add_failure(const Opening& opening, const Stand& source, const Stand& target, Family family,
                   std::vector<Opening>& failed) {
    TrafficPart part;
    part.from.of(family) = source.addresses.of(family);
    part.to.of(family) = target.addresses.of(family);
    part.services = opening.part.services;
    if (!holds_packets(part)) return;
    const ReplyPaths::Result& result = paths_.between(source.place, target.place, family);
    if (result.answered()) return;
    if (answer_.outcome != Outcome::broken) explain(source, target, result);
    answer_.outcome = Outcome::broken;
    answer_.traffic.push_back(part);
    failed.push_back({std::move(part), opening.flow, {}});
  }

  // The first failure is told in words, all of them as a set.
  void explain(const Stand& source, const Stand& target, const ReplyPaths::Result& result) {
    const ir::Policy& policy = asked_.policy();
    if (!result.back) {
      answer_.text = fmt::format("stated routing leads from {} to {} and not back", source.name, target.name);
      answer_.helps.emplace_back("look at `routes:` and `routing:` of the devices between");
      return;
    }
    const ir::Device& device = policy.devices[result.bypassed];
    answer_.text =
        fmt::format("{} tracks connections and lies on some of the paths between {} and {}, not on all",
                    device.name, source.name, target.name);
    answer_.causes.push_back({device.name_range, "refuses the reply of a connection that took another path"});
    answer_.helps.emplace_back(
        "say `state-sync: NAME` on all that share their connection table, or state routing that keeps both "
        "directions on one path");
  }

  Answer finish() {
    auto products = canonical(answer_.traffic);
    if (!products) return undecided();
    answer_.traffic = std::move(*products);
    answer_.notes.push_back("unanswered: " + traffic_text(asked_.desk.names(), answer_.traffic));
    add_set(asked_, answer_.traffic, answer_);
    return std::move(answer_);
  }

  const Asked& asked_;
  ReplyPaths paths_;
  Answer answer_;
};

}  // namespace

Answer answer_roundtrip(const Asked& asked) { return Roundtrip(asked).run(); }

}  // namespace cordon::check
