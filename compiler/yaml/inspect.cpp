// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/inspect.h"

#include <cstddef>

#include <fmt/format.h>

#include "compiler/diagnostics/kinds/yaml.h"
#include "compiler/source/utf8.h"
#include "compiler/yaml/findings.h"

namespace cordon::yaml {
namespace {

namespace kind = diagnostics::kind;
using diagnostics::Diagnostics;
using source::CodePoint;
using source::decode;
using source::is_invisible;

// Text may hold line feeds and tabs; where a tab indents is looked at apart.
bool is_forbidden_control(std::uint32_t code_point) {
  return source::is_control(code_point) && code_point != '\n' && code_point != '\t';
}

class Inspector {
 public:
  Inspector(std::string_view text, source::FileId file, const Limits& limits)
      : text_(text), file_(file), findings_(limits.reported) {}

  bool run(Diagnostics& diags) {
    std::size_t at = text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    check_indentation(at);
    while (at < text_.size() && sound_) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte >= 0x20U && byte < 0x7FU) {
        ++at;
      } else {
        at += check_special(at);
      }
    }
    findings_.flush(diags);
    return !diags_found_;
  }

 private:
  [[nodiscard]] source::Range range(std::size_t begin, std::size_t bytes) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + bytes)};
  }

  Diagnostics& sink() {
    diags_found_ = true;
    return findings_.sink();
  }

  std::size_t check_special(std::size_t at) {
    const char byte = text_[at];
    if (byte == '\n') check_indentation(at + 1);
    if (byte == '\n' || byte == '\t') return 1;
    if (byte == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n') return 1;
    const CodePoint point = decode(text_, at);
    if (point.bytes == 0) {
      report_not_utf8(at);
      return 1;
    }
    if (is_forbidden_control(point.value)) report_control(at, point);
    if (is_invisible(point.value)) report_invisible(at, point);
    return point.bytes;
  }

  // One message: after the first such byte nothing else in the file can be trusted to be text.
  void report_not_utf8(std::size_t at) {
    sound_ = false;
    sink()
        .build(kind::not_utf8, range(at, 1))
        .here("byte 0x{:02X} starts no character", static_cast<unsigned char>(text_[at]))
        .help("save the file as UTF-8")
        .emit();
  }

  void report_control(std::size_t at, CodePoint point) {
    const std::string name = fmt::format("U+{:04X}", point.value);
    auto builder = sink().build(kind::control_character, range(at, point.bytes), name);
    if (point.value == '\r') {
      builder.help("end lines with a line feed, with or without a carriage return before it");
    } else {
      builder.help("delete the character");
    }
    builder.emit();
  }

  void report_invisible(std::size_t at, CodePoint point) {
    sink()
        .build(kind::invisible_character, range(at, point.bytes), fmt::format("U+{:04X}", point.value))
        .help("delete the character: what a reviewer sees has to be what is compiled")
        .emit();
  }

  // Blank lines may hold tabs.
  void check_indentation(std::size_t line_start) {
    const std::size_t tab = text_.find_first_not_of(' ', line_start);
    if (tab == std::string_view::npos || text_[tab] != '\t') return;
    const std::size_t content = text_.find_first_not_of(" \t", tab);
    if (content == std::string_view::npos || text_[content] == '\n' || text_[content] == '\r') return;
    sink()
        .build(kind::tab_indentation, range(tab, content - tab))
        .help("indent with spaces: YAML gives a tab no width")
        .emit();
  }

  std::string_view text_;
  source::FileId file_;
  Findings findings_;
  bool sound_ = true;
  bool diags_found_ = false;
};

}  // namespace

std::optional<std::uint32_t> find_forbidden(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.bytes == 0 || is_forbidden_control(point.value) || is_invisible(point.value))
      return point.value;
    at += point.bytes;
  }
  return std::nullopt;
}

bool inspect(std::string_view text, source::FileId file, const Limits& limits, Diagnostics& diags) {
  if (text.size() > limits.file_bytes) {
    diags.build(kind::file_too_large, source::Range{file, 0, 0}, limits.file_bytes)
        .note("it has {} bytes", text.size())
        .help("spread the policy over several files with `include:`")
        .emit();
    return false;
  }
  return Inspector(text, file, limits).run(diags);
}

}  // namespace cordon::yaml
