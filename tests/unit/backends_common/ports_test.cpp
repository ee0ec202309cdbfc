// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/ports.h"

#include <string>

#include <doctest/doctest.h>

namespace cordon::backends {
namespace {

constexpr std::string_view types[] = {"GigabitEthernet", "Port-channel", "Vlan"};

TEST_CASE("Names of ports are taken apart") {
  const auto port = parse_port_name("GigabitEthernet1/0/12.1520", types);
  REQUIRE(port.has_value());
  CHECK(port->type == "GigabitEthernet");
  CHECK(port->parent == "GigabitEthernet1/0/12");
  CHECK(port->number == 12);
  CHECK(port->subinterface == 1520U);
  CHECK(parse_port_name("Vlan20", types)->number == 20);
  CHECK_FALSE(parse_port_name("Port-channel1", types)->subinterface.has_value());
}

TEST_CASE("What is not exactly such a name is refused") {
  for (const std::string text :
       {"", "Vlan", "vlan20", "Gi1/0/1", "GigabitEthernet 1/0/1", "GigabitEthernet1/0/1 ",
        "GigabitEthernet1//1", "GigabitEthernet1/0/1.", "GigabitEthernet1/0/1.2.3", "GigabitEthernet01/0",
        "GigabitEthernet-1", "GigabitEthernet1/2/3/4/5", "Vlan99999999999", "Vlan20\nexit", "Vlan20!",
        "eth0.20", "GigabitEthernet1/0/1-4"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_port_name(text, types).has_value());
  }
}

}  // namespace
}  // namespace cordon::backends
