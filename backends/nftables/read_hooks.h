// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Base chains at their hooks: what they are worth, and as which filters they are bound.
#ifndef BACKENDS_NFTABLES_READ_HOOKS_H
#define BACKENDS_NFTABLES_READ_HOOKS_H

#include <deque>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "backends/nftables/read_walk.h"

namespace cordon::backends::nftables::reading {

// A filter that stands at every pair of two groups is written out; no more pairs of interfaces than these.
inline constexpr std::size_t most_pairs = 1U << 16U;

class Hooks {
 public:
  Hooks(const Ruleset& ruleset, config::Reading& reading) : ruleset_(ruleset), reading_(reading) {}

  void read();

 private:
  // What the chain, and all that it leads to, asks of interfaces and does.
  struct Reach {
    std::set<InterfaceTestId> in, out;
    bool accepts = false;  // or ends the base chain in another way than by refusing
    bool translates = false;
    bool exempts = false;  // from conntrack
    bool asks_state = false;
  };
  struct Base {
    const Table* table = nullptr;
    const Chain* chain = nullptr;
    const Chapter* chapter = nullptr;
  };

  void find_kernel();
  void find_bases(Lowering& lowering);
  bool bears(const Table& table, const Chain& chain);
  void judge_translation(const Base& base, Lowering& lowering);
  void judge_notrack(const Base& base);
  void exempt(const Base& base);
  void write(const Base& base, Walker& walker, const InterfaceClasses& classes);
  void write_forward(const Program& program, Walker& walker, const InterfaceClasses& classes);
  void write_groups(const Program& program, Walker& walker, const InterfaceClasses& classes, bool by_in);
  void write_pairs(const Program& program, Walker& walker, const InterfaceClasses& classes);
  void write_one(const Program& program, Walker& walker);
  void bind(config::FilterId filter, const Group& group);
  config::FilterId write_filter(const Program& program, Walker& walker, const Stand& stand, std::string name);
  void add_interfaces(const InterfaceClasses& classes);
  static Reach reach(const Chapter& chapter);
  static void reach(const Entry& entry, Reach& found, std::set<const Chapter*>& seen);
  [[nodiscard]] std::vector<Program> split(const Program& program);
  [[nodiscard]] std::string unique_name(std::string name);

  const Ruleset& ruleset_;
  config::Reading& reading_;
  Kernel kernel_;
  bool uses_conntrack_ = false;
  std::vector<Base> bases_;
  std::deque<Chapter> parts_;  // of base chains that were split
  std::unordered_map<std::string, unsigned> names_;
  std::unordered_multimap<std::size_t, config::FilterId> written_;  // by what their rules mean
  Hook hook_ = Hook::none;                                          // of the base chain that is being written
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_HOOKS_H
