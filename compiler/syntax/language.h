// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The policy language as data. A row says how a key is called, what its value may be, what it means,
// how it looks in use and where the parser puts it. The parser, the JSON Schema, the language
// reference and "did you mean" read these rows and nothing else, so they cannot drift apart.
#ifndef COMPILER_SYNTAX_LANGUAGE_H
#define COMPILER_SYNTAX_LANGUAGE_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/syntax/scalar.h"

namespace cordon::yaml {
struct Entry;
}  // namespace cordon::yaml

namespace cordon::syntax {

class Reader;
struct Key;
struct Record;

enum class Shape : std::uint8_t {
  scalar,      // one value
  list,        // a list of values; one value alone is a list of one
  record,      // a mapping with known keys
  records,     // a list of such mappings
  map,         // a mapping from names to records
  dictionary,  // a mapping from names to a value or a list of values
};

struct Type {
  Shape shape;
  const Scalar* scalar = nullptr;  // of the value, or of each value
  const Record* record = nullptr;  // of the mapping, or of each mapping
  const Scalar* name = nullptr;    // map, dictionary: what a name is
  std::size_t at_least = 0;        // list: how many values
  std::size_t at_most = SIZE_MAX;
  const Record* tagged = nullptr;  // map: what may stand there instead, under the tag `!csv`
  const Key* besides = nullptr;    // map: a key among the names that is no name
};

using Store = void (*)(Reader&, const yaml::Entry&, const Key&, void* object);

struct Key {
  std::string_view name;
  Type type;
  bool required;
  std::string_view fallback;  // what holds when the key is absent; empty: nothing
  std::string_view doc;       // one or two sentences
  std::string_view example;   // the value as one would write it, in YAML
  Store store;
};

// Keys that belong together: of `keys` at least and at most so many may be there.
struct Choice {
  std::span<const std::string_view> keys;
  std::size_t at_least;
  std::size_t at_most;
};

struct Record {
  std::string_view id;     // for the schema and for links: `network`
  std::string_view title;  // with its article, for messages: `a network`
  std::string_view doc;
  std::span<const Key> keys;
  std::span<const Choice> choices = {};
  std::string_view shorthand = {};  // a value that is no mapping stands for this key alone
  bool tagged = false;              // stands under `!csv`
};

// Where files begin.
[[nodiscard]] const Record& project_file();
[[nodiscard]] const Record& included_file();
[[nodiscard]] const Record& module_file();

// Every mapping of the language once, the top of a file first, then as one comes to them.
[[nodiscard]] std::span<const Record* const> all_records();

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_LANGUAGE_H
