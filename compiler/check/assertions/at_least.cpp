// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `at-least`: every path on the topology crosses so many filters of different devices, whatever is open on
// it.

#include <algorithm>
#include <utility>

#include "compiler/check/assertions/answer.h"
#include "compiler/check/suggestions.h"
#include "compiler/graph/filter_depth.h"

namespace cordon::check {
namespace {

// A device is reached from, and reaches, the networks it stands on.
std::vector<ir::NetworkId> networks_of(const ir::Policy& policy, const std::vector<ir::EndpointId>& ends) {
  std::vector<ir::NetworkId> networks;
  for (const ir::EndpointId id : ends) {
    const ir::Endpoint& end = policy.endpoints[id];
    for (const ir::Piece& piece : end.pieces) networks.push_back(piece.network);
    if (!end.device.valid()) continue;
    for (const ir::Interface& interface : policy.devices[end.device].interfaces)
      networks.push_back(interface.network);
  }
  std::ranges::sort(networks);
  networks.erase(std::ranges::unique(networks).begin(), networks.end());
  return networks;
}

std::string filters_text(const ir::Policy& policy, const graph::FilterPath& path) {
  std::string text;
  for (const ir::DeviceId device : path.filters)
    text += (text.empty() ? "" : ", ") + policy.devices[device].name;
  return text.empty() ? "none" : text;
}

}  // namespace

Answer answer_at_least(const Asked& asked) {
  const ir::Policy& policy = asked.policy();
  const graph::Topology& topology = asked.desk.context().topology();
  const auto path = graph::fewest_filters(policy, topology, networks_of(policy, asked.assertion.traffic.from),
                                          networks_of(policy, asked.assertion.traffic.to));
  if (!path) return vacuous(fmt::format("no path leads from {} to {}", asked.from_text, asked.to_text));
  const std::size_t wanted = asked.assertion.filters;
  Answer answer;
  if (path->filters.size() >= wanted && path->exact) {
    answer.text =
        fmt::format("the path with the fewest filters from {} to {} crosses {} of different devices: {}",
                    asked.from_text, asked.to_text, path->filters.size(), filters_text(policy, *path));
    return answer;
  }
  if (path->filters.size() >= wanted) return undecided();
  answer.outcome = Outcome::broken;
  answer.text =
      fmt::format("a path from {} to {} crosses {} instead of {}: {}", policy.networks[path->from].name,
                  policy.networks[path->to].name, path->filters.size(), wanted, filters_text(policy, *path));
  answer.notes.push_back("path: " + graph::to_string(policy, topology, *path));
  for (const ir::DeviceId device : path->filters)
    answer.causes.push_back({policy.devices[device].name_range, "filters on the way"});
  answer.helps.push_back(one_more_filter(policy, topology, *path));
  answer.helps.emplace_back("if that is not to be had, the assertion is wrong: ask for fewer `filters`");
  return answer;
}

}  // namespace cordon::check
