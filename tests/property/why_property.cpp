// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Why something is permitted or not, against an evaluator that asks packet by packet; edits that are
// proposed, done on a copy and asked by the same evaluator.

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "compiler/change/why.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/packet/naive.h"
#include "tests/support/cubes.h"
#include "tests/support/random_policy.h"
#include "tests/support/random_question.h"
#include "tests/support/simulator.h"

namespace cordon::change {
namespace {

using packet::Packet;
using test::Random;

// Takes the upper half of the last range of each family.
void except_upper(const ir::Policy& policy, ir::Piece& piece, ir::Addresses& excepted) {
  for (const packet::Family family : packet::families) {
    const ir::Addresses own = piece.whole ? ir::hosts_of(policy, piece.network) : piece.addresses;
    const auto& ranges = own.of(family).ranges();
    if (ranges.empty()) continue;
    const packet::AddressRange upper{ranges.back().first + (ranges.back().last - ranges.back().first) / 2,
                                     ranges.back().last};
    excepted.of(family) = unite(excepted.of(family), packet::AddressSet(family, {upper}));
    piece.addresses.of(family) = subtract(own.of(family), packet::AddressSet(family, {upper}));
  }
  piece.whole = false;
}

// Some flows get exceptions, as a policy that was read has them: out of the end, and kept beside it.
void except_some(ir::Policy& policy, Random& random) {
  for (ir::Conduit& conduit : policy.conduits) {
    for (ir::Flow& flow : conduit.flows) {
      const ir::Endpoint end = policy.endpoints[flow.from];
      if (random.below(3) != 0 || end.device.valid() || end.pieces.empty()) continue;
      ir::Endpoint rest = end;
      ir::Excepted excepted;
      for (ir::Piece& piece : rest.pieces) except_upper(policy, piece, excepted.from);
      std::erase_if(rest.pieces, [](const ir::Piece& piece) { return piece.addresses.empty(); });
      if (rest.pieces.empty()) continue;
      flow.from = policy.endpoints.push_back(rest);
      flow.excepted.push_back(excepted);
    }
  }
}

// As a policy that was read always has it.
void place_conduits(ir::Policy& policy) {
  for (ir::Conduit& conduit : policy.conduits) {
    for (const ir::Flow& flow : conduit.flows) {
      if (!conduit.first.valid()) conduit.first = ir::zone_of(policy, policy.endpoints[flow.from]);
      if (!conduit.second.valid()) conduit.second = ir::zone_of(policy, policy.endpoints[flow.to]);
    }
  }
}

bool asks(const ir::FlowSet& question, const Packet& packet) {
  const Space space(question);
  return packet::evaluate(space.rules(), packet) == packet::Action::permit;
}

bool beyond(const Proposal& proposal, const Packet& packet) {
  return std::ranges::any_of(proposal.edits,
                             [&](const Edit& edit) { return test::holds(edit.beyond, packet); });
}

// Packets of the question are rare among random ones; these are at its corners.
std::vector<Packet> packets_of(const ir::Policy& policy, const Why& why, std::uint64_t seed) {
  std::vector<Packet> packets = test::random_packets(policy, seed, 60);
  for (const Part* part : {&why.allowed, &why.denied}) {
    if (part->example) packets.push_back(*part->example);
    for (const packet::Cube& cube : part->cubes) {
      if (cube.services.front().flags != packet::any_tcp_flags) continue;
      Packet packet = *part->example;
      packet.family = cube.family();
      packet.source = cube.source.ranges().back().last;
      packet.destination = cube.destination.ranges().back().last;
      packets.push_back(packet);
    }
  }
  std::erase_if(packets, [](const Packet& packet) { return !test::opens_something(packet); });
  return packets;
}

struct Seen {
  std::size_t allowed = 0, denied = 0, partly = 0, proposals = 0, packets = 0;
  std::array<std::size_t, 10> kinds{};
};

void judge_answer(const ir::Policy& policy, const ir::FlowSet& question, const Why& why, std::uint64_t seed,
                  Seen& seen) {
  const test::Intent slow(policy);
  for (const Packet& packet : packets_of(policy, why, seed)) {
    const bool asked = asks(question, packet);
    REQUIRE_MESSAGE(test::holds(why.allowed.cubes, packet) == (asked && slow.opens(packet)),
                    to_string(packet));
    REQUIRE_MESSAGE(test::holds(why.denied.cubes, packet) == (asked && !slow.opens(packet)),
                    to_string(packet));
    seen.packets += asked;
  }
  REQUIRE((why.answer == Answer::denied) == why.allowed.empty());
  REQUIRE((why.answer == Answer::allowed) == why.denied.empty());
  REQUIRE(why.causes.empty() == why.allowed.empty());
  REQUIRE(why.refusals.empty() == why.denied.empty());
  seen.allowed += why.answer == Answer::allowed;
  seen.denied += why.answer == Answer::denied;
  seen.partly += why.answer == Answer::partly;
}

void judge_proposal(const ir::Policy& policy, const ir::FlowSet& question, const Why& why,
                    const Proposal& proposal, std::uint64_t seed, Seen& seen) {
  const ir::Policy after = edited(policy, proposal.edits);
  const test::Intent was(policy), is(after);
  for (const Packet& packet : packets_of(policy, why, seed)) {
    CAPTURE(to_string(packet));
    const bool asked = asks(question, packet), turned = is.opens(packet) != was.opens(packet);
    if (asked || turned) REQUIRE(is.opens(packet) == proposal.opens);
    if (!asked) REQUIRE(beyond(proposal, packet) == turned);
  }
  for (const Edit& edit : proposal.edits) ++seen.kinds[static_cast<std::size_t>(edit.kind)];
  ++seen.proposals;
}

TEST_CASE(
    "the answer is what an evaluator sees, and the proposed edits turn it round and do no more than they "
    "say") {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    ir::Policy policy = test::random_policy(seed);
    if (policy.endpoints.empty() || policy.service_lists.empty()) continue;
    place_conduits(policy);
    except_some(policy, random);
    const Intent intent(policy);
    for (int count = 0; count < 3; ++count) {
      const ir::FlowSet question = test::random_question(policy, random);
      const auto why = explain(intent, question);
      REQUIRE(why);
      if (!*why) continue;
      judge_answer(policy, question, **why, seed, seen);
      for (const Proposal& proposal : (*why)->proposals)
        judge_proposal(policy, question, **why, proposal, seed, seen);
    }
  }
  CHECK(seen.allowed > 300);
  CHECK(seen.denied > 1000);
  CHECK(seen.partly > 300);
  CHECK(seen.proposals > 2000);
  CHECK(seen.packets > 10000);
  using Kind = Edit::Kind;
  for (const Kind kind :
       {Kind::remove_excepts, Kind::add_services, Kind::add_flow, Kind::add_conduit, Kind::stop_isolating,
        Kind::remove_services, Kind::add_except, Kind::remove_flow, Kind::isolate}) {
    CAPTURE(static_cast<int>(kind));
    CHECK(seen.kinds[static_cast<std::size_t>(kind)] > 5);
  }
}

}  // namespace
}  // namespace cordon::change
