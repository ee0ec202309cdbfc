// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// First one walk of the packet-set engine over all flows as one list: it says which have a packet of their
// own, and those are done with. Of the others most are equal to a flow or plainly inside one, which needs no
// sets of packets. What remains is taken apart: which packets of it are still without another flow? One of
// them is picked, the flow that takes the most of the rest away is chosen among those that hold it, and so
// on.

#include "compiler/check/superfluous.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "compiler/check/part_index.h"

namespace cordon::check {
namespace {

using packet::Family;
using packet::MatchRule;
using packet::PacketSet;
using packet::PacketSpace;
using packet::ServiceSet;
using packet::Undecided;

// More candidates than this for one packet are not weighed against each other.
constexpr std::size_t weighed = 32;

class Search {
 public:
  Search(std::span<const TrafficPart> parts, packet::Budget budget);
  packet::Decided<std::vector<Superfluous>> run();

 private:
  struct Own {  // what a part looks like to the engine, by family
    std::array<ServiceSet, 2> services;
  };

  [[nodiscard]] std::vector<MatchRule> rules_of(std::uint32_t part) const;
  bool find_doubtful();
  void find_equal();
  void find_held();
  void find_covered();
  std::optional<std::vector<std::uint32_t>> cover_of(std::uint32_t part);
  std::optional<std::uint32_t> best_of(std::span<const std::uint32_t> candidates, PacketSet& rest);
  void settle();
  void prune(std::uint32_t part, std::vector<std::uint32_t>& cover);
  const PacketSet& set_of(std::uint32_t part);
  void record(std::uint32_t part, std::vector<std::uint32_t> by);

  // The value, or the mark that the budget ran out.
  template <class T>
  std::optional<T> keep(packet::Decided<T> decided) {
    if (decided) return std::move(*decided);
    undecided_ = decided.error();
    return std::nullopt;
  }

