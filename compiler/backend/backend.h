// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a platform has to offer: capabilities as data, a refusal, and text.
//
// `compiler/` never asks for a platform by name; it asks for a capability. Platforms live in
// backends/, one folder each, and are listed in backends/all_backends.cpp.
#ifndef COMPILER_BACKEND_BACKEND_H
#define COMPILER_BACKEND_BACKEND_H

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"
#include "compiler/config/reading.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::backend {

struct BackendInfo {
  std::string_view name;   // as in `platform: NAME`
  std::string_view title;  // as its vendor calls it
  config::Capabilities capabilities;
};

// Maps a line of an output file to what asked for it. Lines count from one.
struct LineOrigin {
  std::uint32_t line = 0;
  config::OriginId origin;
};

struct OutputFile {
  std::string name;  // relative to the output directory, no folders: `fw-core.cfg`
  std::string text;
  std::vector<LineOrigin> origins;  // ascending by line; lines without an entry are structure
};

class Backend {
 public:
  virtual ~Backend() = default;

  [[nodiscard]] virtual const BackendInfo& info() const = 0;

  // Refuses what this device cannot hold, pointing at the policy line. Emits nothing.
  virtual void check(const config::Device& device, diagnostics::Diagnostics& diagnostics) const = 0;

  // Pure: equal devices give equal bytes. Opens no file, asks no clock. Called only after `check`
  // found no error.
  [[nodiscard]] virtual std::vector<OutputFile> emit(const config::Device& device) const = 0;

  // What the texts of one device say, as the platform understands them. Shares no code with `emit` but the
  // types of `config`, and copes with configurations that nobody here wrote: what bears on a filter and is
  // not understood is a gap, never skipped. Linear in the text; never fails.
  [[nodiscard]] virtual config::Reading read(const source::Sources& sources,
                                             std::span<const source::FileId> files) const = 0;
};

// Every platform, ascending by name. Defined in backends/all_backends.cpp.
[[nodiscard]] const std::vector<std::unique_ptr<Backend>>& all_backends();

// Nothing when no platform has that name.
[[nodiscard]] const Backend* find_backend(std::string_view name);

}  // namespace cordon::backend

#endif  // COMPILER_BACKEND_BACKEND_H
