// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What stopped the parser, in words for the author of the file.

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/kinds/yaml.h"
#include "compiler/yaml/builder.h"

namespace cordon::yaml {
namespace {

namespace kind = diagnostics::kind;

struct Reason {
  std::string_view parser;  // how the parser's own text begins
  std::string_view message;
  std::string_view help;
};

constexpr std::string_view check_brackets = "close it, or put commas between its items";
constexpr std::string_view check_indentation =
    "items of one collection start in the same column; a quoted value ends with its quote";

constexpr Reason reasons[] = {
    {"illegal map value", "a `:` is not expected here",
     "put a value that holds `: ` in quotes, and check the indentation of this line and the one before"},
    {"end of map not found", "this does not belong to the mapping before it", check_indentation},
    {"end of sequence not found", "this does not belong to the list before it", check_indentation},
    {"end of map flow not found", "the mapping in braces does not end before this", check_brackets},
    {"end of sequence flow not found", "the list in brackets does not end before this", check_brackets},
    {"illegal flow end", "a closing bracket without an opening one", "delete it, or put the value in quotes"},
    {"illegal block entry", "a list item is not expected here", "start the list on a line of its own"},
    {"illegal map key", "a key is not expected here", "start the mapping on a line of its own"},
    {"unknown token", "a value cannot begin with this character", "put the value in quotes"},
    {"the referenced anchor is not defined", "no anchor of this name stands before the alias",
     "an alias `*name` repeats a value marked `&name` further up in the same file"},
    {"unknown escape character", "unknown escape in a quoted text",
     "write `\\\\` for a backslash, or use single quotes"},
    {"bad character found while scanning hex number", "escape with too few hexadecimal digits",
     "write `\\\\` for a backslash, or use single quotes"},
    {"invalid unicode", "escape that names no character", "delete the escape"},
    {"illegal document indicator in scalar", "a document marker inside a quoted text",
     "close the quote before this line"},
    {"illegal EOF in scalar", "the file ends inside a quoted text", "close the quote"},
    {"cannot assign multiple tags", "a second tag on one value", "delete one of them"},
    {"cannot assign multiple anchors", "a second anchor on one value", "delete one of them"},
    {"aliases can't have any content", "an alias with a tag or an anchor of its own",
     "delete the tag or the anchor"},
    {"cannot set zero indentation", "a block text cannot be indented by zero", "delete the digit"},
    {"unexpected character in block scalar", "unexpected text behind the sign of a block text",
     "start the text on the next line, or put it in quotes"},
};

constexpr Reason unknown_reason = {"", "this is not YAML",
                                   "check the quotes, brackets and indentation before it"};

const Reason& find_reason(std::string_view parser_text) {
  for (const Reason& reason : reasons) {
    if (parser_text.starts_with(reason.parser)) return reason;
  }
  return unknown_reason;
}

}  // namespace

void Builder::explain_failure(int offset, std::string_view reason_text) {
  const Reason& reason = find_reason(reason_text);
  std::size_t at = offset < 0 ? cursor_.at() : input_.piece.begin + static_cast<std::size_t>(offset);
  at = std::min(at, input_.text.size());
  // At the end of the file the last line that holds something is a better place than the one after it.
  if (at == input_.text.size()) {
    while (at > input_.piece.begin && is_blank_or_break(input_.text[at - 1])) --at;
  }
  cursor_.move_to(at);
  auto builder = findings_.sink().build(kind::yaml_syntax, here(), reason.message);
  const bool in_flow = !frames_.empty() && (frames_.back().form == Form::flow_sequence ||
                                            frames_.back().form == Form::flow_mapping);
  if (in_flow) builder.label(range(frames_.back().begin, frames_.back().begin + 1), "opened here");
  builder.help("{}", reason.help);
  builder.emit();
}

}  // namespace cordon::yaml
