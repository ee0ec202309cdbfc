// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/remarks.h"

#include <doctest/doctest.h>

#include "tests/unit/backends_common/device_builder.h"

namespace cordon::backends {
namespace {

using config::Role;

std::string remark_lines(std::initializer_list<std::pair<Role, const char*>> rows, std::size_t limit = 100) {
  config::Device device;
  std::vector<config::Rule> rules;
  for (const auto& [role, label] : rows) {
    config::Rule rule;
    rule.role = role;
    if (*label != '\0') rule.origin = device.origins.push_back({.label = label, .note = {}, .range = {}});
    rules.push_back(rule);
  }
  std::vector<const config::Rule*> pointers;
  for (const config::Rule& rule : rules) pointers.push_back(&rule);
  std::string text;
  for (const Remark& remark : remarks(device, pointers, limit)) {
    text += std::to_string(remark.rule) + " " + remark.text + "\n";
  }
  return text;
}

TEST_CASE("Neighbours of one conduit share a remark") {
  CHECK(remark_lines({{Role::flow, "telemetry/1"},
                      {Role::flow, "telemetry/1"},
                      {Role::flow, "telemetry/3"},
                      {Role::flow, "updates/1"},
                      {Role::default_deny, ""}}) == "0 telemetry/1-3\n3 updates/1\n4 default deny\n");
}

TEST_CASE("A remark says what a rule is for when that is not a flow") {
  CHECK(remark_lines({{Role::infrastructure, "dhcp pumps"},
                      {Role::infrastructure, "hsrp pumps"},
                      {Role::reply, "telemetry/1"},
                      {Role::reply, "telemetry/2"},
                      {Role::flow, "telemetry/2"},
                      {Role::zone, "zone servers"}}) ==
        "0 dhcp pumps\n1 hsrp pumps\n2 replies of telemetry/1-2\n4 telemetry/2\n5 zone servers\n");
}

TEST_CASE("Flows of different conduits that follow each other share a remark, as long as their names fit") {
  CHECK(remark_lines({{Role::reply, "orders/1"},
                      {Role::reply, "logs/2"},
                      {Role::reply, "updates/1"},
                      {Role::flow, "updates/1"},
                      {Role::flow, "telemetry/1"},
                      {Role::flow, "telemetry/2"},
                      {Role::flow, "orders/1"},
                      {Role::flow, "logs/2"}},
                     30) ==
        "0 replies of orders/1, logs/2\n2 replies of updates/1\n3 updates/1\n4 telemetry/1-2\n"
        "6 orders/1, logs/2\n");
}

}  // namespace
}  // namespace cordon::backends
