// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/expression.h"

#include "compiler/resolve/meaning.h"

namespace cordon::cli {
namespace {

// The expression becomes a source among the others, so that a message shows it with carets.
template <class Read>
auto read(Compilation& compilation, const std::string& text, Read read_text) {
  source::Sources& sources = compilation.project.sources;
  const source::FileId file = sources.add("EXPR", text);
  resolve::PolicyNames names(*compilation.policy, compilation.diagnostics);
  resolve::Meaning meaning(*compilation.policy, names, sources, compilation.diagnostics);
  return read_text(meaning,
                   syntax::Text{sources.text(file), {file, 0, static_cast<std::uint32_t>(text.size())}});
}

}  // namespace

std::optional<ir::Addresses> read_set(Compilation& compilation, const std::string& text) {
  return read(compilation, text,
              [](resolve::Meaning& meaning, const syntax::Text& placed) { return meaning.set(placed); });
}

std::optional<ir::FlowSet> read_flow(Compilation& compilation, const std::string& text) {
  return read(compilation, text,
              [](resolve::Meaning& meaning, const syntax::Text& placed) { return meaning.flow(placed); });
}

}  // namespace cordon::cli
