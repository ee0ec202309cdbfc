// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Reads YAML nodes as the rows of the language table say, into typed values.
//
// The reader knows no key by name. It goes on after a fault, so that one run reports them all; a
// faulty value stays absent and is never reported a second time as missing.
#ifndef COMPILER_SYNTAX_READER_H
#define COMPILER_SYNTAX_READER_H

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/language.h"
#include "compiler/yaml/node.h"

namespace cordon::syntax {

class Reader {
 public:
  explicit Reader(diagnostics::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  // `where` is what a message points at that says what the mapping lacks.
  void read_record(const yaml::Node& node, const Record& record, Range where, void* object);

  // The value of an entry, as its key says, into the place that its row names.
  void read(const yaml::Entry& entry, const Key& key, Text& place) { read_text(entry.value, key, place); }
  void read(const yaml::Entry& entry, const Key& key, Texts& place) { read_list(entry.value, key, place); }
  void read(const yaml::Entry& entry, const Key& key, Flag& place);
  void read(const yaml::Entry& entry, const Key& key, std::optional<Integer>& place);
  void read(const yaml::Entry& entry, const Key& key, std::vector<Include>& place);
  void read(const yaml::Entry& entry, const Key& key, std::vector<Argument>& place);

  template <class T>
  void read(const yaml::Entry& entry, const Key& key, std::optional<T>& place) {
    place.emplace().range = item_range(entry);
    read_record(entry.value, *key.type.record, entry.key.range(), &*place);
  }
  template <class T>
  void read(const yaml::Entry& entry, const Key& key, std::vector<T>& place) {
    if constexpr (requires(T item) { item.name; }) {
      if (key.type.shape == Shape::map) return read_map(entry, key, place, nullptr);
    }
    if (!is_sequence(entry.value, key)) return;
    place.reserve(place.size() + entry.value.items().size());
    for (const yaml::Node& node : entry.value.items()) {
      place.emplace_back().range = node.range();
      read_record(node, *key.type.record, anchor(node), &place.back());
    }
  }

  // `owner` is where the key `besides` belongs, for a map that has one.
  template <class T>
  void read_map(const yaml::Entry& map, const Key& key, std::vector<T>& place, void* owner) {
    if (!is_mapping(map.value, key)) return;
    place.reserve(place.size() + map.value.entries().size());
    for (const yaml::Entry& entry : map.value.entries()) {
      if (const Key* besides = key.type.besides; besides != nullptr && entry.key.text() == besides->name) {
        besides->store(*this, entry, *besides, owner);
        continue;
      }
      T& item = place.emplace_back();
      item.range = item_range(entry);
      read_scalar(entry.key, *key.type.name, key.name, item.name);
      read_record(entry.value, *key.type.record, entry.key.range(), &item);
    }
  }

  void read_list(const yaml::Node& node, const Key& key, Texts& place);

  // From the key to the end of its value.
  static Range item_range(const yaml::Entry& entry);

 private:
  void read_text(const yaml::Node& node, const Key& key, Text& place);
  void read_shorthand(const yaml::Node& node, const Record& record, void* object);
  bool read_scalar(const yaml::Node& node, const Scalar& scalar, std::string_view subject, Text& place);
  bool accept_text(const yaml::Node& node, std::string_view text, const Scalar& scalar,
                   std::string_view subject);
  bool accept_free_text(const yaml::Node& node, std::string_view text, std::string_view subject);
  bool is_mapping(const yaml::Node& node, const Key& key);
  bool is_sequence(const yaml::Node& node, const Key& key);
  bool is_untagged(const yaml::Node& node);
  void check_choices(const yaml::Node& node, const Record& record, Range where);

  void report_unknown_key(const yaml::Node& key, const Record& record);
  void report_wrong_type(const yaml::Node& node, std::string_view subject, std::string_view expected,
                         std::string_view help);

  static Range anchor(const yaml::Node& node);

  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_READER_H
