// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ports that nobody names.

#include <string>

#include <doctest/doctest.h>

#include "tests/unit/plan/planned.h"

namespace cordon::plan::testing {
namespace {

using test::PolicyBuilder;

PolicyBuilder one_switch() {
  PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24"}).vlan = 20;
  builder.zone("pumps", {"pumps"});
  ir::Device& device = builder.device("closet", "stateless");
  device.parking_vlan = 999;
  builder.interface("closet", "Gi1/0/5", "pumps", {"10.1.0.1"});
  for (const char* name : {"Gi1/0/1", "Gi1/0/7", "Gi2/0/2", "Po3", "Gi3/0/4000", "Gi1/1/x"})
    builder.access("closet", name, "pumps");
  builder.settle();
  return builder;
}

std::string shut(const Planned& planned) {
  std::string names;
  for (const config::Port& port : planned.device("closet").ports) {
    if (port.mode != config::PortMode::unused) continue;
    CHECK(port.access_vlan == 999);
    names += port.name + ' ';
  }
  return names;
}

}  // namespace

TEST_CASE("unused: ports below the last one that is named in a slot are shut, and parked") {
  PolicyBuilder builder = one_switch();
  builder.policy().devices[builder.device_id("closet")].shut_unused = true;
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(shut(planned) == "Gi1/0/2 Gi1/0/3 Gi1/0/4 Gi1/0/6 Gi2/0/1 ");
}

TEST_CASE("unused: nothing is said of ports that are not named unless that is asked for") {
  PolicyBuilder builder = one_switch();
  const Planned planned(builder);
  REQUIRE(planned.messages() == "");
  CHECK(shut(planned).empty());
}

}  // namespace cordon::plan::testing
