// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/reference.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "compiler/syntax/language.h"

namespace cordon::syntax {
namespace {

// A vertical bar ends a cell of a table, in code too.
std::string cell(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '|') result += '\\';
    result += letter;
  }
  return result;
}

// The heading of a mapping without its article: "network".
std::string_view heading(const Record& record) {
  std::string_view title = record.title;
  for (const std::string_view article : {"a ", "an ", "the "}) {
    if (title.starts_with(article)) return title.substr(article.size());
  }
  return title;
}

std::string link_to(const Record& record) {
  std::string anchor(heading(record));
  std::erase_if(anchor, [](char letter) { return letter == ',' || letter == '\''; });
  for (char& letter : anchor) {
    if (letter == ' ') letter = '-';
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return fmt::format("[{}](#{})", heading(record), anchor);
}

std::string value_of(const Scalar& scalar) {
  switch (scalar.form) {
    case Form::word: {
      std::string text;
      for (const Word& word : scalar.words)
        text += fmt::format("{}`{}`", text.empty() ? "" : ", ", word.value);
      return text;
    }
    case Form::integer:
      if (scalar.least == scalar.most) return fmt::format("the number {}", scalar.least);

      return fmt::format("number, {} to {}", scalar.least, scalar.most);
    default:
      return std::string(scalar.title);
  }
}

std::string value_of(const Type& type) {
  switch (type.shape) {
    case Shape::scalar:
      return value_of(*type.scalar);
    case Shape::list:
      if (type.at_least == type.at_most)
        return fmt::format("list of {}: {}", type.at_least, value_of(*type.scalar));
      return fmt::format("one or a list: {}", value_of(*type.scalar));
    case Shape::record:
      return link_to(*type.record);
    case Shape::records:
      return fmt::format("list: {}", link_to(*type.record));
    case Shape::map: {
      const std::string tagged =
          type.tagged == nullptr ? "" : fmt::format(", or `!csv` with {}", link_to(*type.tagged));
      return fmt::format("by name: {}{}", link_to(*type.record), tagged);
    }
    case Shape::dictionary:
      return fmt::format("by name: {}", value_of(*type.scalar));
  }
  return {};
}

std::string row(const Key& key) {
  const std::string holds = key.required           ? "**required**"
                            : key.fallback.empty() ? ""
                                                   : fmt::format("default: {}", key.fallback);
  return fmt::format("| `{}` | {} | {} | {} | `{}: {}` |\n", key.name, cell(value_of(key.type)), cell(holds),
                     cell(key.doc), key.name, cell(key.example));
}

std::string choice(const Choice& choice) {
  std::string keys;
  for (const std::string_view key : choice.keys) keys += fmt::format("{}`{}`", keys.empty() ? "" : ", ", key);
  if (choice.at_least == 1 && choice.at_most == 1) return fmt::format("Exactly one of {}.\n", keys);
  if (choice.at_least == 1) return fmt::format("At least one of {}.\n", keys);
  return fmt::format("At most one of {}.\n", keys);
}

std::string section(const Record& record) {
  std::string text = fmt::format("### {}\n\n{}\n", heading(record), record.doc);
  if (!record.shorthand.empty()) {
    text += fmt::format("What is no mapping stands for `{}`.\n", record.shorthand);
  }
  text += "\n| key | value | | meaning | example |\n|---|---|---|---|---|\n";
  for (const Key& key : record.keys) text += row(key);
  if (!record.choices.empty()) text += "\n";
  for (const Choice& one : record.choices) text += choice(one);
  return text + "\n";
}

void collect_words(const Type& type, std::vector<const Scalar*>& scalars) {
  if (type.scalar == nullptr || type.scalar->form != Form::word) return;
  if (std::ranges::find(scalars, type.scalar) == scalars.end()) scalars.push_back(type.scalar);
}

std::string words() {
  std::vector<const Scalar*> scalars;
  for (const Record* record : all_records()) {
    for (const Key& key : record->keys) collect_words(key.type, scalars);
  }
  std::string text = "### Words\n\n";
  for (const Scalar* scalar : scalars) {
    text += fmt::format("What may stand for {}:\n\n", scalar->title);
    for (const Word& word : scalar->words) text += fmt::format("- `{}`: {}\n", word.value, word.doc);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string language_reference() {
  std::string text = "## Every key\n\n";
  for (const Record* record : all_records()) text += section(*record);
  text += words();
  return text;
}

}  // namespace cordon::syntax
