// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_hooks.h"

#include <algorithm>

#include <boost/functional/hash.hpp>

namespace cordon::backends::nftables::reading {
namespace {

using config::FilterId;
using config::InterfaceId;
using config::Stage;

constexpr int priority_of_defragmentation = -400;
constexpr int priority_of_conntrack = -200;

std::uint8_t families_of(TableFamily family) {
  if (family == TableFamily::ip) return 1;
  return family == TableFamily::ip6 ? 2 : both_families;
}

bool sees_crossings(Hook hook) {
  return hook == Hook::prerouting || hook == Hook::forward || hook == Hook::postrouting;
}

// Before conntrack looked, every packet has the state `invalid`.
bool before_conntrack(const Chain& chain) {
  return chain.hook == Hook::prerouting && chain.priority <= priority_of_conntrack;
}

bool may_refuse(const Chain& chain) { return chain.drops || !chain.rules.empty(); }

std::string name_of(const Table& table, const Chain& chain) { return table.name + " " + chain.name; }

// As names of filters are written.
std::string slug(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (c == '*') {
      out += "any";
    } else {
      out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ? c : '-';
    }
  }
  return out;
}

// Wherever the rules come from.
bool alike(config::Rule a, const config::Rule& b) {
  a.origin = b.origin;
  return a == b;
}

bool mean_the_same(const config::Filter& a, const config::Filter& b) {
  return a.stateful == b.stateful && std::ranges::equal(a.rules, b.rules, alike);
}

// Of filters that mean the same, the same.
std::size_t meaning(const config::Filter& filter) {
  std::size_t seed = filter.rules.size();
  for (const config::Rule& rule : filter.rules) {
    boost::hash_combine(seed, rule.source.value);
    boost::hash_combine(seed, rule.destination.value);
    boost::hash_combine(seed, rule.services.value);
    boost::hash_combine(seed, static_cast<unsigned>(rule.action));
    boost::hash_combine(seed, static_cast<unsigned>(rule.states));
  }
  return seed;
}

}  // namespace

void Hooks::read() {
  find_kernel();
  Lowering lowering(ruleset_, kernel_, reading_.device);
  find_bases(lowering);
  for (const Base& base : bases_) judge_notrack(base);
  const InterfaceClasses classes(lowering.space());
  add_interfaces(classes);
  Walker walker(lowering, classes, kernel_, reading_);
  for (const Base& base : bases_) write(base, walker, classes);
  if (lowering.space().exhausted()) {
    const Range first = ruleset_.tables.begin()->second->range;
    reading_.gaps.push_back({first, "the sets of this ruleset are too large together", {}});
  }
  reading_.ignored_lines += lowering.ignored();
}

// Conntrack, and with it the defragmentation of a family, is on as soon as any rule of a table of that family
// speaks of it, whether or not a packet comes by; so it is for chains of type `nat`.
// unverified: what conntrack in the families `bridge` and `netdev` switches on for `ip`.
void Hooks::find_kernel() {
  for (const auto& [key, table] : ruleset_.tables) {
    const std::uint8_t families = table->family == TableFamily::arp || table->family == TableFamily::bridge
                                      ? 0
                                      : families_of(table->family);
    if (table->dormant) continue;
    for (const auto& [name, chain] : table->chain_names) {
      const bool uses =
          chain->type == ChainType::nat || std::ranges::any_of(chain->rules, &Sentence::uses_conntrack);
      if (!uses) continue;
      uses_conntrack_ = true;
      kernel_.whole[0] = kernel_.whole[0] || (families & 1U) != 0;
      kernel_.whole[1] = kernel_.whole[1] || (families & 2U) != 0;
    }
  }
  reading_.reassembles = kernel_.whole[0] && kernel_.whole[1];
}

