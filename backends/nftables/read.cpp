// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "backends/nftables/read_hooks.h"
#include "backends/nftables/read_json.h"
#include "backends/nftables/read_script.h"

namespace cordon::backends::nftables {
namespace {

bool is_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

}  // namespace

config::Reading read_configuration(const source::Sources& sources, std::span<const source::FileId> files) {
  reading::Ruleset ruleset;
  for (const source::FileId file : files) {
    if (is_json(sources.text(file))) {
      reading::read_json(sources, file, ruleset);
    } else {
      reading::read_script(sources, file, ruleset);
    }
  }
  config::Reading reading;
  reading.device.platform = "nftables";
  reading.gaps = std::move(ruleset.gaps);
  reading.ignored_lines = ruleset.ignored;
  reading::Hooks(ruleset, reading).read();
  std::ranges::stable_sort(reading.gaps, {},
                           [](const config::Gap& gap) { return std::tuple(gap.range, gap.filter); });
  return reading;
}

}  // namespace cordon::backends::nftables
