// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as the configuration of a device. Nothing crashes or hangs, and what is read speaks only of
// filters, interfaces and sets that there are, at places within the text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/base/check.h"
#include "compiler/source/source.h"

namespace {

using namespace cordon;

void check_rule(const config::Device& device, const config::Rule& rule) {
  CORDON_CHECK(rule.source.value < device.addresses.size() &&
               rule.destination.value < device.addresses.size());
  CORDON_CHECK(rule.services.value < device.services.size() && !device.services[rule.services].terms.empty());
  CORDON_CHECK(device.addresses[rule.source].addresses.family() == rule.family);
  CORDON_CHECK(device.addresses[rule.destination].addresses.family() == rule.family);
  CORDON_CHECK(!rule.origin.valid() || rule.origin.value < device.origins.size());
}

void check_reading(const config::Reading& reading, std::size_t size) {
  const config::Device& device = reading.device;
  for (const config::Filter& filter : device.filters)
    std::ranges::for_each(filter.rules, [&](const config::Rule& rule) { check_rule(device, rule); });
  for (const config::Binding& binding : device.bindings) {
    CORDON_CHECK(binding.filter.value < device.filters.size());
    CORDON_CHECK(!binding.interface.valid() || binding.interface.value < device.interfaces.size());
  }
  for (const config::Between& pair : reading.between) {
    CORDON_CHECK(pair.filter.value < device.filters.size());
    CORDON_CHECK(pair.in.value < device.interfaces.size() && pair.out.value < device.interfaces.size());
  }
  for (const config::Gap& gap : reading.gaps) {
    CORDON_CHECK(!gap.reason.empty());
    CORDON_CHECK(!gap.range.valid() || gap.range.end <= size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const backend::Backend& platform = *backend::find_backend(CORDON_FUZZED_PLATFORM);
  source::Sources sources;
  const source::FileId file = sources.add("fuzzed", std::string(reinterpret_cast<const char*>(data), size));
  check_reading(platform.read(sources, std::vector{file}), size);
  return 0;
}