// Whether the chain has a say in crossings or in packets for the device.
bool Hooks::bears(const Table& table, const Chain& chain) {
  const auto ignore = [&] {
    reading_.ignored_lines += static_cast<std::uint32_t>(chain.rules.size());
    return false;
  };
  if (table.dormant || chain.hook == Hook::output || table.family == TableFamily::arp) return ignore();
  if (table.family == TableFamily::bridge && chain.hook == Hook::forward) return ignore();
  if (table.family == TableFamily::bridge || table.family == TableFamily::netdev ||
      chain.hook == Hook::ingress || chain.hook == Hook::egress || chain.hook == Hook::other) {
    if (may_refuse(chain)) {
      reading_.gaps.push_back(
          {chain.range, "a chain that this reader does not follow sees the packets first", {}});
    }
    return false;
  }
  return true;
}

void Hooks::find_bases(Lowering& lowering) {
  for (const auto& [key, table] : ruleset_.tables) {
    for (const auto& [name, chain] : table->chain_names) {
      if (chain->hook == Hook::none || !bears(*table, *chain)) continue;
      const Base base{table.get(), chain, &lowering.chapter(*table, *chain)};
      if (chain->type == ChainType::nat) {
        judge_translation(base, lowering);
      } else {
        bases_.push_back(base);
      }
    }
  }
}

// Translation at `input` and `output` is of the device's own packets.
void Hooks::judge_translation(const Base& base, Lowering& lowering) {
  if (!sees_crossings(base.chain->hook)) return;
  for (const Entry& entry : base.chapter->entries) {
    Reach found;
    std::set<const Chapter*> seen;
    reach(entry, found, seen);
    if (found.translates || entry.deed == Deed::deny) {
      const Range range =
          entry.origin.valid() ? reading_.device.origins[entry.origin].range : base.chain->range;
      const std::string reason =
          found.translates ? std::string(config::addresses_are_translated) : "a chain of type nat refuses";
      reading_.gaps.push_back({range, reason, {}});
    }
    if (entry.deed == Deed::unknown) {
      const Fault& fault = lowering.faults()[entry.fault];
      reading_.gaps.push_back({fault.range, fault.reason, {}});
    }
  }
  if (base.chain->drops) reading_.gaps.push_back({base.chain->range, "a chain of type nat refuses", {}});
}

// `notrack` counts at prerouting before conntrack, and there for packets that nothing let off before.
void Hooks::judge_notrack(const Base& base) {
  if (!before_conntrack(*base.chain)) return;
  if (!reach(*base.chapter).exempts) return;
  if (base.chain->priority > priority_of_defragmentation && base.chain->priority < priority_of_conntrack) {
    exempt(base);
    return;
  }
  reading_.gaps.push_back({base.chain->range, "packets are exempt from tracking before they are whole", {}});
}

void Hooks::exempt(const Base& base) {
  Cell everything;
  for (const Entry& entry : base.chapter->entries) {
    if (entry.deed == Deed::deny) continue;
    Cell cell = entry.cell;
    everything.families = cell.families;
    if (entry.deed == Deed::notrack && cell == everything) {
      const auto families = static_cast<std::uint8_t>(cell.families & families_of(base.table->family));
      kernel_.untracked[0] = kernel_.untracked[0] || (families & 1U) != 0;
      kernel_.untracked[1] = kernel_.untracked[1] || (families & 2U) != 0;
      if ((families_of(base.table->family) & ~families) == 0) return;
      continue;
    }
    break;
  }
  const bool all = kernel_.untracked[0] && kernel_.untracked[1];
  if (uses_conntrack_ && !all) {
    reading_.gaps.push_back(
        {base.chain->range, "some packets are exempt from tracking, and others are not", {}});
  }
}

void Hooks::add_interfaces(const InterfaceClasses& classes) {
  for (const std::string& port : classes.ports()) {
    config::Interface interface;
    interface.port = shown(port);
    reading_.device.interfaces.push_back(std::move(interface));
  }
}

