// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The tables, chains and sets that a ruleset leaves behind once every command of it was carried out.
#ifndef BACKENDS_NFTABLES_READ_RULESET_H
#define BACKENDS_NFTABLES_READ_RULESET_H

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/nftables/read_tree.h"
#include "compiler/config/reading.h"

namespace cordon::backends::nftables::reading {

enum class TableFamily : std::uint8_t { ip, ip6, inet, arp, bridge, netdev };
enum class Hook : std::uint8_t {
  none,
  prerouting,
  input,
  forward,
  output,
  postrouting,
  ingress,
  egress,
  other
};
enum class ChainType : std::uint8_t { filter, nat, route, other };

struct Chain {
  std::string name;
  Range range;
  Hook hook = Hook::none;  // none: only other chains lead here
  ChainType type = ChainType::filter;
  int priority = 0;
  bool drops = false;  // its policy
  std::deque<Sentence> rules;
};

struct Set {
  std::string name;
  Range range;
  bool dynamic = false;  // rules or time change what is in it
  std::vector<NodeId> elements;
};

struct Table {
  TableFamily family = TableFamily::ip;
  std::string name;
  Range range;
  bool dormant = false;
  std::deque<Chain> chains;  // references stay valid; those that were deleted have no name below
  std::deque<Set> sets;      // and maps
  std::map<std::string, Chain*, std::less<>> chain_names;
  std::map<std::string, Set*, std::less<>> set_names;

  Chain& chain(std::string_view called, Range place);  // makes what is not there
  Set& set(std::string_view called, Range place);
};

using TableKey = std::pair<TableFamily, std::string>;

struct Ruleset {
  Tree tree;
  std::map<TableKey, std::unique_ptr<Table>> tables;
  std::vector<config::Gap> gaps;
  std::uint32_t ignored = 0;

  Table& table(const TableKey& key, Range range);  // makes what is not there
  void gap(Range range, std::string reason) { gaps.push_back({range, std::move(reason), {}}); }
};

// What stands in front of a command's own words: `inet seg forward`. Empty where the command has none.
struct Place {
  TableFamily family = TableFamily::ip;
  std::string table, name;
  Range range;
};

// `delete` and `flush` by what they name: `table`, `chain`, `set`, `map`, `ruleset`; false for other words.
bool delete_object(Ruleset& ruleset, std::string_view what, const Place& place);
bool flush_object(Ruleset& ruleset, std::string_view what, const Place& place);

[[nodiscard]] bool find_family(std::string_view word, TableFamily& family);  // false: no family
[[nodiscard]] Hook hook_named(std::string_view word);
[[nodiscard]] ChainType chain_type_named(std::string_view word);

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_RULESET_H
