// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/purpose.h"

#include <memory>
#include <utility>
#include <vector>

#include "compiler/cli/read_text.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/resolve/meaning.h"
#include "compiler/syntax/purpose.h"
#include "compiler/yaml/load.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

// The file as one of the texts of the side.
std::optional<syntax::PurposeFile> read_file(Compilation& side, const std::string& path,
                                             const std::string& text) {
  const source::FileId file = side.project.sources.add(path, text);
  auto document = yaml::load(side.project.sources, file, side.diagnostics);
  if (!document) return std::nullopt;
  auto purpose =
      syntax::parse_purpose(std::make_shared<const yaml::Document>(std::move(*document)), side.diagnostics);
  if (side.diagnostics.has_errors()) return std::nullopt;
  return purpose;
}

bool understand(Compilation& side, const syntax::Texts& texts, std::vector<ir::FlowSet>& flows) {
  resolve::PolicyNames names(*side.policy, side.diagnostics);
  resolve::Meaning meaning(*side.policy, names, side.project.sources, side.diagnostics);
  for (const syntax::Text& text : texts) {
    if (auto flow = meaning.flow(text)) flows.push_back(std::move(*flow));
  }
  return !side.diagnostics.has_errors();
}

}  // namespace

std::optional<change::Purpose> read_purpose(Comparison& comparison, const std::string& path) {
  comparison.before.diagnostics = {};  // of loading; warnings are for `check`
  comparison.after.diagnostics = {};
  const auto text = read_text(path);
  if (!text) {
    comparison.after.diagnostics.build(kind::usage, {}, "cannot read the file `" + path + "`")
        .help("`--intent` takes a file with `opens:` and `closes:`")
        .emit();
    return std::nullopt;
  }
  const auto after = read_file(comparison.after, path, *text);
  if (!after) return std::nullopt;  // what is wrong with its form is said once
  const auto before = read_file(comparison.before, path, *text);
  change::Purpose purpose;
  const bool opens = understand(comparison.after, after->opens, purpose.opens);
  const bool closes = before && understand(comparison.before, before->closes, purpose.closes);
  if (!opens || !closes) return std::nullopt;
  return purpose;
}

}  // namespace cordon::cli