// Follows jumps; each chapter once.
void Hooks::reach(const Entry& entry, Reach& found, std::set<const Chapter*>& seen) {
  std::vector<const Entry*> waiting = {&entry};
  bool outermost = true;
  while (!waiting.empty()) {
    const Entry& next = *waiting.back();
    waiting.pop_back();
    if (next.cell.in.valid()) found.in.insert(next.cell.in);
    if (next.cell.out.valid()) found.out.insert(next.cell.out);
    const bool leaves_base = outermost && (next.deed == Deed::leave || next.deed == Deed::go_to);
    outermost = false;
    found.accepts = found.accepts || next.deed == Deed::accept || next.deed == Deed::unknown || leaves_base;
    found.translates = found.translates || next.deed == Deed::translate;
    found.asks_state = found.asks_state || next.cell.states != every_state;
    found.exempts = found.exempts || next.deed == Deed::notrack;
    if (next.target == nullptr || !seen.insert(next.target).second) continue;
    for (const Entry& inner : next.target->entries) waiting.push_back(&inner);
  }
}

Hooks::Reach Hooks::reach(const Chapter& chapter) {
  Reach found;
  std::set<const Chapter*> seen;
  for (const Entry& entry : chapter.entries) reach(entry, found, seen);
  return found;
}

void Hooks::write(const Base& base, Walker& walker, const InterfaceClasses& classes) {
  const Chain& chain = *base.chain;
  hook_ = chain.hook;
  const Program program{base.chapter, !chain.drops, families_of(base.table->family), chain.range,
                        name_of(*base.table, chain)};
  const Reach all = reach(*base.chapter);
  const bool knows_in = hook_ != Hook::postrouting;
  const bool knows_out = hook_ == Hook::forward || hook_ == Hook::postrouting;
  if ((!knows_in && !all.in.empty()) || (!knows_out && !all.out.empty())) {
    reading_.gaps.push_back({chain.range, "interfaces are tested where they are not known", {}});
  }
  if (before_conntrack(chain) && all.asks_state) {
    reading_.gaps.push_back({chain.range, "states are tested before there are any", {}});
  }
  if (hook_ == Hook::forward) return write_forward(program, walker, classes);
  if (knows_in && !all.in.empty()) return write_groups(program, walker, classes, true);
  if (knows_out && !all.out.empty()) return write_groups(program, walker, classes, false);
  write_one(program, walker);
}

void Hooks::write_forward(const Program& program, Walker& walker, const InterfaceClasses& classes) {
  for (const Program& part : split(program)) {
    const Reach asked = reach(*part.chapter);
    if (!asked.in.empty() && !asked.out.empty()) {
      write_pairs(part, walker, classes);
    } else if (!asked.in.empty() || !asked.out.empty()) {
      write_groups(part, walker, classes, !asked.in.empty());
    } else {
      write_one(part, walker);
    }
  }
}

// Entries that ask for no interface stand in every part. Before the first other entry that accepts or asks
// for both, those that only refuse go into a part of their own by the interface that they ask for: what
// passes there is decided by the rest. So each packet is refused by one part, or by none.
std::vector<Program> Hooks::split(const Program& program) {
  const Reach all = reach(*program.chapter);
  if (all.in.empty() || all.out.empty()) return {program};
  Chapter* const parts[] = {&parts_.emplace_back(), &parts_.emplace_back(), &parts_.emplace_back()};
  bool used[3] = {false, false, true};
  bool in_rest = false;
  for (Chapter* const part : parts) part->chain = program.chapter->chain;
  for (const Entry& entry : program.chapter->entries) {
    Reach asked;
    std::set<const Chapter*> seen;
    reach(entry, asked, seen);
    const bool asks = !asked.in.empty() || !asked.out.empty();
    in_rest = in_rest || (asks && (asked.accepts || (!asked.in.empty() && !asked.out.empty())));
    if (in_rest) {
      parts[2]->entries.push_back(entry);
    } else if (asks) {
      const std::size_t part = asked.in.empty() ? 1 : 0;
      parts[part]->entries.push_back(entry);
      used[part] = true;
    } else {
      for (Chapter* const part : parts) part->entries.push_back(entry);
    }
  }
  std::vector<Program> out;
  for (std::size_t part = 0; part < 3; ++part) {
    Program one = program;
    one.chapter = parts[part];
    if (part < 2) one.permits = true;
    if (used[part]) out.push_back(std::move(one));
  }
  return out;
}

