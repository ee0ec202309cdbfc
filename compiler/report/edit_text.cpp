// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/edit_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compiler/report/cubes.h"

namespace cordon::report {
namespace {

using change::Edit;
using Kind = Edit::Kind;

// The words of a list as it is written, in brackets, line by line, or alone.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  constexpr std::string_view between = " \t\n\r,[]{}'\"";
  for (std::size_t at = text.find_first_not_of(between); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(between, at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (word.front() == '#') {  // a comment
      at = text.find('\n', at);
      at = at == std::string_view::npos ? at : text.find_first_not_of(between, at);
      continue;
    }
    if (word != "-") words.emplace_back(word);
    at = text.find_first_not_of(between, end);
  }
  return words;
}

class Writer {
 public:
  Writer(const ir::Policy& policy, const source::Sources& sources, const PolicyWords& words, const Edit& edit)
      : policy_(policy), sources_(sources), words_(words), edit_(edit) {}

  EditText run() {
    switch (edit_.kind) {
      case Kind::remove_excepts:
        return remove_excepts();
      case Kind::add_services:
        return add_services();
      case Kind::add_flow:
        return add_flow();
      case Kind::add_conduit:
        return add_conduit();
      case Kind::remove_services:
        return remove_services();
      case Kind::add_except:
        return add_except();
      case Kind::remove_flow:
        return remove_flow();
      case Kind::stop_isolating:
        return {zone_place(), fmt::format("take `isolate: true` out of zone {}", zone().name), {}};
      case Kind::isolate:
        return {zone_place(), fmt::format("add to zone {}:", zone().name), {"isolate: true"}};
      case Kind::remove_relay:
        return {
            place_text(sources_, policy_.networks[edit_.network].dhcp->range),
            fmt::format("take `relay` out of the DHCP of network {}", policy_.networks[edit_.network].name),
            {}};
    }
    return {};
  }

 private:
  [[nodiscard]] const ir::Zone& zone() const { return policy_.zones[edit_.zone]; }
  [[nodiscard]] std::string zone_place() const { return place_text(sources_, zone().name_range); }
  [[nodiscard]] const ir::Flow& flow() const { return policy_.flow(edit_.flow); }
  [[nodiscard]] const ir::Conduit& conduit() const { return policy_.conduits[edit_.flow.conduit]; }
  [[nodiscard]] std::string flow_place() const { return place_text(sources_, flow().range); }

  // A module's line is of everybody who uses the module.
  [[nodiscard]] std::string conduit_name() const {
    const std::string& name = conduit().name;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos) return name;
    return fmt::format("{} (in a copy of module {} of your own)", name, name.substr(0, dot));
  }
  [[nodiscard]] std::string flow_name() const {
    return fmt::format("flow {} of conduit {}", flow().number, conduit_name());
  }

  [[nodiscard]] EditText remove_excepts() const {
    std::vector<std::string> gone, kept;
    for (std::uint32_t at = 0; at < flow().excepted.size(); ++at) {
      const bool goes = std::ranges::find(edit_.excepted, at) != edit_.excepted.end();
      (goes ? gone : kept).push_back(flow().excepted[at].name);
    }
    EditText text{flow_place(),
                  fmt::format("take `{}` out of `except` in {}", fmt::join(gone, "`, `"), flow_name()),
                  {}};
    if (!kept.empty()) text.paste.push_back("except: " + PolicyWords::list(kept, false));
    return text;
  }

  [[nodiscard]] EditText add_services() const {
    const std::vector<std::string> added = words_.services(edit_.services);
    std::vector<std::string> all = words_of(sources_.text(flow().services_range));
    all.insert(all.end(), added.begin(), added.end());
    return {flow_place(),
            fmt::format("add `{}` to the services of {}:", fmt::join(added, "`, `"), flow_name()),
            {"services: " + PolicyWords::list(all, false)}};
  }

  [[nodiscard]] EditText add_flow() const {
    const ir::Conduit& there = policy_.conduits[edit_.conduit];
    return {place_text(sources_, there.name_range),
            fmt::format("add to the flows of conduit {}:", there.name),
            {"- " + words_.flow(edit_)}};
  }

