// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/reader_messages.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "compiler/syntax/printable.h"

namespace cordon::syntax {
namespace {

// "a, b and c" of texts that are already as they should look.
std::string join(const std::vector<std::string>& words, std::string_view conjunction) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", conjunction) : ", ";
    text += words[i];
  }
  return text;
}

template <class Items, class Word>
std::string join_quoted(const Items& items, std::string_view conjunction, Word word) {
  std::vector<std::string> words;
  for (const auto& item : items) words.push_back(fmt::format("`{}`", word(item)));
  return join(words, conjunction);
}

}  // namespace

std::string found(const yaml::Node& node) {
  switch (node.kind()) {
    case yaml::Kind::null:
      return "nothing";
    case yaml::Kind::sequence:
      return "a list";
    case yaml::Kind::mapping:
      return "a mapping";
    case yaml::Kind::scalar:
      break;
  }
  const bool text = node.style() != yaml::Style::plain;
  return fmt::format("{}`{}`", text ? "the text " : "", for_message(node.text()));
}

std::string describe(const Type& type) {
  switch (type.shape) {
    case Shape::scalar:
      return std::string(type.scalar->title);
    case Shape::list:
      return fmt::format("{}, or a list of such", type.scalar->title);
    case Shape::record:
      return "a mapping";
    case Shape::records:
      return fmt::format("a list, each entry {}", type.record->title);
    case Shape::map:
      return fmt::format("a mapping from names, each entry {}", type.record->title);
    case Shape::dictionary:
      return fmt::format("a mapping from names, each entry {}", type.scalar->title);
  }
  return {};
}

std::string describe_count(const Type& type) {
  if (type.at_least == type.at_most) return fmt::format("exactly {} entries", type.at_least);
  if (type.at_most == SIZE_MAX) {
    return fmt::format("at least {} {}", type.at_least, type.at_least == 1 ? "entry" : "entries");
  }
  return fmt::format("{} to {} entries", type.at_least, type.at_most);
}

std::string quoted_list(std::span<const std::string_view> words, std::string_view conjunction) {
  return join_quoted(words, conjunction, [](std::string_view word) { return word; });
}
std::string quoted_list(std::span<const Key> keys, std::string_view conjunction) {
  return join_quoted(keys, conjunction, [](const Key& key) { return key.name; });
}
std::string quoted_list(std::span<const Word> words, std::string_view conjunction) {
  return join_quoted(words, conjunction, [](const Word& word) { return word.value; });
}

std::string owners_of(std::string_view key) {
  std::vector<std::string> owners;
  for (const Record* record : all_records()) {
    const bool knows = std::ranges::any_of(record->keys, [&](const Key& legal) { return legal.name == key; });
    if (knows) owners.emplace_back(record->title);
  }
  constexpr std::size_t most = 4;
  if (owners.size() > most) owners.resize(most);
  return join(owners, "and of");
}

}  // namespace cordon::syntax
