// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A site of a stated size: `wards` wards of one zone, one network, 100 hosts, a group and two flows to
// central servers, behind one firewall.
#ifndef TESTS_BENCH_SITE_H
#define TESTS_BENCH_SITE_H

#include <string>

#include <fmt/format.h>

namespace cordon::bench {

inline constexpr int hosts_per_ward = 100;

inline std::string ward_sections(int wards) {
  std::string networks = "networks:\n  central: {vlan: 10, ipv4: 172.16.0.0/24}\n";
  std::string zones = "zones:\n  central: {networks: [central]}\n";
  std::string hosts = "hosts:\n  server: {network: central, ipv4: 172.16.0.10}\n";
  std::string groups = "groups:\n";
  std::string conduits = "conduits:\n";
  for (int w = 0; w < wards; ++w) {
    const std::string prefix = fmt::format("10.{}.{}", w / 256, w % 256);
    networks += fmt::format("  n-{}: {{ipv4: {}.0/24}}\n", w, prefix);
    zones += fmt::format("  ward-{0}: {{networks: [n-{0}]}}\n", w);
    for (int h = 0; h < hosts_per_ward; ++h)
      hosts += fmt::format("  h-{}-{}: {{network: n-{}, ipv4: {}.{}}}\n", w, h, w, prefix, 10 + h);
    groups += fmt::format("  pumps-{0}: [h-{0}-0, h-{0}-7, h-{0}-8]\n", w);
    conduits += fmt::format(
        "  telemetry-{0}:\n    between: [ward-{0}, central]\n    flows:\n"
        "      - {{from: pumps-{0}, to: server, services: [telemetry]}}\n"
        "      - {{from: h-{0}-5, to: server, services: [tcp/{1}]}}\n",
        w, 1024 + w);
  }
  return networks + zones + hosts + groups + "services:\n  telemetry: [tcp/8443, udp/5000-5010]\n" + conduits;
}

inline std::string firewall(int wards, const std::string& platform) {
  std::string text = fmt::format(
      "devices:\n  firewall:\n    platform: {}\n    interfaces:\n"
      "      central: {{port: eth1, network: central, ipv4: 172.16.0.1}}\n",
      platform);
  for (int w = 0; w < wards; ++w) {
    text += fmt::format("      w-{0}: {{port: eth2.{1}, network: n-{0}, ipv4: 10.{2}.{3}.1}}\n", w, w + 1,
                        w / 256, w % 256);
  }
  return text;
}

inline std::string site(int wards, const std::string& platform) {
  return "cordon: 1\n" + ward_sections(wards) + firewall(wards, platform);
}

}  // namespace cordon::bench

#endif  // TESTS_BENCH_SITE_H
