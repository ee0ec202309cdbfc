// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every platform of this build, ascending by name. Written out: a static library would drop what only
// registers itself, and a reader can see the list.

#include <algorithm>

#include "backends/cisco_asa/backend.h"
#include "backends/cisco_ios/backend.h"
#include "backends/nftables/backend.h"
#include "compiler/backend/backend.h"

namespace cordon::backend {

const std::vector<std::unique_ptr<Backend>>& all_backends() {
  static const std::vector<std::unique_ptr<Backend>> list = [] {
    std::vector<std::unique_ptr<Backend>> backends_of_this_build;
    backends_of_this_build.push_back(backends::make_cisco_asa());
    backends_of_this_build.push_back(backends::make_cisco_ios());
    backends_of_this_build.push_back(backends::make_nftables());
    return backends_of_this_build;
  }();
  return list;
}

const Backend* find_backend(std::string_view name) {
  const auto& list = all_backends();
  const auto found =
      std::ranges::find_if(list, [name](const auto& backend) { return backend->info().name == name; });
  return found == list.end() ? nullptr : found->get();
}

}  // namespace cordon::backend
