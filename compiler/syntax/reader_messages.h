// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The words in which the reader speaks of the language table and of what it found.
#ifndef COMPILER_SYNTAX_READER_MESSAGES_H
#define COMPILER_SYNTAX_READER_MESSAGES_H

#include <span>
#include <string>
#include <string_view>

#include "compiler/syntax/language.h"
#include "compiler/yaml/node.h"

namespace cordon::syntax {

// What stands there: `nothing`, `the number 4711`, `a list`.
[[nodiscard]] std::string found(const yaml::Node& node);

// What may stand there: `a VLAN id`, `a list, each entry a flow`.
[[nodiscard]] std::string describe(const Type& type);
[[nodiscard]] std::string describe_count(const Type& type);

// "`a`, `b` and `c`"
[[nodiscard]] std::string quoted_list(std::span<const std::string_view> words, std::string_view conjunction);
[[nodiscard]] std::string quoted_list(std::span<const Key> keys, std::string_view conjunction);
[[nodiscard]] std::string quoted_list(std::span<const Word> words, std::string_view conjunction);

// The mappings that know a key, for one that was indented wrongly: "a flow and a waiver".
[[nodiscard]] std::string owners_of(std::string_view key);

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_READER_MESSAGES_H
