// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A YAML file as a tree of values, each with the exact bytes it was written in.
//
// A node is 32 bytes and trivially copyable. Its text is a view into the source file when it was
// written as it reads, otherwise into the document's own storage; its children lie in that storage
// too. So a node lives as long as its `Document` and the `Sources` it was read from.
//
// An alias is read as a copy of what it names: its own range is the alias, the ranges of its
// children are where those were written.
#ifndef COMPILER_YAML_NODE_H
#define COMPILER_YAML_NODE_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/source/source.h"

namespace cordon::yaml {

using source::Range;

enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

// A quoted or block scalar is always text; what a plain one is, its reader decides.
enum class Style : std::uint8_t { plain, quoted, block, flow };

// The tags of the core schema and Cordon's own. `!!str` makes a plain scalar count as quoted.
enum class Tag : std::uint8_t { none, string, integer, floating, boolean, null, sequence, mapping, csv };

struct Entry;

class Node {
 public:
  Node() = default;

  static Node make_null(Range range) { return {Kind::null, Style::plain, range, nullptr, 0}; }
  static Node make_scalar(std::string_view text, Style style, Range range) {
    return {Kind::scalar, style, range, text.data(), static_cast<std::uint32_t>(text.size())};
  }
  static Node make_sequence(std::span<const Node> items, Style style, Range range) {
    return {Kind::sequence, style, range, items.data(), static_cast<std::uint32_t>(items.size())};
  }
  static Node make_mapping(std::span<const Entry> entries, Style style, Range range);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind_ == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind_ == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind_ == Kind::mapping; }

  [[nodiscard]] Style style() const { return style_; }
  [[nodiscard]] Tag tag() const { return tag_; }
  [[nodiscard]] bool is_alias() const { return is_alias_; }

  // A scalar with its quotes or block header, a flow collection with its brackets, a block collection
  // from its first to its last child; without tag and anchor. A value left out has an empty range
  // where it would stand.
  [[nodiscard]] Range range() const { return range_; }

  // What a scalar says: unquoted, unescaped, folded.
  [[nodiscard]] std::string_view text() const {
    CORDON_CHECK(is_scalar());
    return {static_cast<const char*>(data_), size_};
  }
  [[nodiscard]] std::span<const Node> items() const {
    CORDON_CHECK(is_sequence());
    return {static_cast<const Node*>(data_), size_};
  }
  // Keys are scalars, and no two of one mapping read the same. In the order they were written.
  [[nodiscard]] std::span<const Entry> entries() const;

  // The value of a key, or null. Linear: for mappings with few keys.
  [[nodiscard]] const Node* find(std::string_view key) const;

  void set_tag(Tag tag) { tag_ = tag; }
  [[nodiscard]] Node as_alias(Range range) const {
    Node copy = *this;
    copy.range_ = range;
    copy.is_alias_ = true;
    return copy;
  }

 private:
  Node(Kind kind, Style style, Range range, const void* data, std::uint32_t size)
      : data_(data), range_(range), size_(size), kind_(kind), style_(style) {}

  const void* data_ = nullptr;  // bytes, nodes or entries
  Range range_;
  std::uint32_t size_ = 0;
  Kind kind_ = Kind::null;
  Style style_ = Style::plain;
  Tag tag_ = Tag::none;
  bool is_alias_ = false;
};

struct Entry {
  Node key;
  Node value;
};

inline Node Node::make_mapping(std::span<const Entry> entries, Style style, Range range) {
  return {Kind::mapping, style, range, entries.data(), static_cast<std::uint32_t>(entries.size())};
}

inline std::span<const Entry> Node::entries() const {
  CORDON_CHECK(is_mapping());
  return {static_cast<const Entry*>(data_), size_};
}

inline const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries()) {
    if (entry.key.text() == key) return &entry.value;
  }
  return nullptr;
}

// Where nodes and rewritten texts live. Nothing is freed before the whole.
using Storage = std::pmr::monotonic_buffer_resource;

// One file. Moving it leaves every node in place.
class Document {
 public:
  Document(Node root, std::vector<std::unique_ptr<Storage>> storage)
      : root_(root), storage_(std::move(storage)) {}

  [[nodiscard]] const Node& root() const { return root_; }

 private:
  Node root_;
  std::vector<std::unique_ptr<Storage>> storage_;
};

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_NODE_H
