// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_lower.h"

#include <optional>
#include <utility>

namespace cordon::backends::nftables::reading {
namespace {

constexpr std::size_t most_cells_of_a_rule = 1U << 20U;
constexpr std::size_t most_entries = 4'000'000;  // of all rules

}  // namespace

struct Lowering::Rule {
  const Table* table = nullptr;
  Chapter* chapter = nullptr;
  const Sentence* sentence = nullptr;
  std::vector<KeyedCell> cells = {{Cell{}, {}}};
  bool log = false;
  std::optional<Fault> fault;  // a condition that is not understood
  config::OriginId origin;
  bool bears = false;
};

config::OriginId Lowering::origin(Range range, std::string_view label) {
  return device_.origins.push_back({shown(label), {}, range});
}

Matcher& Lowering::matcher(const Table& table) {
  std::unique_ptr<Matcher>& matcher = matchers_[&table];
  if (!matcher) matcher = std::make_unique<Matcher>(ruleset_, table, kernel_, space_);
  return *matcher;
}

// Jumps only ask for the chapter of their target, which is lowered after this one: no chain nests here.
const Chapter& Lowering::chapter(const Table& table, const Chain& chain) {
  std::unique_ptr<Chapter>& found = chapters_[&chain];
  if (found) return *found;
  found = std::make_unique<Chapter>();
  found->chain = &chain;
  Chapter& made = *found;
  const bool outermost = waiting_.empty();
  waiting_.emplace_back(&table, &made);
  if (!outermost) return made;
  std::size_t done = 0;
  while (done < waiting_.size()) {
    const auto [next_table, next] = waiting_[done++];
    lower(*next_table, *next);
  }
  waiting_.clear();
  return made;
}

void Lowering::lower(const Table& table, Chapter& chapter) {
  for (const Sentence& sentence : chapter.chain->rules) {
    Rule rule;
    rule.table = &table;
    rule.chapter = &chapter;
    rule.sentence = &sentence;
    lower(rule, sentence);
    if (!rule.bears) ++ignored_;
  }
}

void Lowering::lower(Rule& rule, const Sentence& sentence) {
  for (NodeId id = sentence.first; id.valid(); id = ruleset_.tree[id].next) {
    statement(rule, id);
    if (rule.cells.empty()) {
      rule.bears = true;  // it never holds
      return;
    }
  }
}

void Lowering::statement(Rule& rule, NodeId id) {
  const Node& node = ruleset_.tree[id];
  switch (node.kind) {
    case NodeKind::match:
      match(rule, id);
      break;
    case NodeKind::vmap:
      vmap(rule, id);
      break;
    case NodeKind::verdict:
      verdict(rule, id);
      break;
    case NodeKind::log:
      rule.log = true;
      break;
    case NodeKind::condition:
      if (!rule.fault) rule.fault = Fault{node.range, "what passes depends on `" + shown(node.text) + "`"};
      break;
    case NodeKind::notrack:
      add(rule, Deed::notrack, nullptr);
      break;
    case NodeKind::translate:
      add(rule, Deed::translate, nullptr);
      break;
    case NodeKind::inert:
      break;
    default:
      add_unknown(rule,
                  {node.range, node.kind == NodeKind::unknown ? shown(node.text) : "this is no statement"});
      break;
  }
}

void Lowering::narrow(Rule& rule, const std::vector<KeyedCell>& cells, NodeId at) {
  if (rule.cells.size() * cells.size() > most_cells_of_a_rule || entries_ > most_entries) {
    rule.fault = Fault{ruleset_.tree[at].range, "this rule has too many cases"};
    return;
  }
  std::vector<KeyedCell> narrowed;
  narrowed.reserve(rule.cells.size() * cells.size());
  for (const KeyedCell& cell : rule.cells) {
    for (const KeyedCell& other : cells) {
      const auto both = space_.both(cell.cell, other.cell);
      if (both) narrowed.push_back({*both, other.element.valid() ? other.element : cell.element});
    }
  }
  rule.cells = std::move(narrowed);
}

void Lowering::match(Rule& rule, NodeId id) {
  const auto cells = matcher(*rule.table).match(id);
  if (cells) {
    narrow(rule, *cells, id);
  } else if (!rule.fault) {
    rule.fault = cells.error();
  }
}

void Lowering::vmap(Rule& rule, NodeId id) {
  const auto keys = matcher(*rule.table).keys(id);
  if (!keys) return add_unknown(rule, keys.error());
  rule.bears = true;
  const std::vector<KeyedCell> before = rule.cells;
  for (const KeyedCell& key : *keys) {
    rule.cells = before;
    narrow(rule, {key}, id);
    const NodeId verdict_id = ruleset_.tree.child(key.element, 1);
    if (!verdict_id.valid() || ruleset_.tree[verdict_id].kind != NodeKind::verdict) {
      add_unknown(rule, {ruleset_.tree[key.element].range, "this element has no verdict"});
    } else {
      verdict(rule, verdict_id);
    }
  }
  rule.cells = before;
}

void Lowering::verdict(Rule& rule, NodeId id) {
  const Node& node = ruleset_.tree[id];
  switch (node.verdict) {
    case Verdict::accept:
      return add(rule, Deed::accept, nullptr);
    case Verdict::drop:
      return add(rule, Deed::deny, nullptr);
    case Verdict::leave:
      return add(rule, Deed::leave, nullptr);
    case Verdict::proceed:
      return;
    case Verdict::reject: {
      // unverified beyond nft 1.0.6: a reset makes the rule one for TCP, an ICMP error one for its family.
      Cell cell;
      if (node.text == "icmp") cell.families = 1;
      if (node.text == "icmpv6") cell.families = 2;
      if (node.text == "tcp") {
        Transport transport;
        transport.protocols.reset();
        transport.protocols.set(packet::protocol::tcp);
        cell.transport = space_.transport(transport);
      }
      narrow(rule, {{cell, {}}}, id);
      return add(rule, Deed::deny, nullptr);
    }
    case Verdict::jump:
    case Verdict::go_to: {
      const auto found = rule.table->chain_names.find(node.text);
      if (found == rule.table->chain_names.end()) {
        return add_unknown(rule, {node.range, "this chain is not defined"});
      }
      const Deed deed = node.verdict == Verdict::jump ? Deed::jump : Deed::go_to;
      return add(rule, deed, &chapter(*rule.table, *found->second));
    }
    case Verdict::other:
      break;
  }
  add_unknown(rule, {node.range, "this verdict is not known"});
}

config::OriginId Lowering::origin_of(Rule& rule, NodeId element) {
  if (element.valid()) {
    const Node& node = ruleset_.tree[element];
    return origin(node.range, node.text.empty() ? rule.sentence->comment : node.text);
  }
  if (!rule.origin.valid()) rule.origin = origin(rule.sentence->range, rule.sentence->comment);
  return rule.origin;
}

void Lowering::add(Rule& rule, Deed deed, const Chapter* target) {
  if (rule.fault) return add_unknown(rule, *rule.fault);
  rule.bears = true;
  entries_ += rule.cells.size();
  for (const KeyedCell& cell : rule.cells) {
    const config::OriginId from = origin_of(rule, cell.element);
    rule.chapter->entries.push_back({cell.cell, deed, rule.log, target, from, 0});
  }
}

void Lowering::add_unknown(Rule& rule, Fault fault) {
  rule.bears = true;
  const auto index = static_cast<std::uint32_t>(faults_.size());
  faults_.push_back(std::move(fault));
  if (entries_ > most_entries) rule.cells = {{Cell{}, {}}};
  entries_ += rule.cells.size();
  for (const KeyedCell& cell : rule.cells) {
    rule.chapter->entries.push_back({cell.cell, Deed::unknown, rule.log, nullptr, {}, index});
  }
}

}  // namespace cordon::backends::nftables::reading
