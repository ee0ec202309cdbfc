// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as one YAML file. Nothing crashes or hangs, and cutting a file into pieces never changes what
// is found in it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/base/check.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/yaml/load.h"

namespace {

using namespace cordon;

std::size_t count_findings(const std::string& text, std::size_t piece_bytes) {
  source::Sources sources;
  diagnostics::Diagnostics found;
  const source::FileId file = sources.add("input.yaml", text);
  yaml::LoadOptions options;
  options.limits.values = 20'000;
  options.limits.expanded = 20'000;
  options.piece_bytes = piece_bytes;
  const auto document = yaml::load(sources, file, found, options);
  CORDON_CHECK(document.has_value() || found.has_errors());
  return found.all().size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  CORDON_CHECK(count_findings(text, 0) == count_findings(text, 64));
  return 0;
}
