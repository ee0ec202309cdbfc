// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Long lists of protocols with ports that several rules share become one named set.
#ifndef BACKENDS_NFTABLES_SERVICE_SETS_H
#define BACKENDS_NFTABLES_SERVICE_SETS_H

#include <map>
#include <string>
#include <vector>

#include "backends/nftables/text.h"
#include "compiler/config/device.h"

namespace cordon::backends::nftables {

class ServiceSets {
 public:
  explicit ServiceSets(const config::Device& device) : device_(device) {}

  void use(config::ServiceSetId id) { ++uses_[id]; }
  // Fixes the names; no `use` afterwards.
  void name_all();

  void write(Writer& writer) const;

  // As `service_matches`, with `@services-directory` for what has a name.
  [[nodiscard]] std::vector<std::string> matches(config::ServiceSetId id) const;

 private:
  const config::Device& device_;
  std::map<config::ServiceSetId, std::size_t> uses_;
  std::map<config::ServiceSetId, std::string> names_;
};

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_SERVICE_SETS_H
