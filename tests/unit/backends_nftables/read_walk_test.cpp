// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Chains that lead to chains, at random, against an interpreter that follows one packet rule by rule as
// nft(8) says: it shares nothing with the reader.

#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "read_expectations.h"

namespace cordon::test {
namespace {

constexpr unsigned ports = 6;
const std::vector<std::string> names = {"a", "b", "eth0", "eth1", "x"};

struct Step {
  std::vector<std::string> in, out;  // none: any
  bool not_in = false, not_out = false;
  unsigned first = 0, last = ports;
  std::string verdict;  // `accept`, `jump`
  unsigned target = 0;
};
using Steps = std::vector<Step>;

struct Ruleset {
  bool accepts = false;  // the policy
  std::vector<Steps> chains;
};

struct Journey {
  std::string in, out;
  unsigned port = 0;
};

bool named(const std::vector<std::string>& patterns, const std::string& name) {
  for (const std::string& pattern : patterns) {
    const bool wildcard = pattern.ends_with('*');
    if (wildcard ? name.starts_with(pattern.substr(0, pattern.size() - 1)) : name == pattern) return true;
  }
  return false;
}

bool matches(const Step& step, const Journey& journey) {
  if (!step.in.empty() && named(step.in, journey.in) == step.not_in) return false;
  if (!step.out.empty() && named(step.out, journey.out) == step.not_out) return false;
  return step.first <= journey.port && journey.port <= step.last;
}

enum class Fate : std::uint8_t { accepted, dropped, undecided };

Fate follow(const Ruleset& ruleset, unsigned chain, const Journey& journey) {
  for (const Step& step : ruleset.chains[chain]) {
    if (!matches(step, journey)) continue;
    if (step.verdict == "accept") return Fate::accepted;
    if (step.verdict == "drop") return Fate::dropped;
    if (step.verdict == "return") return Fate::undecided;
    const Fate fate = follow(ruleset, step.target, journey);
    if (fate != Fate::undecided || step.verdict == "goto") return fate;
  }
  return Fate::undecided;
}

std::string interfaces(const std::string& key, const std::vector<std::string>& patterns, bool negated) {
  if (patterns.empty()) return "";
  std::string text = key + (negated ? " != {" : " {");
  for (const std::string& pattern : patterns) text += " \"" + pattern + "\",";
  text.back() = ' ';
  return text + "} ";
}

std::string text_of(const Ruleset& ruleset) {
  std::string text = "table inet t {\n";
  for (std::size_t chain = 0; chain < ruleset.chains.size(); ++chain) {
    text += "chain c" + std::to_string(chain) + " {\n";
    if (chain == 0) {
      text += "type filter hook forward priority 0; policy " +
              std::string(ruleset.accepts ? "accept" : "drop") + ";\n";
    }
    for (const Step& step : ruleset.chains[chain]) {
      text += interfaces("iifname", step.in, step.not_in) + interfaces("oifname", step.out, step.not_out);
      text +=
          "tcp dport " + std::to_string(step.first) + "-" + std::to_string(step.last) + " " + step.verdict;
      if (step.verdict == "jump" || step.verdict == "goto") text += " c" + std::to_string(step.target);
      text += "\n";
    }
    text += "}\n";
  }
  return text + "}\n";
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Ruleset ruleset() {
    Ruleset made;
    made.accepts = one_in(2);
    both_ = one_in(2);
    const unsigned count = 1 + below(5);
    for (unsigned chain = 0; chain < count; ++chain) {
      Steps& steps = made.chains.emplace_back();
      for (unsigned length = below(6); length > 0; --length) steps.push_back(step(chain, count));
    }
    return made;
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
  bool one_in(unsigned count) { return below(count) == 0; }

  std::vector<std::string> patterns() {
    const std::vector<std::string> all = {"a", "b", "eth0", "eth*"};
    std::vector<std::string> made = {all[below(4)]};
    if (one_in(2)) made.push_back(all[below(4)]);
    return made;
  }

  Step step(unsigned chain, unsigned count) {
    Step made;
    if (one_in(3)) made.in = patterns();
    if (both_ && one_in(3)) made.out = patterns();
    made.not_in = one_in(3);
    made.not_out = one_in(3);
    made.first = below(ports);
    made.last = made.first + below(ports - made.first);
    const unsigned kind = below(chain + 1 < count ? 7 : 3);
    made.verdict = kind == 0   ? "accept"
                   : kind == 1 ? "drop"
                   : kind == 2 ? "return"
                   : kind < 6  ? "jump"
                               : "goto";
    if (kind > 2) made.target = chain + 1 + below(count - chain - 1);
    return made;
  }

  std::mt19937 random_;
  bool both_ = false;
};

packet::Packet packet_to(unsigned port) {
  packet::Packet packet;
  packet.source = 0x0a000001;
  packet.destination = 0x0a000002;
  packet.protocol = packet::protocol::tcp;
  packet.destination_port = static_cast<std::uint16_t>(port);
  return packet;
}

void check(const Ruleset& ruleset) {
  const std::string text = text_of(ruleset);
  Read read;
  read_into(read, text);
  REQUIRE(read.reading.gaps.empty());
  std::string wrong;
  for (const std::string& in : names) {
    for (const std::string& out : names) {
      for (unsigned port = 0; port < ports; ++port) {
        const Fate fate = follow(ruleset, 0, {in, out, port});
        const bool passes = fate == Fate::accepted || (fate == Fate::undecided && ruleset.accepts);
        const bool read_so = verdict(read.reading, in, out, packet_to(port)) == config::Action::permit;
        if (passes != read_so) wrong = in + " " + out + " " + std::to_string(port);
      }
    }
  }
  CHECK_MESSAGE(wrong.empty(), wrong << "\n" << text);
}

TEST_CASE("chains mean what following a packet through them says") {
  for (unsigned seed = 0; seed < 400; ++seed) check(Maker(seed).ruleset());
}

}  // namespace
}  // namespace cordon::test
