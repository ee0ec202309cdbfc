// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a run read and wrote: manifest.json and source-map.json beside the output.
#ifndef COMPILER_CLI_MANIFEST_H
#define COMPILER_CLI_MANIFEST_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/cli/proof.h"
#include "compiler/config/device.h"
#include "compiler/source/source.h"

namespace cordon::cli {

// A file of output, which is on the disk by now.
struct WrittenFile {
  std::string name;
  std::size_t lines = 0;
  std::string sha256;
  std::vector<backend::LineOrigin> origins;
};

// What became of a device. Of the device itself names and origins are left; the rules are text now.
struct Emission {
  const config::Device* device = nullptr;
  std::size_t rules = 0, filters = 0;
  std::vector<WrittenFile> files;
};

struct ManifestInput {
  const source::Sources& sources;
  const std::vector<Emission>& emissions;
  const EndToEnd& end_to_end;
  std::vector<std::string> retargets;  // as given, sorted
  std::vector<std::string> passes;     // that went over the filters
  std::vector<std::string> warnings;   // assumptions and other warnings, one line each
  std::string_view source_map;         // the text of source-map.json
};

// Digests of every input and output, the options that shaped them, and what is proved of them. No
// date, no path of this machine: equal input gives equal bytes.
[[nodiscard]] std::string manifest_json(const ManifestInput& input);

// From every line of output to the policy line that asked for it.
[[nodiscard]] std::string source_map_json(const source::Sources& sources,
                                          const std::vector<Emission>& emissions);

inline constexpr const char* source_map_name = "source-map.json";

}  // namespace cordon::cli

#endif  // COMPILER_CLI_MANIFEST_H
