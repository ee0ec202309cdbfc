// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Rulesets of nftables with one mistake each, what the proof says of them, and packets for the kernel to
// decide.
//
//   live_mutants FOLDER COUNT POLICY...
//
// Writes COUNT mutants for each nftables device, `DEVICE-N.nft`, and `index.json`: for each device its
// interfaces, and for each ruleset whether it is proved and packets with the crossing, what is planned
// for them and what the ruleset does with them by its reader. Only packets that begin a conversation and that
// a kernel takes for that.

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/backend/backend.h"
#include "compiler/cli/pipeline.h"
#include "compiler/packet/address.h"
#include "compiler/prove/local_addresses.h"
#include "compiler/prove/translation.h"
#include "tests/mutation/judge.h"
#include "tests/mutation/mutate.h"

using namespace cordon;
using nlohmann::json;

namespace {

constexpr std::size_t packets_each = 60;
constexpr std::uint8_t syn = 2, echo = 8, echo6 = 128;

bool inside(packet::Address address, std::initializer_list<const char*> prefixes) {
  return std::ranges::any_of(prefixes, [&](const char* text) {
    const auto prefix = packet::parse_prefix(text);
    return prefix && prefix->family() == address.family && prefix->first() <= address.bits &&
           address.bits <= prefix->last();
  });
}

// What a kernel sends on from one host to another.
bool is_host(packet::Address address) {
  return !inside(address, {"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/8", "fe80::/10",
                           "ff00::/8"});
}

// As a first packet of its kind; nothing where conntrack would not take it for one.
std::optional<packet::Packet> opening(packet::Packet packet) {
  packet.state = packet::State::fresh;
  packet.fragment = packet::Fragment::first_or_whole;
  if (packet.protocol == packet::protocol::tcp) {
    packet.tcp_flags = syn;
  } else if (packet::is_icmp(packet.protocol)) {
    const bool v4 = packet.family == packet::Family::ipv4;
    if (packet.protocol != (v4 ? packet::protocol::icmp : packet::protocol::icmpv6)) return std::nullopt;
    packet.icmp_type = v4 ? echo : echo6;
    packet.icmp_code = 0;
  } else if (packet.protocol != packet::protocol::udp) {
    return std::nullopt;
  }
  return packet;
}

std::string line_of(const packet::Packet& packet) {
  return fmt::format("{} {} {} {} {} {} {} {} {} 0", packet.family == packet::Family::ipv4 ? 4 : 6,
                     to_string(packet::Address{packet.family, packet.source}),
                     to_string(packet::Address{packet.family, packet.destination}), packet.protocol,
                     packet.source_port, packet.destination_port, packet.icmp_type, packet.icmp_code,
                     packet.tcp_flags);
}

class Case {
 public:
  Case(const config::Device& planned, std::string text)
      : planned_(planned), platform_(*backend::find_backend(planned.platform)), text_(std::move(text)) {
    original_ = read(text_, sources_);
  }

  json run(const std::filesystem::path& folder, std::size_t count, std::size_t number) {
    json rulesets = json::array();
    test::Mutator mutator(text_, number);
    std::optional<test::Mutant> mutant = test::Mutant{.kind = "none", .line = 0, .text = text_};
    for (std::size_t tries = 0; rulesets.size() <= count && tries < count * 50;
         ++tries, mutant = mutator.next()) {
      if (!mutant) continue;
      json made = judged(*mutant);
      if (made.empty()) continue;
      const std::string name = fmt::format("{}-{}.nft", number, rulesets.size());
      std::ofstream(folder / name, std::ios::binary) << mutant->text;
      made["file"] = name;
      rulesets.push_back(std::move(made));
    }
    return {{"device", planned_.name}, {"interfaces", interfaces()}, {"rulesets", std::move(rulesets)}};
  }

 private:
  [[nodiscard]] config::Reading read(const std::string& text, source::Sources& sources) const {
    return platform_.read(sources, std::vector{sources.add("mutant", text)});
  }

  [[nodiscard]] json interfaces() const {
    json found = json::array();
    for (const config::Interface& each : planned_.interfaces)
      found.push_back({{"port", each.port},
                       {"ipv4", each.ipv4 ? to_string(each.ipv4->address) : ""},
                       {"ipv6", each.ipv6 ? to_string(each.ipv6->address) : ""}});
    return found;
  }

