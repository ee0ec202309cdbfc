// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sources and destinations of an access list's line, and the objects and groups that they name.
#include <algorithm>

#include "backends/cisco_asa/read_groups.h"
#include "backends/cisco_asa/read_limits.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

using packet::AddressRange;
using packet::AddressSet;
using packet::Family;
using packet::Prefix;

// What a group is before its members are known: whoever meets it then is one of its own members.
Problem contains_itself(source::Range range) { return {range, "an object group contains itself"}; }

void add(Addresses& made, Family family, AddressRange range) {
  made.ranges[static_cast<std::size_t>(family)].push_back(range);
}
void add(Addresses& made, const Prefix& prefix) {
  add(made, prefix.family(), {prefix.first(), prefix.last()});
}
void add_all(Addresses& made, Family family) { add(made, family, {0, packet::max_bits(family)}); }

void add(Addresses& made, const Addresses& more) {
  for (std::size_t family = 0; family < made.ranges.size(); ++family) {
    auto& ranges = made.ranges[family];
    ranges.insert(ranges.end(), more.ranges[family].begin(), more.ranges[family].end());
  }
}

std::size_t size(const Addresses& made) { return made.ranges[0].size() + made.ranges[1].size(); }

// Members often adjoin or repeat each other, and groups may be parts of many others.
void straighten(Addresses& made) {
  for (const Family family : packet::families) {
    auto& ranges = made.ranges[static_cast<std::size_t>(family)];
    ranges = AddressSet(family, std::move(ranges)).ranges();
  }
}

// The names that a line may say with one word, or with the next one.
bool is_one_word(std::string_view word) {
  return word == "any" || word == "any4" || word == "any6" || word.find('/') != std::string_view::npos;
}

}  // namespace

bool Groups::spend(std::size_t count) {
  spent_ += count;
  return spent_ <= largest_expansion;
}

// `host A`, `A MASK`, `P/L`.
void Groups::take_plain_addresses(Cursor& cursor, Addresses& made) {
  if (cursor.accept("host")) {
    const auto address = text_.address(cursor.peek());
    if (!address) return cursor.refuse("an address is not understood");
    cursor.take();
    return add(made, address->family, {address->bits, address->bits});
  }
  if (const auto prefix = packet::parse_prefix(cursor.peek()); prefix && prefix->family() == Family::ipv6) {
    cursor.take();
    return add(made, *prefix);
  }
  const auto address = text_.address(cursor.peek());
  if (!address || address->family != Family::ipv4) return cursor.refuse("an address is not understood");
  const auto length = netmask_length(cursor.peek(1));
  cursor.take();
  if (!length) return cursor.refuse("a netmask is not understood");
  cursor.take();
  add(made, Prefix{*address, *length});
}

// `host A`, `subnet A MASK`, `subnet P/L`, `range A B`.
void Groups::read_address_object(Cursor& cursor, Addresses& made) {
  if (cursor.peek() == "host") return take_plain_addresses(cursor, made);
  if (cursor.accept("subnet")) return take_plain_addresses(cursor, made);
  if (!cursor.accept("range")) return cursor.refuse("what the object is is not understood");
  const auto first = text_.address(cursor.peek());
  const auto last = text_.address(cursor.peek(1));
  if (!first || !last || first->family != last->family || last->bits < first->bits)
    return cursor.refuse("a range of addresses is not understood");
  cursor.take();
  cursor.take();
  add(made, first->family, {first->bits, last->bits});
}

Addresses* Groups::address_object(const std::string& name) {
  const auto found = text_.objects.find(name);
  if (found == text_.objects.end() || found->second.kind != ObjectKind::network) return nullptr;
  const auto [place, added] = address_objects_.try_emplace(name);
  Addresses& made = place->second;
  if (!added) return &made;
  const source::Range content = found->second.content;
  if (!content.valid()) {
    made.problem = Problem{found->second.range, "an object is empty"};
    return &made;
  }
  Cursor cursor(words_of(sources_, content));
  read_address_object(cursor, made);
  if (!cursor.failed() && !cursor.done()) cursor.refuse("this word of an object is not understood");
  made.problem = cursor.problem();
  return &made;
}

