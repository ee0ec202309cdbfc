// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a policy says, made harmless for the page that shows it.
//
// Every function takes raw text and first makes it printable: one line, without control, invisible or
// direction-changing characters. What is left is escaped for the format, so that nobody reading a report
// meets anything but text.
#ifndef COMPILER_REPORT_ESCAPE_H
#define COMPILER_REPORT_ESCAPE_H

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::report {

// For the text and for the attributes of XML 1.0.
[[nodiscard]] std::string xml_text(std::string_view text);

// For the message, and for a property, of a workflow command (`::error file=…::message`).
[[nodiscard]] std::string command_text(std::string_view text);
[[nodiscard]] std::string command_property(std::string_view text);

// For Markdown with HTML in it: no markup of either comes alive. What stands in backticks becomes code.
[[nodiscard]] std::string markdown_text(std::string_view text);

// For the messages of SARIF, where brackets are links.
[[nodiscard]] std::string sarif_text(std::string_view text);

// A path as a relative reference (RFC 3986).
[[nodiscard]] std::string uri_path(std::string_view path);

// At most so many bytes, cut between characters, with `…` where something was cut.
[[nodiscard]] std::string shortened(std::string text, std::size_t bytes);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_ESCAPE_H
