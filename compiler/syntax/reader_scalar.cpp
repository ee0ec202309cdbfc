// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Single values. Text is taken as written, so `9.18` and `'9.18'` are the same version; numbers and
// switches have to be plain, since quotes make a text of them.

#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/diagnostics/kinds/syntax.h"
#include "compiler/syntax/printable.h"
#include "compiler/syntax/reader.h"
#include "compiler/syntax/reader_messages.h"
#include "compiler/yaml/inspect.h"

namespace cordon::syntax {
namespace {

namespace kind = diagnostics::kind;

bool is_plain(const yaml::Node& node) { return node.is_scalar() && node.style() == yaml::Style::plain; }

// Decimal as people write it. `010` is eight to some readers of YAML and ten to others.
std::optional<std::int64_t> parse_integer(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  // Beyond every bound of the language, whatever its value.
  if (error == std::errc::result_out_of_range) return std::numeric_limits<std::int64_t>::max();
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

bool is_number(std::string_view text, std::size_t at, std::size_t size, int& value) {
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + size, value);
  return error == std::errc() && end == text.data() + at + size && text[at] != '-';
}

bool is_date(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!is_number(text, 0, 4, year) || !is_number(text, 5, 2, month) || !is_number(text, 8, 2, day))
    return false;
  if (year < 1900 || month < 1 || month > 12) return false;
  constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int length = month == 2 && leap ? 29 : lengths[static_cast<std::size_t>(month - 1)];
  return day >= 1 && day <= length;
}

std::string_view integer_help(const yaml::Node& node) {
  if (!node.is_scalar()) return {};
  if (parse_integer(node.text())) return "write the number without quotes";
  return "write a number in decimal digits, without leading zeros";
}

}  // namespace

void Reader::read_text(const yaml::Node& node, const Key& key, Text& place) {
  read_scalar(node, *key.type.scalar, key.name, place);
}

bool Reader::read_scalar(const yaml::Node& node, const Scalar& scalar, std::string_view subject,
                         Text& place) {
  if (!node.is_scalar()) {
    const std::string_view help =
        node.is_sequence() ? "one value stands here, not a list" : std::string_view();
    report_wrong_type(node, fmt::format("`{}`", subject), scalar.title, help);
    return false;
  }
  std::string_view text = node.text();
  // A block scalar ends in a line break that nobody meant.
  if (node.style() == yaml::Style::block && text.ends_with('\n')) text.remove_suffix(1);
  if (!accept_text(node, text, scalar, subject)) return false;
  place = {text, node.range()};
  return true;
}

bool Reader::accept_text(const yaml::Node& node, std::string_view text, const Scalar& scalar,
                         std::string_view subject) {
  if (scalar.form == Form::text) return accept_free_text(node, text, subject);
  if (scalar.form == Form::word) {
    const auto legal = [&](const Word& word) { return word.value == text; };
    if (std::ranges::any_of(scalar.words, legal)) return true;
    NearestName nearest(text);
    for (const Word& word : scalar.words) nearest.consider(word.value);
    auto message = diagnostics_.build(kind::unknown_word, node.range(), for_message(text), scalar.title);
    if (!nearest.result().empty()) message.here("did you mean `{}`?", nearest.result());
    message.help("write {}", quoted_list(scalar.words, "or")).emit();
    return false;
  }
  if (scalar.form == Form::date ? is_date(text) : scalar.accepts(text)) return true;

  const std::string value = for_message(text);
  auto message = scalar.form == Form::name ? diagnostics_.build(kind::malformed_name, node.range(), value)
                 : scalar.form == Form::date
                     ? diagnostics_.build(kind::no_such_date, node.range(), value)
                     : diagnostics_.build(kind::malformed_value, node.range(), value, scalar.title);
  if (!scalar.hint.empty()) message.help("{}", scalar.hint);
  message.emit();
  return false;
}

bool Reader::accept_free_text(const yaml::Node& node, std::string_view text, std::string_view subject) {
  if (text.empty()) {
    report_wrong_type(node, fmt::format("`{}`", for_message(subject)), "one line of text",
                      "leave the key out");
    return false;
  }
  if (text.size() > longest_text && count_characters(text) > longest_text) {
    diagnostics_
        .build(kind::text_too_long, node.range(), for_message(subject), count_characters(text), longest_text)
        .help("put what is longer into a comment")
        .emit();
    return false;
  }
  const std::optional<std::string> character = find_unprintable(text);
  if (!character) return true;
  // What no YAML file may hold was reported when it was read, escapes included.
  if (yaml::find_forbidden(text)) return false;
  diagnostics_.build(kind::unprintable_text, node.range(), for_message(subject), *character)
      .help("free text ends up in configurations: write one line that reads as it is")
      .emit();
  return false;
}

void Reader::read(const yaml::Entry& entry, const Key& key, Flag& place) {
  const yaml::Node& node = entry.value;
  if (is_plain(node) && (node.text() == "true" || node.text() == "false")) {
    place = {node.text() == "true", node.range(), {}};
    return;
  }
  const Scalar& scalar = *key.type.scalar;
  if (scalar.accepts != nullptr && is_plain(node) && scalar.accepts(node.text())) {
    place = {false, node.range(), node.text()};
    return;
  }
  report_wrong_type(node, fmt::format("`{}`", key.name), key.type.scalar->title,
                    node.is_scalar() ? "write `true` or `false`, in small letters and without quotes" : "");
}

void Reader::read(const yaml::Entry& entry, const Key& key, std::optional<Integer>& place) {
  const yaml::Node& node = entry.value;
  const Scalar& scalar = *key.type.scalar;
  const std::optional<std::int64_t> value = is_plain(node) ? parse_integer(node.text()) : std::nullopt;
  if (!value) return report_wrong_type(node, fmt::format("`{}`", key.name), scalar.title, integer_help(node));
  if (*value >= scalar.least && *value <= scalar.most) {
    place = Integer{*value, node.range()};
  } else if (&scalar == &scalar::language_version) {
    diagnostics_.build(kind::unsupported_version, node.range(), for_message(node.text()))
        .help("write `cordon: 1`; a later version of the language needs a later Cordon")
        .emit();
  } else {
    auto message = diagnostics_.build(kind::out_of_bounds, node.range(), for_message(node.text()),
                                      scalar.title, scalar.least, scalar.most);
    if (!scalar.hint.empty()) message.help("{}", scalar.hint);
    message.emit();
  }
}

}  // namespace cordon::syntax
