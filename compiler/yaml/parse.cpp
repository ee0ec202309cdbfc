// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/parse.h"

#include <istream>
#include <streambuf>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace cordon::yaml {
namespace {

// Reads from memory that somebody else owns.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // never written through
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

Parsed parse(std::string_view file_text, source::FileId file, const Piece& piece, const Limits& limits) {
  Parsed parsed{.root = {}, .storage = std::make_unique<Storage>(), .findings = Findings(limits.reported)};
  const std::string_view text = file_text.substr(0, piece.end);
  Builder builder({text, file, piece, limits}, *parsed.storage, parsed.findings);
  ViewBuffer buffer(text.substr(piece.begin));
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    if (parser.HandleNextDocument(builder)) builder.finish();
    if (builder.has_root()) parsed.root = builder.root();
  } catch (const Refused&) {
    parsed.refused = true;
  } catch (const YAML::Exception& exception) {
    parsed.refused = true;
    builder.explain_failure(exception.mark.pos, exception.msg);
  }
  if (parsed.refused) parsed.root.reset();
  parsed.has_aliases = builder.has_aliases();
  parsed.value_count = builder.value_count();
  return parsed;
}

}  // namespace cordon::yaml
