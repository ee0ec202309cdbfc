// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every filter of one device against what the policy wants where it stands.
#ifndef COMPILER_PROVE_JUDGE_H
#define COMPILER_PROVE_JUDGE_H

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/prove/bound_filters.h"
#include "compiler/prove/wanted.h"

namespace cordon::prove {

struct Findings {
  std::vector<Violation> violations;
  std::vector<Undecided> undecided;
};

class Judge {
 public:
  Judge(const Forwarding& forwarding, const Wanted& wanted, const BoundFilters& bound,
        const packet::Budget& budget);

  [[nodiscard]] Findings run();

 private:
  using Set = packet::Decided<packet::PacketSet>;

  // One position that filters stand at, all of which a packet has to pass.
  struct Case {
    Post post;
    FilterList filters;
    std::string place;
    std::optional<Post> leaves{};  // of a crossing: what may be sent there, besides what `post` receives
    bool only_loss = false;        // others on the way refuse what is too much
    bool unasked = false;          // the policy has no filter here: others on the way may refuse the rest
  };

  [[nodiscard]] std::uint32_t interface_count() const;
  [[nodiscard]] bool all_open(const FilterList& filters) const;
  void add_cases(std::uint32_t interface, std::vector<Case>& cases) const;
  [[nodiscard]] std::vector<Case> cases() const;
  void add_crossings(std::vector<Case>& cases) const;
  [[nodiscard]] std::optional<Case> crossing(std::uint32_t in, std::uint32_t out) const;
  void gaps();

  void judge(const Case& item);
  [[nodiscard]] bool judge_rules(const Case& item);
  [[nodiscard]] bool judge_memory(const Case& item);
  [[nodiscard]] bool judge_excess(const Case& item, const packet::PacketSet& excess);
  [[nodiscard]] bool judge_crossings(const Case& item);
  [[nodiscard]] Set needed(const Case& item);
  [[nodiscard]] Set allowed(const Case& item);
  [[nodiscard]] Set allowed_at(const Post& post);
  [[nodiscard]] Set conversations(const Case& item, Scope scope);
  [[nodiscard]] Set admitted(const FilterList& filters, Scope scope);
  [[nodiscard]] Set universe(Scope scope);
  [[nodiscard]] Set admitted_by(config::FilterId filter);

  void report(const Case& item, Obligation obligation, const packet::Packet& witness, std::string text);
  [[nodiscard]] std::vector<source::Range> deciding_lines(const FilterList& filters,
                                                          const packet::Packet& witness) const;

  const Forwarding& forwarding_;
  const Wanted& wanted_;
  const BoundFilters& bound_;
  packet::PacketSpace space_;
  Scope scope_;
  std::unordered_map<config::FilterId, packet::PacketSet> admitted_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> crossings_judged_;
  Findings findings_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_JUDGE_H
