// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_match.h"

#include <algorithm>

namespace cordon::backends::nftables::reading {
namespace {

Node comparison(Operator op) {
  Node node;
  node.kind = NodeKind::match;
  node.op = op;
  return node;
}
const Node equality = comparison(Operator::equal);
const Node inequality = comparison(Operator::unequal);

bool is_set(NodeKind kind) { return kind == NodeKind::set || kind == NodeKind::reference; }

}  // namespace

Fault Matcher::not_modelled(NodeId left) const {
  return fault(left, "`" + shown(tree_[left].text) + "` is matched, which no filter of the model sees");
}

NodeId Matcher::selector_of(NodeId left) const {
  return tree_[left].kind == NodeKind::masked ? tree_.child(left, 0) : left;
}

std::vector<NodeId> Matcher::fields(NodeId left) const {
  if (tree_[left].kind != NodeKind::concat) return {left};
  std::vector<NodeId> all;
  for (NodeId child = tree_[left].first; child.valid(); child = tree_[child].next) all.push_back(child);
  return all;
}

Result<std::vector<KeyedCell>> Matcher::match(NodeId match) {
  const Node& node = tree_[match];
  const NodeId left = tree_.child(match, 0);
  const NodeId right = tree_.child(match, 1);
  if (tree_[left].kind == NodeKind::concat) return tuples(match);
  const auto cell =
      tree_[right].kind == NodeKind::reference ? cached(node, left, right) : single(node, left, right);
  if (!cell) return Unexpected{cell.error()};
  return *cell ? std::vector<KeyedCell>{{**cell, {}}} : std::vector<KeyedCell>{};
}

Result<std::vector<KeyedCell>> Matcher::tuples(NodeId match) {
  const NodeId left = tree_.child(match, 0);
  const NodeId right = tree_.child(match, 1);
  const std::vector<NodeId> selectors = fields(left);
  if (tree_[match].op != Operator::implicit && tree_[match].op != Operator::equal) {
    return Unexpected{fault(match, "several fields are compared for what they are not")};
  }
  if (!is_set(tree_[right].kind)) {
    MaybeCell cell = tuple(selectors, right);
    if (!cell) return Unexpected{cell.error()};
    return *cell ? std::vector<KeyedCell>{{**cell, {}}} : std::vector<KeyedCell>{};
  }
  const auto elements = values_.elements(right);
  if (!elements) return Unexpected{elements.error()};
  const bool named = tree_[right].kind == NodeKind::reference;
  std::vector<KeyedCell> cells;
  for (const NodeId element : *elements) {
    MaybeCell cell = tuple(selectors, tree_.child(element, 0));
    if (!cell) return Unexpected{cell.error()};
    if (*cell) cells.push_back({**cell, named ? element : NodeId{}});
  }
  return cells;
}

Matcher::MaybeCell Matcher::tuple(const std::vector<NodeId>& selectors, NodeId values) {
  if (tree_[values].kind == NodeKind::any) {  // only what the fields imply is left
    std::optional<Cell> cell = Cell{};
    for (const NodeId selector : selectors) {
      MaybeCell next = single(equality, selector, values);
      if (!next) return next;
      cell = *next && cell ? space_.both(*cell, **next) : std::nullopt;
    }
    return cell;
  }
  const std::vector<NodeId> parts = fields(values);
  if (parts.size() != selectors.size())
    return Unexpected{fault(values, "fields and values differ in number")};
  std::optional<Cell> cell = Cell{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    MaybeCell next = single(equality, selectors[i], parts[i]);
    if (!next) return next;
    cell = *next && cell ? space_.both(*cell, **next) : std::nullopt;
  }
  return cell;
}

Matcher::MaybeCell Matcher::cached(const Node& match, NodeId left, NodeId right) {
  const auto set = table_.set_names.find(tree_[right].text);
  const bool negated = match.op == Operator::unequal;
  const bool plain = tree_[left].kind == NodeKind::selector && set != table_.set_names.end() &&
                     (negated || match.op == Operator::implicit || match.op == Operator::equal) &&
                     tree_[left].selector != Selector::other;
  if (!plain) return single(match, left, right);
  const SetKey key{set->second, tree_[left].selector, negated};
  const auto found = cache_.find(key);
  if (found != cache_.end()) return found->second;
  MaybeCell cell = single(match, left, right);
  if (cell) cache_.emplace(key, *cell);
  return cell;
}

Matcher::MaybeCell Matcher::single(const Node& match, NodeId left, NodeId right) {
  const NodeId at = selector_of(left);
  if (tree_[at].kind != NodeKind::selector)
    return Unexpected{fault(left, "this comparison is not understood")};
  const Selector selector = tree_[at].selector;
  const Field& values = field(selector);
  if (values.values == Values::none) return Unexpected{not_modelled(at)};
  if (values.values == Values::interfaces) {
    if (at != left) return Unexpected{fault(left, "this comparison is not understood")};
    return interfaces(match, selector, right);
  }
  const Result<Numbers> numbers = values_.matching(match, left, right, values);
  if (!numbers) return Unexpected{numbers.error()};
  if (numbers->empty()) return std::optional<Cell>();
  const std::string_view label =
      tree_[right].kind == NodeKind::reference ? tree_[right].text : std::string_view();
  return constrain(at, selector, *numbers, label);
}

Matcher::MaybeCell Matcher::interfaces(const Node& match, Selector selector, NodeId right) {
  const bool negated = match.op == Operator::unequal;
  if (!negated && match.op != Operator::implicit && match.op != Operator::equal) {
    return Unexpected{fault(right, "this comparison is not understood")};
  }
  Result<Names> names = values_.names(right);
  if (!names) return Unexpected{names.error()};
  Cell cell;
  if (names->all || names->patterns.empty()) {
    return names->all != negated ? std::optional<Cell>(cell) : std::nullopt;
  }
  const InterfaceTestId test = space_.interface_test({{negated, std::move(names->patterns)}});
  (selector == Selector::in_name ? cell.in : cell.out) = test;
  return std::optional<Cell>(cell);
}

Matcher::MaybeCell Matcher::constrain(NodeId left, Selector selector, const Numbers& numbers,
                                      std::string_view label) {
  Cell cell;
  switch (selector) {
    case Selector::ip_source:
    case Selector::ip_destination:
    case Selector::ip6_source:
    case Selector::ip6_destination: {
      cell.families = family_bit(numbers.family());
      const bool source = selector == Selector::ip_source || selector == Selector::ip6_source;
      if (!numbers.is_all()) (source ? cell.source : cell.destination) = space_.addresses(numbers, label);
      return std::optional<Cell>(cell);
    }
    case Selector::ip_version:
    case Selector::ip6_version:
    case Selector::nf_protocol:
    case Selector::ether_type:
    case Selector::ct_state:
      return network(left, selector, numbers);
    case Selector::ip_fragment:
      return fragment(left, selector, numbers);
    case Selector::frag_offset:
    case Selector::frag_exists:
      return frag_header(left, selector, numbers);
    default:
      return transport(left, selector, numbers);
  }
}

// Every element of a map, and what is in none of them where the map has a `*`.
Result<std::vector<KeyedCell>> Matcher::keys(NodeId vmap) {
  const std::vector<NodeId> selectors = fields(tree_.child(vmap, 0));
  const NodeId map = tree_.child(vmap, 1);
  const auto elements = values_.elements(map);
  if (!elements) return Unexpected{elements.error()};
  std::vector<KeyedCell> found;
  std::optional<KeyedCell> rest;
  for (const NodeId element : *elements) {
    const NodeId key = tree_.child(element, 0);
    const bool any = tree_[key].kind == NodeKind::any;
    const bool in_order = any && all_end(*elements);
    MaybeCell cell = any && !in_order ? catch_all(selectors, map) : tuple(selectors, key);
    if (!cell) return Unexpected{cell.error()};
    if (!*cell) continue;
    if (any) {
      rest = KeyedCell{**cell, element};
    } else {
      found.push_back({**cell, element});
    }
  }
  if (rest) found.push_back(*rest);
  return found;
}

// Whether nothing comes back from any element but the one for the rest, so that order can tell them apart.
bool Matcher::all_end(const std::vector<NodeId>& elements) const {
  return std::ranges::all_of(elements, [&](NodeId element) {
    if (tree_[tree_.child(element, 0)].kind == NodeKind::any) return true;
    const NodeId data = tree_.child(element, 1);
    if (!data.valid()) return false;
    const Verdict verdict = tree_[data].verdict;
    return verdict == Verdict::accept || verdict == Verdict::drop || verdict == Verdict::leave ||
           verdict == Verdict::go_to;
  });
}

Result<std::optional<Cell>> Matcher::catch_all(const std::vector<NodeId>& selectors, NodeId map) {
  if (selectors.size() != 1) {
    return Unexpected{fault(map, "what is in none of the elements is not a product of fields")};
  }
  // `*` stands for what the others leave over.
  const NodeId selector = selectors.front();
  const Field& values = field(tree_[selector].selector);
  const auto elements = values_.elements(map);
  if (!elements) return Unexpected{elements.error()};
  std::optional<Cell> cell = Cell{};
  for (const NodeId element : *elements) {
    const NodeId key = tree_.child(element, 0);
    if (tree_[key].kind == NodeKind::any) continue;
    if (values.values == Values::none) return Unexpected{not_modelled(selector)};
    MaybeCell other = single(inequality, selector, key);
    if (!other) return other;
    cell = *other && cell ? space_.both(*cell, **other) : std::nullopt;
  }
  return cell;
}

}  // namespace cordon::backends::nftables::reading
