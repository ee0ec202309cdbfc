// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Order for the cost of the first match, where it is free: among neighbours that all permit and log alike.

#include <algorithm>

#include "compiler/plan/passes.h"

namespace cordon::plan {
namespace {

bool free_neighbours(const config::Rule& a, const config::Rule& b) {
  return a.action == packet::Action::permit && b.action == packet::Action::permit && a.family == b.family &&
         a.log == b.log;
}

}  // namespace

// Without memory every packet of a connection walks the list, and half of them are replies; the first packets
// of connections are few. Where the device tracks connections there are no such rules.
void replies_first(config::Device& device, RuleUses& /*uses*/) {
  for (config::Filter& filter : device.filters) {
    auto begin = filter.rules.begin();
    while (begin != filter.rules.end()) {
      const auto end = std::find_if(begin, filter.rules.end(),
                                    [&](const config::Rule& rule) { return !free_neighbours(*begin, rule); });
      const auto next = end == begin ? begin + 1 : end;
      std::stable_partition(begin, next,
                            [](const config::Rule& rule) { return rule.role == config::Role::reply; });
      begin = next;
    }
  }
}

}  // namespace cordon::plan