  std::vector<TrafficPart> parts_;
  std::vector<Own> own_;
  PacketSpace space_;
  std::optional<Undecided> undecided_;
  std::vector<std::uint32_t> doubtful_;  // without a packet of their own
  std::vector<bool> stays_;
  std::map<std::uint32_t, PacketSet> sets_;
  std::optional<PartIndex> index_;
  std::vector<Superfluous> found_;
};

Search::Search(std::span<const TrafficPart> parts, packet::Budget budget)
    : own_(parts.size()), space_(budget), stays_(parts.size(), true) {
  parts_.reserve(parts.size());
  std::vector<const packet::AddressSet*> addresses;
  for (std::size_t place = 0; place < parts.size(); ++place) {
    parts_.push_back(trimmed(parts[place]));
    for (const Family family : packet::families)
      own_[place].services[static_cast<std::size_t>(family)] = in_family(parts_[place].services, family);
  }
  for (const TrafficPart& part : parts_) {
    for (const Family family : packet::families) {
      addresses.push_back(&part.from.of(family));
      addresses.push_back(&part.to.of(family));
    }
  }
  space_.expect(addresses);
}

// Later fragments are left out: whoever admits a whole packet admits its fragments too.
std::vector<MatchRule> Search::rules_of(std::uint32_t part) const {
  std::vector<MatchRule> rules;
  for (const Family family : packet::families) {
    const TrafficPart& traffic = parts_[part];
    if (traffic.from.of(family).empty()) continue;
    rules.push_back({{.family = family,
                      .source = &traffic.from.of(family),
                      .destination = &traffic.to.of(family),
                      .services = &own_[part].services[static_cast<std::size_t>(family)],
                      .fragments = static_cast<std::uint8_t>(packet::Fragment::first_or_whole)},
                     packet::Action::permit});
  }
  return rules;
}

// A list of permits: a line is needed exactly when it alone admits some packet.
bool Search::find_doubtful() {
  std::vector<MatchRule> rules;
  std::vector<std::uint32_t> owners;
  for (std::uint32_t part = 0; part < parts_.size(); ++part) {
    for (const MatchRule& rule : rules_of(part)) {
      rules.push_back(rule);
      owners.push_back(part);
    }
  }
  const auto uses = keep(space_.analyze(rules));
  if (!uses) return false;
  std::vector<bool> needed(parts_.size());
  std::vector<bool> seen(parts_.size());
  for (std::size_t line = 0; line < rules.size(); ++line) {
    seen[owners[line]] = true;
    if ((*uses)[line].needed) needed[owners[line]] = true;
  }
  for (std::uint32_t part = 0; part < parts_.size(); ++part) {
    if (seen[part] && !needed[part]) doubtful_.push_back(part);
  }
  return true;
}

void Search::record(std::uint32_t part, std::vector<std::uint32_t> by) {
  stays_[part] = false;
  found_.push_back({part, Redundancy::covered, std::move(by)});
}

void Search::find_equal() {
  const auto key = [&](std::uint32_t part) {
    return std::tie(parts_[part].from, parts_[part].to, parts_[part].services);
  };
  std::vector<std::uint32_t> sorted = doubtful_;
  std::ranges::stable_sort(sorted, [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  for (std::size_t place = 1, first = 0; place < sorted.size(); ++place) {
    if (key(sorted[place]) != key(sorted[first])) {
      first = place;
      continue;
    }
    record(sorted[place], {sorted[first]});
  }
}

// Holding is a strict order once equal parts are told apart by their place, so following it comes to an end.
void Search::find_held() {
  std::map<std::uint32_t, std::uint32_t> holder;
  for (const std::uint32_t part : doubtful_) {
    if (!stays_[part]) continue;
    for (const std::uint32_t other : index_->near(parts_[part])) {
      if (other == part || !plainly_holds(parts_[other], parts_[part])) continue;
      if (other > part && plainly_holds(parts_[part], parts_[other])) continue;
      holder[part] = other;
      break;
    }
  }
  for (const auto& [part, first] : holder) {
    std::uint32_t other = first;
    for (auto next = holder.find(other); next != holder.end(); next = holder.find(other))
      other = next->second;
    record(part, {other});
  }
}

const PacketSet& Search::set_of(std::uint32_t part) {
  const auto known = sets_.find(part);
  if (known != sets_.end()) return known->second;
  const std::vector<MatchRule> rules = rules_of(part);
  const auto set = keep(space_.permitted(rules));
  return sets_.emplace(part, set ? *set : space_.empty()).first->second;
}

// Takes the one away that leaves least.
std::optional<std::uint32_t> Search::best_of(std::span<const std::uint32_t> candidates, PacketSet& rest) {
  std::optional<std::uint32_t> best;
  std::optional<PacketSet> left;
  long double least = 0;
  for (const std::uint32_t candidate : candidates) {
    const auto remaining = keep(space_.subtract(rest, set_of(candidate)));
    if (!remaining) return std::nullopt;
    const long double size = space_.size(*remaining);
    if (best && size >= least) continue;
    best = candidate;
    left = *remaining;
    least = size;
  }
  if (left) rest = *left;
  return best;
}

// Nothing when some packet is in no other part that stays.
std::optional<std::vector<std::uint32_t>> Search::cover_of(std::uint32_t part) {
  std::vector<std::uint32_t> others = index_->near(parts_[part]);
  std::erase_if(others, [&](std::uint32_t other) {
    return other == part || !stays_[other] || !meet(parts_[other], parts_[part]);
  });
  PacketSet rest = set_of(part);
  std::vector<std::uint32_t> cover;
  while (const auto packet = space_.witness(rest)) {
    std::vector<std::uint32_t> candidates;
    for (const std::uint32_t other : others) {
      if (candidates.size() < weighed && space_.contains(set_of(other), *packet)) candidates.push_back(other);
    }
    const auto best = best_of(candidates, rest);
    if (undecided_ || !best) return std::nullopt;
    cover.push_back(*best);
  }
  if (undecided_) return std::nullopt;
  prune(part, cover);
  std::ranges::sort(cover);
  return cover;
}

// What was chosen early may have become superfluous by what was chosen later.
void Search::prune(std::uint32_t part, std::vector<std::uint32_t>& cover) {
  for (std::size_t place = 0; place < cover.size() && cover.size() > 1;) {
    PacketSet rest = set_of(part);
    for (std::size_t other = 0; other < cover.size(); ++other) {
      if (other == place) continue;
      const auto remaining = keep(space_.subtract(rest, set_of(cover[other])));
      if (!remaining) return;
      rest = *remaining;
    }
    if (rest == space_.empty()) {
      cover.erase(cover.begin() + static_cast<std::ptrdiff_t>(place));
    } else {
      ++place;
    }
  }
}

// From the end, so that what was there first stays.
void Search::find_covered() {
  for (auto part = doubtful_.rbegin(); part != doubtful_.rend() && !undecided_; ++part) {
    if (!stays_[*part]) continue;
    if (auto cover = cover_of(*part)) record(*part, std::move(*cover));
  }
}

// What a part was found to lie in may have been found superfluous itself.
void Search::settle() {
  for (Superfluous& each : found_) {
    if (undecided_) return;
    const bool stand = std::ranges::all_of(each.by, [&](std::uint32_t other) { return stays_[other]; });
    if (!stand) {
      if (auto cover = cover_of(each.part)) each.by = std::move(*cover);
    }
    if (each.by.size() > 1) continue;
    const bool equal = set_of(each.part) == set_of(each.by.front());
    each.redundancy = equal ? Redundancy::duplicate : Redundancy::contained;
  }
  std::ranges::sort(found_, {}, &Superfluous::part);
}

packet::Decided<std::vector<Superfluous>> Search::run() {
  if (find_doubtful() && !doubtful_.empty()) {
    find_equal();
    index_.emplace(parts_, stays_);
    find_held();
    find_covered();
    settle();
  }
  if (undecided_) return Unexpected{*undecided_};
  return std::move(found_);
}

}  // namespace

packet::Decided<std::vector<Superfluous>> find_superfluous(std::span<const TrafficPart> parts,
                                                           packet::Budget budget) {
  return Search(parts, budget).run();
}

}  // namespace cordon::check