// Chains of several hooks often lead to the same chapters: what comes out the same is one filter.
FilterId Hooks::write_filter(const Program& program, Walker& walker, const Stand& stand, std::string name) {
  const FilterId id{static_cast<std::uint32_t>(reading_.device.filters.size())};
  const std::size_t gaps = reading_.gaps.size();
  config::Filter filter = walker.walk(program, stand, id);
  if (reading_.gaps.size() == gaps) {
    const std::size_t key = meaning(filter);
    const auto [first, last] = written_.equal_range(key);
    for (auto known = first; known != last; ++known) {
      if (mean_the_same(reading_.device.filters[known->second], filter)) return known->second;
    }
    written_.emplace(key, id);
  }
  filter.name = unique_name(std::move(name));
  reading_.device.filters.push_back(std::move(filter));
  return id;
}

std::string Hooks::unique_name(std::string name) {
  const unsigned uses = names_[name]++;
  if (uses > 0) name += "." + std::to_string(uses + 1);
  return name;
}

void Hooks::bind(FilterId filter, const Group& group) {
  for (const ClassId id : group) {
    const InterfaceId interface {
      id
    };
    if (hook_ == Hook::postrouting) {
      reading_.device.bindings.push_back({Stage::interface_out, interface, filter});
    } else if (hook_ != Hook::input) {
      reading_.device.bindings.push_back({Stage::interface_in, interface, filter});
    }
    if (hook_ == Hook::input || hook_ == Hook::prerouting) {
      reading_.device.bindings.push_back({Stage::own, interface, filter});
    }
  }
}

void Hooks::write_one(const Program& program, Walker& walker) {
  const FilterId filter = write_filter(program, walker, {}, slug(program.name));
  if (hook_ == Hook::input || hook_ == Hook::prerouting) {
    reading_.device.bindings.push_back({Stage::own, {}, filter});
  }
  if (hook_ == Hook::input) return;
  const Stage stage = hook_ == Hook::postrouting ? Stage::interface_out : Stage::interface_in;
  for (const InterfaceId interface : reading_.device.interfaces.ids()) {
    reading_.device.bindings.push_back({stage, interface, filter});
  }
}

void Hooks::write_groups(const Program& program, Walker& walker, const InterfaceClasses& classes,
                         bool by_in) {
  const Reach asked = reach(*program.chapter);
  const auto& tests = by_in ? asked.in : asked.out;
  for (const Group& group : classes.groups({tests.begin(), tests.end()})) {
    Stand stand;
    (by_in ? stand.in : stand.out) = group.front();
    const std::string name = slug(program.name + (by_in ? ".in." : ".out.") + classes.ports()[group.front()]);
    const FilterId filter = write_filter(program, walker, stand, name);
    if (by_in) {
      bind(filter, group);
      continue;
    }
    for (const ClassId id : group) {
      reading_.device.bindings.push_back({Stage::interface_out, InterfaceId{id}, filter});
    }
  }
}

void Hooks::write_pairs(const Program& program, Walker& walker, const InterfaceClasses& classes) {
  const std::size_t count = classes.ports().size();
  if (count * count > most_pairs) {
    reading_.gaps.push_back(
        {program.range, "rules ask for both interfaces, of which there are too many", {}});
    return;
  }
  const Reach asked = reach(*program.chapter);
  for (const Group& in : classes.groups({asked.in.begin(), asked.in.end()})) {
    for (const Group& out : classes.groups({asked.out.begin(), asked.out.end()})) {
      const std::string name =
          slug(program.name + "." + classes.ports()[in.front()] + "." + classes.ports()[out.front()]);
      const FilterId filter = write_filter(program, walker, {in.front(), out.front()}, name);
      for (const ClassId from : in) {
        for (const ClassId to : out) reading_.between.push_back({InterfaceId{from}, InterfaceId{to}, filter});
      }
    }
  }
}

}  // namespace cordon::backends::nftables::reading
