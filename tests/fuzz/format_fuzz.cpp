// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes that can be read as YAML. Their canonical form is its own, or the file is refused.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "compiler/base/check.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/yaml/format.h"
#include "compiler/yaml/load.h"

namespace {

using namespace cordon;

std::optional<std::string> form_of(const std::string& text) {
  source::Sources sources;
  diagnostics::Diagnostics found;
  const source::FileId file = sources.add("input.yaml", text);
  yaml::LoadOptions options;
  options.limits.values = 20'000;
  options.limits.expanded = 20'000;
  const auto document = yaml::load(sources, file, found, options);
  if (!document || found.has_errors()) return std::nullopt;
  auto form = yaml::format(sources, file, *document);
  return form ? std::optional(*form) : std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto form = form_of(std::string(reinterpret_cast<const char*>(data), size));
  if (form) CORDON_CHECK(form_of(*form) == form);
  return 0;
}