  [[nodiscard]] EditText add_conduit() const {
    const std::string from = zone_name(edit_.from, edit_.to), to = zone_name(edit_.to, edit_.from);
    return {{},
            "add a conduit:",
            {"conduits:", fmt::format("  {}:", free_name(edit_.from, edit_.to)),
             fmt::format("    between: [{}, {}]", from, to), "    flows:", "      - " + words_.flow(edit_)}};
  }

  // A device stands in no zone: its conduits are of the other end's.
  [[nodiscard]] std::string zone_name(const change::Party& party, const change::Party& other) const {
    if (party.zone.valid()) return policy_.zones[party.zone].name;
    if (other.zone.valid()) return policy_.zones[other.zone].name;
    return policy_.zones.empty() ? std::string() : policy_.zones.begin()->name;
  }
  [[nodiscard]] std::string party_name(const change::Party& party) const {
    return party.device.valid() ? policy_.devices[party.device].name : policy_.zones[party.zone].name;
  }
  [[nodiscard]] std::string free_name(const change::Party& from, const change::Party& to) const {
    const auto taken = [&](const std::string& name) {
      return std::ranges::any_of(policy_.conduits,
                                 [&](const ir::Conduit& each) { return each.name == name; });
    };
    std::string name = party_name(from) + "-to-" + party_name(to);
    std::ranges::replace(name, '.', '-');
    std::string free = name;
    for (std::size_t number = 2; taken(free); ++number) free = fmt::format("{}-{}", name, number);
    return free;
  }

  // Words that hold nothing of what goes stay as they are; of the others what is left of their terms.
  [[nodiscard]] EditText remove_services() const {
    std::vector<std::string> kept, gone;
    for (const std::string& word : words_of(sources_.text(flow().services_range))) {
      const packet::ServiceSet terms = packet::normalize(words_.terms(word, conduit()));
      const auto left = change::without(terms, edit_.services);
      if (terms.empty() || !left) return remove_services_plainly();
      (*left == terms ? kept : gone).push_back(word);
      if (*left == terms) continue;
      for (std::string& each : words_.services(*left)) kept.push_back(std::move(each));
    }
    if (kept.empty() || gone.empty()) return remove_services_plainly();
    return {flow_place(),
            fmt::format("take `{}` out of the services of {}:", fmt::join(gone, "`, `"), flow_name()),
            {"services: " + PolicyWords::list(kept, false)}};
  }
  [[nodiscard]] EditText remove_services_plainly() const {
    const auto left = change::without(policy_.service_lists[flow().services].terms, edit_.services);
    return {flow_place(),
            fmt::format("leave these services in {}:", flow_name()),
            {"services: " + PolicyWords::list(words_.services(left.value_or(packet::ServiceSet{})), false)}};
  }

  [[nodiscard]] EditText add_except() const {
    std::vector<std::string> all;
    for (const ir::Excepted& excepted : flow().excepted) all.push_back(excepted.name);
    const EndWords end = words_.end(edit_.except);
    all.insert(all.end(), end.words.begin(), end.words.end());
    // What those words hold beyond the set is spelled out by prefixes instead.
    if (!end.except.empty()) {
      all.resize(flow().excepted.size());
      for (const packet::Family family : packet::families) {
        for (const packet::Prefix& prefix : edit_.except.of(family).prefixes())
          all.push_back(to_string(prefix));
      }
    }
    return {
        flow_place(), fmt::format("add to {}:", flow_name()), {"except: " + PolicyWords::list(all, false)}};
  }

  [[nodiscard]] EditText remove_flow() const {
    const bool last = change::flows_of_line(policy_, edit_.flow).size() == conduit().flows.size();
    return {last ? place_text(sources_, conduit().name_range) : flow_place(),
            last ? fmt::format("take out conduit {}, which has no other flow", conduit_name())
                 : fmt::format("take out {}", flow_name()),
            {}};
  }

  const ir::Policy& policy_;
  const source::Sources& sources_;
  const PolicyWords& words_;
  const Edit& edit_;
};

}  // namespace

EditText edit_text(const ir::Policy& policy, const source::Sources& sources, const PolicyWords& words,
                   const Edit& edit) {
  return Writer(policy, sources, words, edit).run();
}

}  // namespace cordon::report