  // Nothing when the reader does not take it for a ruleset.
  [[nodiscard]] json judged(const test::Mutant& mutant) const {
    source::Sources sources;
    const config::Reading changed = read(mutant.text, sources);
    if (!changed.gaps.empty()) return {};
    const bool proved = prove::prove_translation(planned_, platform_.info().capabilities, changed).proved();
    return {{"kind", mutant.kind}, {"line", mutant.line}, {"proved", proved}, {"packets", packets(changed)}};
  }

  // Each conversation once, whichever way round; those first that the naive evaluator sees change.
  [[nodiscard]] json packets(const config::Reading& changed) const {
    std::vector<json> found, others;
    std::set<std::tuple<int, packet::Bits, packet::Bits, int, int, int>> known;
    for (const packet::Packet& tried : test::tried_packets(original_, changed)) {
      const auto packet = opening(tried);
      if (!packet || !crosses(*packet)) continue;
      const int from = packet->source_port, to = packet->destination_port,
                family = static_cast<int>(packet->family);
      if (!known.insert({family, packet->source, packet->destination, packet->protocol, from, to}).second)
        continue;
      if (!known.insert({family, packet->destination, packet->source, packet->protocol, to, from}).second)
        continue;
      const Crossing changing = changing_crossing(*packet, changed);
      const Crossing crossing = changing.valid() ? changing : crossing_number(others.size());
      (changing.valid() ? found : others)
          .push_back({{"in", crossing.in.value},
                      {"out", crossing.out.value},
                      {"packet", line_of(*packet)},
                      {"planned", test::planned_crosses(planned_, crossing.in, crossing.out, *packet)},
                      {"read", test::read_crosses(planned_, changed, crossing.in, crossing.out, *packet)}});
    }
    found.insert(found.end(), others.begin(), others.end());
    found.resize(std::min(found.size(), packets_each));
    return found;
  }

  struct Crossing {
    config::InterfaceId in, out;
    [[nodiscard]] bool valid() const { return in.valid(); }
  };

  [[nodiscard]] Crossing changing_crossing(const packet::Packet& packet,
                                           const config::Reading& changed) const {
    for (const config::InterfaceId in : planned_.interfaces.ids()) {
      for (const config::InterfaceId out : planned_.interfaces.ids()) {
        const bool wanted = test::planned_crosses(planned_, in, out, packet);
        if (in != out && wanted != test::read_crosses(planned_, changed, in, out, packet)) return {in, out};
      }
    }
    return {};
  }

  [[nodiscard]] Crossing crossing_number(std::size_t number) const {
    const std::size_t count = planned_.interfaces.size();
    const std::size_t in = number % count, step = 1 + number / count % (count - 1);
    return {config::InterfaceId{static_cast<std::uint32_t>(in)},
            config::InterfaceId{static_cast<std::uint32_t>((in + step) % count)}};
  }

  [[nodiscard]] bool crosses(const packet::Packet& packet) const {
    const packet::Address source{packet.family, packet.source},
        destination{packet.family, packet.destination};
    const packet::AddressSet local = prove::local_addresses(planned_).of(packet.family);
    return is_host(source) && is_host(destination) && !local.contains(source) &&
           !local.contains(destination) && packet.source != packet.destination;
  }

  const config::Device& planned_;
  const backend::Backend& platform_;
  std::string text_;
  source::Sources sources_;
  config::Reading original_;
};

void add_policy(const std::string& path, const std::filesystem::path& folder, std::size_t count,
                json& cases) {
  cli::PipelineOptions options;
  options.project = path;
  cli::Compilation compilation;
  cli::load(compilation, options);
  cli::plan_devices(compilation, options);
  if (!compilation.plan) throw std::runtime_error(path + ": does not compile");
  for (const config::Device& device : compilation.plan->devices) {
    if (device.platform != "nftables" || device.interfaces.size() < 2) continue;
    const std::string text = backend::find_backend(device.platform)->emit(device).front().text;
    cases.push_back(Case(device, text).run(folder, count, cases.size()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  if (argc < 4) return 2;
  try {
    const std::filesystem::path folder = arguments[1];
    json cases = json::array();
    for (const char* policy : arguments.subspan(3))
      add_policy(policy, folder, std::stoul(arguments[2]), cases);
    std::ofstream(folder / "index.json") << cases.dump() << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
