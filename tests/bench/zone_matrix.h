// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A policy of a stated number of flows between groups of hosts of 24 zones, which meet on no device.
#ifndef TESTS_BENCH_ZONE_MATRIX_H
#define TESTS_BENCH_ZONE_MATRIX_H

#include <array>
#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace cordon::bench {

inline constexpr std::size_t matrix_zones = 24, groups_per_zone = 40, matrix_services = 60;

// Sections of networks, zones, hosts, groups and services.
inline std::string matrix_model(std::mt19937& random) {
  std::string networks = "networks:\n", zones = "zones:\n", hosts = "hosts:\n", groups = "groups:\n";
  for (std::size_t zone = 0; zone < matrix_zones; ++zone) {
    networks += fmt::format("  net-{0}: {{ipv4: 10.{0}.0.0/16}}\n", zone);
    zones += fmt::format("  zone-{0}: {{networks: [net-{0}]}}\n", zone);
    for (std::size_t host = 0; host < 100; ++host)
      hosts += fmt::format("  h-{0}-{1}: {{network: net-{0}, ipv4: 10.{0}.{2}.{3}}}\n", zone, host,
                           1 + host / 25, host % 25 * 5);
    for (std::size_t group = 0; group < groups_per_zone; ++group) {
      std::string members = fmt::format("10.{}.{}.0/24", zone, 64 + group);
      if (group % 5 != 0) members = fmt::format("h-{}-{}", zone, random() % 100);
      for (std::size_t more = random() % 5; more > 0; --more)
        members += fmt::format(", h-{}-{}", zone, random() % 100);
      groups += fmt::format("  g-{}-{}: [{}]\n", zone, group, members);
    }
  }
  std::string services = "services:\n";
  for (std::size_t service = 0; service < matrix_services; ++service) {
    const std::size_t port = 1024 + service * 150;
    services += fmt::format("  svc-{0}: [tcp/{1}, udp/{2}-{3}]\n", service, port, port + 3,
                            port + 3 + random() % 100);
  }
  return networks + zones + hosts + groups + services;
}

// Of every `changed_every` flows the first is missing and the second has another service; 0: none of it.
inline std::string zone_matrix(std::size_t flows, std::size_t changed_every = 0) {
  std::mt19937 random(20260901);
  const std::string model = matrix_model(random);
  std::map<std::pair<std::size_t, std::size_t>, std::string> conduits;
  for (std::size_t flow = 0; flow < flows; ++flow) {
    const std::size_t first = random() % (matrix_zones - 1);
    const std::size_t second = first + 1 + random() % (matrix_zones - 1 - first);
    const std::array<std::size_t, 2> groups{random() % groups_per_zone, random() % groups_per_zone};
    std::size_t service = random() % matrix_services;
    if (changed_every != 0 && flow % changed_every == 0) continue;
    if (changed_every != 0 && flow % changed_every == 1) service = (service + 1) % matrix_services;
    conduits[{first, second}] += fmt::format("      - {{from: g-{}-{}, to: g-{}-{}, services: [svc-{}]}}\n",
                                             first, groups[0], second, groups[1], service);
  }
  std::string text = "cordon: 1\n" + model + "conduits:\n";
  for (const auto& [pair, lines] : conduits) {
    text +=
        fmt::format("  c-{0}-{1}:\n    between: [zone-{0}, zone-{1}]\n    flows:\n", pair.first, pair.second);
    text += lines;
  }
  return text;
}

}  // namespace cordon::bench

#endif  // TESTS_BENCH_ZONE_MATRIX_H
