// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Chains as lists of entries: a cell and what happens to the packets in it.
#ifndef BACKENDS_NFTABLES_READ_LOWER_H
#define BACKENDS_NFTABLES_READ_LOWER_H

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "backends/nftables/read_match.h"

namespace cordon::backends::nftables::reading {

enum class Deed : std::uint8_t { accept, deny, leave, jump, go_to, notrack, translate, unknown };

struct Chapter;

struct Entry {
  Cell cell;
  Deed deed = Deed::deny;
  bool log = false;
  const Chapter* target = nullptr;  // of a jump
  config::OriginId origin;
  std::uint32_t fault = 0;  // of `unknown`: which
};

// A chain that was lowered.
struct Chapter {
  const Chain* chain = nullptr;
  std::vector<Entry> entries;
};

// Lowers each chain once, when something leads to it.
class Lowering {
 public:
  Lowering(const Ruleset& ruleset, const Kernel& kernel, config::Device& device)
      : ruleset_(ruleset), kernel_(kernel), device_(device), space_(device) {}

  [[nodiscard]] const Chapter& chapter(const Table& table, const Chain& chain);
  [[nodiscard]] CellSpace& space() { return space_; }
  [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }
  [[nodiscard]] std::uint32_t ignored() const { return ignored_; }
  config::OriginId origin(Range range, std::string_view label);

 private:
  struct Rule;  // one that is being lowered

  void lower(const Table& table, Chapter& chapter);
  void lower(Rule& rule, const Sentence& sentence);
  void statement(Rule& rule, NodeId id);
  void match(Rule& rule, NodeId id);
  void vmap(Rule& rule, NodeId id);
  void verdict(Rule& rule, NodeId id);
  void narrow(Rule& rule, const std::vector<KeyedCell>& cells, NodeId at);
  void add(Rule& rule, Deed deed, const Chapter* target);
  config::OriginId origin_of(Rule& rule, NodeId element);
  void add_unknown(Rule& rule, Fault fault);
  Matcher& matcher(const Table& table);

  const Ruleset& ruleset_;
  const Kernel& kernel_;
  config::Device& device_;
  CellSpace space_;
  std::vector<Fault> faults_;
  std::uint32_t ignored_ = 0;
  std::size_t entries_ = 0;  // of all chapters
  std::unordered_map<const Chain*, std::unique_ptr<Chapter>> chapters_;
  std::vector<std::pair<const Table*, Chapter*>> waiting_;
  std::map<const Table*, std::unique_ptr<Matcher>> matchers_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_LOWER_H
