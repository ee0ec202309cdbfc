// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_lower.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cordon::backends::nftables::reading {
namespace {

constexpr std::size_t most_cells_of_a_rule = 1U << 20U;
constexpr std::size_t longest_label = 200;

}  // namespace

struct Lowering::Rule {
  const Table* table = nullptr;
  Chapter* chapter = nullptr;
  const Sentence* sentence = nullptr;
  std::vector<Cell> cells = {Cell{}};
  bool log = false;
  std::optional<Fault> fault;  // a condition that is not understood
  config::OriginId origin;
  bool bears = false;
};

std::string shown(std::string_view text) {
  std::string out(text.substr(0, longest_label));
  std::ranges::replace_if(
      out, [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

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
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    const auto [next_table, next] = waiting_[i];
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
      verdict(rule, id, {});
      break;
    case NodeKind::log:
      rule.log = true;
      break;
    case NodeKind::condition:
      if (!rule.fault) rule.fault = Fault{node.range, "what passes depends on `" + shown(node.text) + "`"};
      break;
    case NodeKind::notrack:
      add(rule, Deed::notrack, nullptr, nullptr);
      break;
    case NodeKind::translate:
      add(rule, Deed::translate, nullptr, nullptr);
      break;
    case NodeKind::inert:
      break;
    default:
      add_unknown(rule,
                  {node.range, node.kind == NodeKind::unknown ? shown(node.text) : "this is no statement"});
      break;
  }
}

void Lowering::narrow(Rule& rule, const std::vector<Cell>& cells, NodeId at) {
  if (rule.cells.size() * cells.size() > most_cells_of_a_rule) {
    rule.fault = Fault{ruleset_.tree[at].range, "this rule has too many cases"};
    return;
  }
  std::vector<Cell> narrowed;
  narrowed.reserve(rule.cells.size() * cells.size());
  for (const Cell& cell : rule.cells) {
    for (const Cell& other : cells) {
      if (const auto both = space_.both(cell, other)) narrowed.push_back(*both);
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
  const std::vector<Cell> before = rule.cells;
  for (const KeyedVerdict& key : *keys) {
    rule.cells = before;
    narrow(rule, {key.cell}, id);
    const NodeId verdict_id = ruleset_.tree.child(key.element, 1);
    if (!verdict_id.valid() || ruleset_.tree[verdict_id].kind != NodeKind::verdict) {
      add_unknown(rule, {ruleset_.tree[key.element].range, "this element has no verdict"});
    } else {
      verdict(rule, verdict_id, key.element);
    }
  }
  rule.cells = before;
}

// `element`: of a verdict map, with its own comment.
void Lowering::verdict(Rule& rule, NodeId id, NodeId element) {
  const Node& node = ruleset_.tree[id];
  const Node* const keyed = element.valid() ? &ruleset_.tree[element] : nullptr;
  switch (node.verdict) {
    case Verdict::accept:
      return add(rule, Deed::accept, nullptr, keyed);
    case Verdict::drop:
      return add(rule, Deed::deny, nullptr, keyed);
    case Verdict::leave:
      return add(rule, Deed::leave, nullptr, keyed);
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
      narrow(rule, {cell}, id);
      return add(rule, Deed::deny, nullptr, keyed);
    }
    case Verdict::jump:
    case Verdict::go_to: {
      const auto found = rule.table->chain_names.find(node.text);
      if (found == rule.table->chain_names.end()) {
        return add_unknown(rule, {node.range, "this chain is not defined"});
      }
      const Deed deed = node.verdict == Verdict::jump ? Deed::jump : Deed::go_to;
      return add(rule, deed, &chapter(*rule.table, *found->second), keyed);
    }
    case Verdict::other:
      break;
  }
  add_unknown(rule, {node.range, "this verdict is not known"});
}

void Lowering::add(Rule& rule, Deed deed, const Chapter* target, const Node* element) {
  if (rule.fault) return add_unknown(rule, *rule.fault);
  rule.bears = true;
  config::OriginId from = rule.origin;
  if (element != nullptr) {
    from = origin(element->range, element->text.empty() ? rule.sentence->comment : element->text);
  } else if (!from.valid()) {
    from = rule.origin = origin(rule.sentence->range, rule.sentence->comment);
  }
  for (const Cell& cell : rule.cells) {
    rule.chapter->entries.push_back({cell, deed, rule.log, target, from, 0});
  }
}

void Lowering::add_unknown(Rule& rule, Fault fault) {
  rule.bears = true;
  const auto index = static_cast<std::uint32_t>(faults_.size());
  faults_.push_back(std::move(fault));
  for (const Cell& cell : rule.cells) {
    rule.chapter->entries.push_back({cell, Deed::unknown, rule.log, nullptr, {}, index});
  }
}

}  // namespace cordon::backends::nftables::reading