// `network-object host A|A MASK|P/L|object X`, `group-object X`.
void Groups::add_address_member(Cursor& cursor, Addresses& made, int depth) {
  const bool nested = cursor.accept("group-object");
  if (!nested && !cursor.accept("network-object"))
    return cursor.refuse("this member of an object group is not understood");
  if (!nested && !cursor.accept("object")) return take_plain_addresses(cursor, made);
  if (depth >= largest_group_depth) return cursor.refuse("object groups are nested too deep");
  const std::string name(cursor.peek());
  const Addresses* inner = nested ? address_group(name, depth + 1) : address_object(name);
  if (inner == nullptr) return cursor.refuse("no such object is defined");
  if (inner->problem) return cursor.refuse(inner->problem->reason);
  if (!spend(size(*inner))) return cursor.refuse("the sets of the configuration are too large together");
  cursor.take();
  add(made, *inner);
}

Addresses* Groups::address_group(const std::string& name, int depth) {
  const auto found = text_.groups.find(name);
  if (found == text_.groups.end() || found->second.kind != GroupKind::networks) return nullptr;
  const auto [place, added] = address_groups_.try_emplace(name);
  Addresses& group = place->second;
  if (!added) return &group;
  group.problem = contains_itself(found->second.range);
  Addresses made;
  for (const source::Range member : found->second.members) {
    Cursor cursor(words_of(sources_, member));
    add_address_member(cursor, made, depth);
    if (!cursor.failed() && !cursor.done()) cursor.refuse("this word of an object group is not understood");
    if (!made.problem) made.problem = cursor.problem();
  }
  straighten(made);
  if (!made.problem && size(made) == 0)
    made.problem = Problem{found->second.range, "an object group is empty"};
  if (!made.problem && !spend(size(made)))
    made.problem = Problem{found->second.range, "the sets of the configuration are too large together"};
  group = std::move(made);
  return &group;
}

config::AddressSetId Groups::intern(AddressSet set) {
  return device_.addresses.push_back({std::move(set), {}});
}

bool Groups::give_ids(Addresses& made, std::string_view label) {
  if (made.has_ids) return true;
  if (!spend(size(made))) return false;
  made.has_ids = true;
  for (const Family family : packet::families) {
    const auto& ranges = made.ranges[static_cast<std::size_t>(family)];
    if (ranges.empty()) continue;
    made.ids[static_cast<std::size_t>(family)] =
        device_.addresses.push_back({AddressSet(family, ranges), printable_text(label)});
  }
  return true;
}

const Addresses* Groups::take_named_addresses(Cursor& cursor, bool group) {
  const std::string name(cursor.peek());
  Addresses* made = group ? address_group(name, 0) : address_object(name);
  if (made == nullptr) {
    cursor.refuse("no such object is defined");
  } else if (made->problem) {
    cursor.refuse(made->problem->reason);
  } else if (!give_ids(*made, name)) {
    cursor.refuse("the sets of the configuration are too large together");
  } else {
    cursor.take();
    return made;
  }
  return nullptr;
}

const Addresses* Groups::take_addresses(Cursor& cursor) {
  if (cursor.accept("object")) return take_named_addresses(cursor, false);
  if (cursor.accept("object-group")) return take_named_addresses(cursor, true);
  const std::string_view word = cursor.peek();
  std::string key(word);
  if (!is_one_word(word)) key.append(" ").append(cursor.peek(1));
  const auto [place, added] = literals_.try_emplace(key);
  Addresses& made = place->second;
  if (!added && !made.problem) {
    cursor.take();
    if (!is_one_word(word)) cursor.take();
    return &made;
  }
  made = {};
  if (cursor.accept("any")) {
    for (const Family family : packet::families) add_all(made, family);
  } else if (cursor.accept("any4")) {
    add_all(made, Family::ipv4);
  } else if (cursor.accept("any6")) {
    add_all(made, Family::ipv6);
  } else {
    take_plain_addresses(cursor, made);
  }
  if (!cursor.failed() && !give_ids(made, {}))
    cursor.refuse("the sets of the configuration are too large together");
  made.problem = cursor.problem();
  return made.problem ? nullptr : &made;
}

}  // namespace cordon::backends::cisco_asa::reading
