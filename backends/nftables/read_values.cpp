// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_values.h"

#include <algorithm>
#include <charconv>

namespace cordon::backends::nftables::reading {
namespace {

using packet::AddressRange;
using packet::Bits;
using packet::Family;

constexpr std::size_t most_ranges_of_a_mask = 4096;

Family family_of(const Field& field) { return field.values == Values::ipv6 ? Family::ipv6 : Family::ipv4; }

Bits highest(const Field& field) { return field.bits == 128 ? ~Bits{0} : (Bits{1} << field.bits) - 1; }

bool is_address(const Field& field) { return field.values == Values::ipv4 || field.values == Values::ipv6; }

std::optional<Bits> to_number(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Numbers one(Bits value, const Field& field) { return {family_of(field), {{value, value}}}; }

}  // namespace

Numbers ValueReader::all(const Field& field) { return {family_of(field), {{0, highest(field)}}}; }

Numbers ValueReader::complement(const Numbers& numbers, const Field& field) {
  return packet::subtract(all(field), numbers);
}

std::optional<Numbers> ValueReader::masked(Bits mask, const Numbers& values, const Field& field) {
  std::vector<Bits> starts;
  for (const AddressRange& range : values.ranges()) {
    if (range.last - range.first >= most_ranges_of_a_mask) return std::nullopt;
    for (Bits value = range.first;; ++value) {
      if ((value & ~mask) == 0) starts.push_back(value);
      if (value == range.last) break;
    }
    if (starts.size() > most_ranges_of_a_mask) return std::nullopt;
  }
  // Free bits at the low end make one range; every other doubles what there is.
  unsigned low = 0;
  while (low < field.bits && (mask >> low & 1U) == 0) ++low;
  for (unsigned bit = low; bit < field.bits; ++bit) {
    if ((mask >> bit & 1U) != 0) continue;
    if (starts.size() * 2 > most_ranges_of_a_mask) return std::nullopt;
    const std::size_t count = starts.size();
    for (std::size_t i = 0; i < count; ++i) starts.push_back(starts[i] | Bits{1} << bit);
  }
  const Bits span = low == 128 ? ~Bits{0} : (Bits{1} << low) - 1;
  std::vector<AddressRange> ranges;
  ranges.reserve(starts.size());
  for (const Bits start : starts) ranges.push_back({start, start | span});
  return Numbers{family_of(field), std::move(ranges)};
}

Result<Bits> ValueReader::number(NodeId value, const Field& field) const {
  const Node& node = tree_[value];
  if (node.kind != NodeKind::word) return Unexpected{fault(value, "a value is expected here")};
  if (is_address(field)) {
    const auto address = packet::parse_address(node.text);
    if (address && address->family == family_of(field)) return address->bits;
    // A mask may be a number.
    const auto bits = to_number(node.text);
    if (bits && *bits <= highest(field)) return *bits;
    return Unexpected{fault(value, "this is not an address of the family")};
  }
  const auto named = find_name(field.names, node.text);
  const auto bits = named ? std::optional<Bits>(*named) : to_number(node.text);
  if (!bits) return Unexpected{fault(value, "this name is not known")};
  if (*bits > highest(field)) return Unexpected{fault(value, "this number is too large")};
  return *bits;
}

// `syn | ack`: one number.
Result<Bits> ValueReader::flags(NodeId value, const Field& field) const {
  if (tree_[value].kind != NodeKind::list) return number(value, field);
  Bits bits = 0;
  for (NodeId child = tree_[value].first; child.valid(); child = tree_[child].next) {
    Result<Bits> next = flags(child, field);
    if (!next) return next;
    bits |= *next;
  }
  return bits;
}

Result<Numbers> ValueReader::range(NodeId value, const Field& field) const {
  const Result<Bits> first = number(tree_.child(value, 0), field);
  if (!first) return Unexpected{first.error()};
  const Result<Bits> last = number(tree_.child(value, 1), field);
  if (!last) return Unexpected{last.error()};
  if (*first > *last) return Unexpected{fault(value, "this range ends before it begins")};
  return Numbers{family_of(field), {{*first, *last}}};
}

Result<Numbers> ValueReader::prefix(NodeId value, const Field& field) const {
  if (!is_address(field)) return Unexpected{fault(value, "a prefix of what is no address")};
  const Result<Bits> address = number(tree_.child(value, 0), field);
  if (!address) return Unexpected{address.error()};
  const auto length = to_number(tree_[tree_.child(value, 1)].text);
  if (!length || *length > field.bits) return Unexpected{fault(value, "this is not the length of a prefix")};
  const packet::Prefix prefix{{family_of(field), *address}, static_cast<std::uint8_t>(*length)};
  return Numbers{family_of(field), {{prefix.first(), prefix.last()}}};
}

Result<std::vector<NodeId>> ValueReader::elements(NodeId set) const {
  std::vector<NodeId> elements;
  const Node& node = tree_[set];
  if (node.kind == NodeKind::reference) {
    const auto found = table_.set_names.find(node.text);
    if (found == table_.set_names.end()) return Unexpected{fault(set, "this set is not defined")};
    if (found->second->dynamic) return Unexpected{fault(set, "rules or time change what is in this set")};
    elements = found->second->elements;
  } else {
    for (NodeId child = node.first; child.valid(); child = tree_[child].next) elements.push_back(child);
  }
  for (const NodeId element : elements) {
    if (tree_[element].expires) return Unexpected{fault(element, "this element comes, goes or has a limit")};
  }
  return elements;
}

Result<Numbers> ValueReader::many(NodeId set, const Field& field) const {
  const auto members = elements(set);
  if (!members) return Unexpected{members.error()};
  std::vector<AddressRange> ranges;
  for (const NodeId element : *members) {
    Result<Numbers> next = numbers(tree_.child(element, 0), field);
    if (!next) return next;
    ranges.insert(ranges.end(), next->ranges().begin(), next->ranges().end());
  }
  return Numbers{family_of(field), std::move(ranges)};
}

Result<Numbers> ValueReader::numbers(NodeId value, const Field& field) const {
  switch (tree_[value].kind) {
    case NodeKind::set:
    case NodeKind::reference:
      return many(value, field);
    case NodeKind::range:
      return range(value, field);
    case NodeKind::slash:
      return prefix(value, field);
    case NodeKind::any:
      return all(field);
    case NodeKind::list:
    case NodeKind::word: {
      if (tree_[value].kind == NodeKind::list && field.values != Values::flags) break;
      const Result<Bits> bits = flags(value, field);
      if (!bits) return Unexpected{bits.error()};
      return one(*bits, field);
    }
    default:
      break;
  }
  return Unexpected{fault(value, "a value is expected here")};
}

// What stands right of the operator, before a mask; flags without an operator are a mask themselves.
Result<Numbers> ValueReader::right_numbers(const Node& match, NodeId right, const Field& field) const {
  const NodeKind kind = tree_[right].kind;
  const bool flag_word = field.values == Values::flags && (kind == NodeKind::word || kind == NodeKind::list);
  if (match.op == Operator::none_of || (match.op == Operator::implicit && flag_word)) {
    if (!flag_word) return Unexpected{fault(right, "flags are expected here")};
    const Result<Bits> bits = flags(right, field);
    if (!bits) return Unexpected{bits.error()};
    const auto none = masked(*bits, one(0, field), field);
    if (!none) return Unexpected{fault(right, "this mask is too scattered")};
    return match.op == Operator::none_of ? *none : complement(*none, field);
  }
  if (kind == NodeKind::slash && field.values == Values::flags) {
    Result<Numbers> value = numbers(tree_.child(right, 0), field);
    if (!value) return value;
    const Result<Bits> mask = flags(tree_.child(right, 1), field);
    if (!mask) return Unexpected{mask.error()};
    const auto found = masked(*mask, *value, field);
    return found ? Result<Numbers>(*found) : Unexpected{fault(right, "this mask is too scattered")};
  }
  return numbers(right, field);
}

Result<Numbers> ValueReader::matching(const Node& match, NodeId left, NodeId right,
                                      const Field& field) const {
  const bool under_mask = tree_[left].kind == NodeKind::masked;
  Node comparison = match;
  if (under_mask && comparison.op == Operator::implicit) comparison.op = Operator::equal;
  Result<Numbers> found = right_numbers(comparison, right, field);
  if (!found) return found;
  const bool ordered = match.op == Operator::less || match.op == Operator::greater ||
                       match.op == Operator::at_most || match.op == Operator::at_least;
  if (ordered) {
    if (under_mask || tree_[right].kind != NodeKind::word) {
      return Unexpected{fault(right, "this comparison is not understood")};
    }
    const Bits limit = found->ranges().front().first;
    const Numbers below =
        limit == 0 ? Numbers(family_of(field)) : Numbers(family_of(field), {{0, limit - 1}});
    const Numbers up_to{family_of(field), {{0, limit}}};
    if (match.op == Operator::less) return below;
    if (match.op == Operator::at_least) return complement(below, field);
    return match.op == Operator::at_most ? up_to : complement(up_to, field);
  }
  if (under_mask) {
    const Result<Bits> mask = flags(tree_.child(left, 1), field);
    if (!mask) return Unexpected{mask.error()};
    const auto values = masked(*mask, *found, field);
    if (!values) return Unexpected{fault(left, "this mask is too scattered")};
    found = *values;
  }
  return match.op == Operator::unequal ? complement(*found, field) : found;
}

std::optional<Fault> ValueReader::add_names(NodeId value, Names& names) const {
  const Node& node = tree_[value];
  if (node.kind == NodeKind::set || node.kind == NodeKind::reference) {
    const auto members = elements(value);
    if (!members) return members.error();
    for (const NodeId element : *members) {
      if (auto wrong = add_names(tree_.child(element, 0), names)) return wrong;
    }
    return std::nullopt;
  }
  if (node.kind == NodeKind::any) {
    names.all = true;
    return std::nullopt;
  }
  const std::string_view text = node.text;
  const bool index = !node.quoted && to_number(text).has_value();
  const bool plain = text.find_first_of("\\ /") == std::string_view::npos &&
                     text.substr(0, text.size() - 1).find('*') == std::string_view::npos;
  if (node.kind != NodeKind::word || text.empty() || index || !plain) {
    return fault(value, "this is not the name of an interface");
  }
  names.patterns.emplace_back(text);
  return std::nullopt;
}

Result<Names> ValueReader::names(NodeId value) const {
  Names names;
  if (auto wrong = add_names(value, names)) return Unexpected{*std::move(wrong)};
  std::ranges::sort(names.patterns);
  const auto rest = std::ranges::unique(names.patterns);
  names.patterns.erase(rest.begin(), rest.end());
  return names;
}

}  // namespace cordon::backends::nftables::reading
