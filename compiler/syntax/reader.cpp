// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Mappings, lists and their keys. Single values: reader_scalar.cpp.

#include "compiler/syntax/reader.h"

#include <cstdint>

#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/base/spelling.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/printable.h"
#include "compiler/syntax/reader_messages.h"

namespace cordon::syntax {
namespace {

constexpr std::size_t no_key = SIZE_MAX;

// Keys are mostly written in the order of the table, so the search starts where the last one ended.
std::size_t find_key(const Record& record, std::string_view name, std::size_t start) {
  const std::size_t count = record.keys.size();
  for (std::size_t step = 0; step < count; ++step) {
    std::size_t index = start + step;
    if (index >= count) index -= count;
    if (record.keys[index].name == name) return index;
  }
  return no_key;
}

std::string quoted(std::string_view name) { return fmt::format("`{}`", name); }

const Key& shorthand_key(const Record& record) {
  const std::size_t index = find_key(record, record.shorthand, 0);
  CORDON_CHECK(index != no_key);
  return record.keys[index];
}

}  // namespace

// Of a mapping over many lines the first key is shown, not all of it.
Range Reader::anchor(const yaml::Node& node) {
  const bool many_lines = node.is_mapping() && node.style() == yaml::Style::block && !node.is_alias();
  return many_lines && !node.entries().empty() ? node.entries().front().key.range() : node.range();
}

Range Reader::item_range(const yaml::Entry& entry) {
  Range range = entry.key.range();
  const Range value = entry.value.range();
  if (value.file == range.file) range.end = std::max(range.end, value.end);
  return range;
}

void Reader::read_record(const yaml::Node& node, const Record& record, Range where, void* object) {
  if (!node.is_mapping() && !record.shorthand.empty()) return read_shorthand(node, record, object);
  if (!node.is_mapping()) return report_wrong_type(node, record.title, "a mapping", {});
  if (!record.tagged && !is_untagged(node)) return;

  CORDON_CHECK(record.keys.size() < 64);
  std::uint64_t seen = 0;
  std::size_t next = 0;
  for (const yaml::Entry& entry : node.entries()) {
    const std::size_t index = find_key(record, entry.key.text(), next);
    if (index == no_key) {
      report_unknown_key(entry.key, record);
      continue;
    }
    seen |= std::uint64_t{1} << index;
    next = index + 1;
    const Key& key = record.keys[index];
    key.store(*this, entry, key, object);
  }
  for (std::size_t i = 0; i < record.keys.size(); ++i) {
    if (!record.keys[i].required || (seen >> i & 1U) != 0) continue;
    diagnostics_.build(diagnostics::kind::missing_key, where, record.title, record.keys[i].name)
        .help("`{}` is {}, for example `{}: {}`", record.keys[i].name, describe(record.keys[i].type),
              record.keys[i].name, record.keys[i].example)
        .emit();
  }
  check_choices(node, record, where);
}

void Reader::read_shorthand(const yaml::Node& node, const Record& record, void* object) {
  const Key& key = shorthand_key(record);
  key.store(*this, {node, node}, key, object);
}

void Reader::check_choices(const yaml::Node& node, const Record& record, Range where) {
  for (const Choice& choice : record.choices) {
    const yaml::Entry* first = nullptr;
    std::size_t found = 0;
    for (const yaml::Entry& entry : node.entries()) {
      if (std::ranges::find(choice.keys, entry.key.text()) == choice.keys.end()) continue;
      if (++found == 1) first = &entry;
      if (found <= choice.at_most) continue;
      diagnostics_
          .build(diagnostics::kind::conflicting_keys, entry.key.range(), record.title, first->key.text(),
                 entry.key.text())
          .label(first->key.range(), "the other")
          .emit();
    }
    if (found >= choice.at_least) continue;
    diagnostics_
        .build(diagnostics::kind::missing_choice, where, record.title, quoted_list(choice.keys, "and"))
        .emit();
  }
}

void Reader::read_list(const yaml::Node& node, const Key& key, Texts& place) {
  const std::size_t before = place.size();
  if (node.is_sequence()) {
    place.reserve(before + node.items().size());
    for (const yaml::Node& item : node.items()) {
      read_scalar(item, *key.type.scalar, key.name, place.emplace_back());
    }
  } else if (node.is_scalar()) {
    read_scalar(node, *key.type.scalar, key.name, place.emplace_back());
  } else {
    return report_wrong_type(node, quoted(key.name), describe(key.type), {});
  }
  const std::size_t count = place.size() - before;
  if (count >= key.type.at_least && count <= key.type.at_most) return;
  diagnostics_.build(diagnostics::kind::wrong_count, node.range(), key.name, describe_count(key.type), count)
      .emit();
}

void Reader::read(const yaml::Entry& entry, const Key& key, std::vector<Include>& place) {
  Texts patterns;
  read_list(entry.value, key, patterns);
  for (const Text& pattern : patterns) place.push_back({pattern});
}

void Reader::read(const yaml::Entry& entry, const Key& key, std::vector<Argument>& place) {
  if (!is_mapping(entry.value, key)) return;
  for (const yaml::Entry& argument : entry.value.entries()) {
    Argument& item = place.emplace_back();
    read_scalar(argument.key, *key.type.name, key.name, item.name);
    Key value = key;
    value.name = argument.key.text();
    read_list(argument.value, value, item.values);
  }
}

bool Reader::is_mapping(const yaml::Node& node, const Key& key) {
  if (!is_untagged(node)) return false;
  if (node.is_mapping()) return true;
  const std::string help =
      node.is_null() ? std::string("write `{}` for none, or leave the key out") : std::string();
  report_wrong_type(node, quoted(key.name), describe(key.type), help);
  return false;
}

bool Reader::is_sequence(const yaml::Node& node, const Key& key) {
  if (node.is_sequence()) return true;
  const std::string_view help = node.is_null()      ? "write `[]` for none, or leave the key out"
                                : node.is_mapping() ? "put `-` before each entry"
                                                    : std::string_view();
  report_wrong_type(node, quoted(key.name), describe(key.type), help);
  return false;
}

bool Reader::is_untagged(const yaml::Node& node) {
  // On anything but a mapping the tag does not fit, which was said when the YAML was read.
  if (node.tag() != yaml::Tag::csv || !node.is_mapping()) return true;
  diagnostics_.build(diagnostics::kind::misplaced_tag, anchor(node))
      .help("only `hosts` can be read from a table: `hosts: !csv {{file: inventory.csv}}`")
      .emit();
  return false;
}

void Reader::report_unknown_key(const yaml::Node& key, const Record& record) {
  NearestName nearest(key.text());
  for (const Key& legal : record.keys) nearest.consider(legal.name);
  auto message =
      diagnostics_.build(diagnostics::kind::unknown_key, key.range(), for_message(key.text()), record.title);
  if (!nearest.result().empty()) {
    message.here("did you mean `{}`?", nearest.result());
  } else if (const std::string owners = owners_of(key.text()); !owners.empty()) {
    message.note("`{}` is a key of {}", key.text(), owners);
  }
  message.help("its keys are {}", quoted_list(record.keys, "and")).emit();
}

void Reader::report_wrong_type(const yaml::Node& node, std::string_view subject, std::string_view expected,
                               std::string_view help) {
  auto message =
      diagnostics_.build(diagnostics::kind::wrong_type, anchor(node), subject, expected, found(node));
  if (!help.empty()) message.help("{}", help);
  message.emit();
}

}  // namespace cordon::syntax
