// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/escape.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/printable.h"

namespace cordon::report {
namespace {

bool is_letter_or_digit(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
         (letter >= 'A' && letter <= 'Z');
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Printable, and without U+FFFE and U+FFFF, which are characters of no text and break XML.
std::string shown(std::string_view text) {
  std::string result = diagnostics::printable(text);
  for (const auto& [bytes, name] :
       {std::pair("\xEF\xBF\xBE", "\\u{fffe}"), std::pair("\xEF\xBF\xBF", "\\u{ffff}")}) {
    for (std::size_t at = result.find(bytes); at != std::string::npos; at = result.find(bytes, at))
      result.replace(at, 3, name);
  }
  return result;
}

bool ends_with_www(std::string_view text) {
  return text.size() >= 3 && std::ranges::all_of(text.substr(text.size() - 3),
                                                 [](char letter) { return letter == 'w' || letter == 'W'; });
}

// Whether the character is itself in Markdown, given its neighbours: no emphasis, link, list, table, formula
// or HTML, and no address that becomes a link by itself.
bool is_plain_in_markdown(std::string_view text, std::size_t at) {
  const char letter = text[at];
  const std::string_view before = text.substr(0, at);
  if (is_letter_or_digit(letter) || letter == ' ' || static_cast<unsigned char>(letter) >= 0x80U) return true;
  const bool only_digits = std::ranges::all_of(before, [](char each) { return each >= '0' && each <= '9'; });
  switch (letter) {
    case '.':
    case ')':
      return !only_digits && !ends_with_www(before);
    case '-':
      return at > 0;
    case ':':
      return at + 1 == text.size() || text[at + 1] != '/';
    default:
      return std::string_view(",;/('\"?%!").find(letter) != std::string_view::npos;
  }
}

template <class Escape>
std::string escaped(std::string_view text, Escape escape) {
  std::string result;
  result.reserve(text.size());
  for (const char letter : text) {
    const std::string_view replaced = escape(letter);
    if (replaced.empty()) {
      result += letter;
    } else {
      result += replaced;
    }
  }
  return result;
}

}  // namespace

std::string xml_text(std::string_view text) {
  return escaped(shown(text), [](char letter) -> std::string_view {
    switch (letter) {
      case '&':
        return "&amp;";
      case '<':
        return "&lt;";
      case '>':
        return "&gt;";
      case '"':
        return "&quot;";
      case '\'':
        return "&apos;";
      default:
        return {};
    }
  });
}

std::string command_text(std::string_view text) {
  return escaped(shown(text), [](char letter) -> std::string_view {
    return letter == '%' ? "%25" : std::string_view();  // line ends are no more
  });
}

std::string command_property(std::string_view text) {
  return escaped(shown(text), [](char letter) -> std::string_view {
    switch (letter) {
      case '%':
        return "%25";
      case ':':
        return "%3A";
      case ',':
        return "%2C";
      default:
        return {};
    }
  });
}

std::string markdown_text(std::string_view text) {
  const std::string plain = shown(text);
  std::string result;
  bool code = false;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const char letter = plain[at];
    if (letter == '`') {
      result += code ? "</code>" : "<code>";
      code = !code;
    } else if (is_plain_in_markdown(plain, at)) {
      result += letter;
    } else {
      fmt::format_to(std::back_inserter(result), "&#{};", static_cast<int>(letter));
    }
  }
  return code ? result + "</code>" : result;
}

std::string sarif_text(std::string_view text) {
  return escaped(shown(text), [](char letter) -> std::string_view {
    switch (letter) {
      case '[':
        return "\\[";
      case ']':
        return "\\]";
      case '\\':
        return "\\\\";
      default:
        return {};
    }
  });
}

std::string uri_path(std::string_view path) {
  std::string uri;
  for (const char letter : path) {
    if (is_letter_or_digit(letter) || std::string_view("-._~/").find(letter) != std::string_view::npos) {
      uri += letter;
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", static_cast<unsigned char>(letter));
    }
  }
  return uri;
}

std::string shortened(std::string text, std::size_t bytes) {
  constexpr std::string_view dots = "…";
  if (text.size() <= bytes) return text;
  std::size_t end = bytes - dots.size();
  while (end > 0 && is_continuation(text[end])) --end;
  text.resize(end);
  return text += dots;
}

}  // namespace cordon::report
