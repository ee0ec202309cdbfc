// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/translation.h"

#include <algorithm>
#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "compiler/plan/plan.h"
#include "tests/support/as_reading.h"
#include "tests/support/policy_builder.h"

using namespace cordon;
using config::Reading;
using config::Rule;
using config::Stage;

namespace {

//  pumps ── gate ── servers
test::PolicyBuilder one_gate(const std::string& platform) {
  test::PolicyBuilder builder;
  builder.network("pumps", {"10.1.0.0/24", "fd00:1::/64"}).vlan = 10;
  builder.network("servers", {"10.2.0.0/24", "fd00:2::/64"}).vlan = 20;
  builder.zone("pumps", {"pumps"});
  builder.zone("servers", {"servers"});
  builder.device("gate", platform);
  builder.interface("gate", "pumps", "pumps", {"10.1.0.1", "fd00:1::1"});
  builder.interface("gate", "servers", "servers", {"10.2.0.1", "fd00:2::1"});
  if (platform == "stateless") builder.access("gate", "Gi1/0/1", "pumps");
  builder.settle();
  builder.flow("telemetry", {"pumps"}, {"servers"}, {"tcp/443", "udp/5000"});
  builder.flow("management", {"servers"}, {"device:gate"}, {"tcp/22"});
  return builder;
}

struct Trial {
  explicit Trial(const std::string& platform) : capabilities(test::capabilities_named(platform)) {
    test::PolicyBuilder builder = one_gate(platform);
    diagnostics::Diagnostics diagnostics;
    planned =
        plan::plan(builder.policy(), test::capabilities_of(builder.policy()), diagnostics, 1).devices.at(0);
    reading = test::as_reading(planned, capabilities);
  }

  // What the proof says after a change of what was read.
  [[nodiscard]] prove::Translation after(const std::function<void(Reading&)>& change) const {
    Reading changed = reading;
    change(changed);
    return prove::prove_translation(planned, capabilities, changed);
  }

  const config::Capabilities& capabilities;
  config::Device planned;
  Reading reading;
};

config::Filter& filter(Reading& reading, Stage stage, const std::string& interface) {
  for (const config::Binding& binding : reading.device.bindings) {
    const bool here =
        binding.interface.valid() && reading.device.interfaces[binding.interface].name == interface;
    if (binding.stage == stage && here) return reading.device.filters[binding.filter];
  }
  FAIL("no filter stands there");
  return reading.device.filters[config::FilterId{0}];
}

config::Rule& permit_of(Reading& reading, Stage stage, const std::string& interface) {
  for (Rule& rule : filter(reading, stage, interface).rules) {
    if (rule.action == packet::Action::permit && rule.role == config::Role::flow) return rule;
  }
  FAIL("nothing is permitted there");
  return filter(reading, stage, interface).rules.front();
}

std::string text_of(const prove::Translation& translation) {
  return translation.differences.empty() ? "" : translation.differences.front().text;
}

const char* const platforms[] = {"stateful", "stateless", "stateless-guard", "stateful-twice", "plain"};

}  // namespace

TEST_CASE("What was read as it was planned is proved") {
  for (const char* platform : platforms) {
    CAPTURE(platform);
    const Trial trial(platform);
    CHECK(trial.after([](Reading&) {}).proved());
  }
}

TEST_CASE("A lost permit refuses what the plan lets pass") {
  for (const char* platform : platforms) {
    CAPTURE(platform);
    const Trial trial(platform);
    const prove::Translation lost = trial.after([](Reading& reading) {
      permit_of(reading, Stage::interface_in, "pumps").action = packet::Action::deny;
    });
    REQUIRE(!lost.proved());
    CHECK(text_of(lost) == "the text refuses what the plan lets pass, from `pumps` to `servers`");
    REQUIRE(lost.differences.front().packet.has_value());
    CHECK(packet::to_string(packet::Address{lost.differences.front().packet->family,
                                            lost.differences.front().packet->destination})
              .starts_with("10.2.0."));
  }
}

TEST_CASE("A source that is wider lets pass what the plan refuses") {
  const Trial trial("plain");
  const prove::Translation wide = trial.after([](Reading& reading) {
    Rule& rule = permit_of(reading, Stage::interface_in, "pumps");
    rule.source = reading.device.addresses.push_back({packet::AddressSet::all(rule.family), "any"});
  });
  REQUIRE(!wide.proved());
  CHECK(text_of(wide).starts_with("the text lets pass what the plan refuses, from `pumps`"));
  CHECK(wide.differences.front().policy == source::Range{});  // the plan refuses it by its default
}

TEST_CASE("A rule that is written twice, or in two parts, changes nothing") {
  const Trial trial("stateful");
  CHECK(trial
            .after([](Reading& reading) {
              auto& rules = filter(reading, Stage::interface_in, "pumps").rules;
              const std::vector<Rule> copy = rules;
              std::ranges::copy(copy, std::back_inserter(rules));
            })
            .proved());
}

TEST_CASE("What the other filter on the way refuses may pass the first") {
  test::PolicyBuilder builder = one_gate("stateful");
  for (ir::Interface& interface : builder.policy().devices[ir::DeviceId{0}].interfaces)
    interface.filter = ir::FilterMode::both;
  diagnostics::Diagnostics diagnostics;
  const config::Device planned =
      plan::plan(builder.policy(), test::capabilities_of(builder.policy()), diagnostics, 1).devices.at(0);
  const config::Capabilities& capabilities = test::capabilities_named("stateful");

  Reading wider = test::as_reading(planned, capabilities);
  Rule& rule = permit_of(wider, Stage::interface_in, "pumps");
  rule.services = wider.device.services.push_back({{packet::ServiceTerm{}}, "any"});
  CHECK(prove::prove_translation(planned, capabilities, wider).proved());

  Reading narrower = test::as_reading(planned, capabilities);
  std::erase_if(narrower.device.bindings, [](const config::Binding& binding) {
    return binding.stage == Stage::interface_out && binding.interface.value == 0;
  });
  CHECK(prove::prove_translation(planned, capabilities, narrower).differences.size() <= 2);
}

TEST_CASE("A filter at the wrong interface is noticed, and one that is not bound") {
  const Trial trial("plain");
  CHECK(!trial
             .after([](Reading& reading) {
               for (config::Binding& binding : reading.device.bindings)
                 binding.interface.value = 1 - binding.interface.value;
             })
             .proved());
  CHECK(text_of(trial.after([](Reading& reading) { reading.device.bindings.clear(); })) ==
        "the text lets pass what the plan refuses, from `pumps` to `servers`");
}

TEST_CASE("A filter between two interfaces counts at that crossing only") {
  const Trial trial("plain");
  const auto denied = [&](std::uint32_t in, std::uint32_t out) {
    return trial.after([&](Reading& reading) {
      const config::FilterId filter = reading.device.filters.push_back({.name = "nothing", .rules = {}});
      reading.between.push_back({config::InterfaceId{in}, config::InterfaceId{out}, filter});
    });
  };
  CHECK(text_of(denied(0, 1)) == "the text refuses what the plan lets pass, from `pumps` to `servers`");
}

TEST_CASE("The guard is compared for what is for the device itself") {
  const Trial trial("stateful");
  const prove::Translation open = trial.after([](Reading& reading) {
    std::erase_if(reading.device.bindings,
                  [](const config::Binding& binding) { return binding.stage == Stage::own; });
  });
  CHECK(text_of(open) == "the text lets pass what the plan refuses, to the device itself by `pumps`");
}

TEST_CASE("Later fragments tell nothing apart where they are put together") {
  for (const char* platform : {"stateful", "stateless"}) {
    const Trial trial(platform);
    const prove::Translation without = trial.after([](Reading& reading) {
      for (config::Filter& each : reading.device.filters) {
        for (Rule& rule : each.rules) {
          if (rule.action == packet::Action::permit)
            rule.fragments = static_cast<std::uint8_t>(packet::Fragment::first_or_whole);
        }
      }
    });
    CHECK(without.proved() == (std::string(platform) == "stateful"));
  }
}

TEST_CASE("Interfaces: addresses, VLANs, and that they are there") {
  const Trial trial("stateful");
  CHECK(text_of(trial.after([](Reading& reading) {
          reading.device.interfaces[config::InterfaceId{0}].ipv4 =
              packet::Prefix{*packet::parse_address("10.9.0.1"), 24};
        })).starts_with("the interface `pumps` has 10.9.0.1/24,"));
  CHECK(text_of(trial.after([](Reading& reading) {
          reading.device.interfaces[config::InterfaceId{0}].port = "elsewhere";
        })).starts_with("the interface `pumps` is missing"));
  CHECK(text_of(trial.after([](Reading& reading) {
          config::Interface other;
          other.port = "eth9";
          reading.device.interfaces.push_back(other);
        })) == "nobody planned the interface `eth9`");
}

TEST_CASE("Interfaces: relays, virtual addresses and private VLANs") {
  const Trial trial("stateless");
  const auto after = [&](const std::function<void(config::Interface&)>& change) {
    return text_of(
        trial.after([&](Reading& reading) { change(reading.device.interfaces[config::InterfaceId{0}]); }));
  };
  CHECK(after([](config::Interface& one) {
          one.dhcp_relay.push_back(*packet::parse_address("10.2.0.67"));
        }) == "the interface `pumps` has the DHCP relay 10.2.0.67, and was planned with none");
  CHECK(after([](config::Interface& one) {
          one.redundancy.emplace();
          one.redundancy->vrrp = true;
          one.redundancy->group = 7;
          one.redundancy->ipv4 = packet::parse_address("10.1.0.9");
        }) ==
        "the interface `pumps` has the virtual address VRRP group 7 10.1.0.9, and was planned with "
        "none");
  CHECK(after([](config::Interface& one) { one.private_vlan = 99; }) ==
        "the interface `pumps` has the private VLAN 99, and was planned with none");
}

TEST_CASE("Switch ports and VLANs") {
  const Trial trial("stateless");
  REQUIRE(!trial.planned.ports.empty());
  CHECK(text_of(trial.after([](Reading& reading) { reading.device.ports.front().access_vlan = 99; })) ==
        "the port `Gi1/0/1` is access to VLAN 99, and was planned as access to VLAN 10");
  CHECK(text_of(trial.after([](Reading& reading) { reading.device.ports.clear(); })) ==
        "the port `Gi1/0/1` is not there, and was planned as access to VLAN 10");
  CHECK(text_of(trial.after([](Reading& reading) {
          config::Port other;
          other.name = "Gi1/0/9";
          other.mode = config::PortMode::trunk;
          reading.device.ports.push_back(other);
        })).starts_with("nobody planned the port `Gi1/0/9`, which is trunk"));
  CHECK(text_of(trial.after([](Reading& reading) {
          reading.device.vlans.clear();
        })).starts_with("VLAN 10 is not there"));
}

TEST_CASE("What was not understood is no proof, and neither is a budget that ran out") {
  const Trial trial("plain");
  CHECK(text_of(trial.after([](Reading& reading) {
          reading.gaps.push_back({{}, "a riddle", {}});
        })) == "not understood: a riddle");
  Reading changed = trial.reading;  // what is the same rule by rule takes no work
  std::vector<Rule>& rules = filter(changed, Stage::interface_in, "pumps").rules;
  rules.insert(rules.begin(), permit_of(changed, Stage::interface_in, "pumps"));
  const prove::Translation undecided =
      prove::prove_translation(trial.planned, trial.capabilities, changed, {.steps = 1, .bytes = 1});
  CHECK(undecided.undecided);
  CHECK(!undecided.proved());
}

TEST_CASE(
    "Nothing is proved where fragments meet the filters one by one and were planned to be put together") {
  const Trial trial("plain");
  REQUIRE(trial.capabilities.reassembles == config::Support::yes);
  CHECK(text_of(trial.after([](Reading& reading) { reading.reassembles = false; })) ==
        "fragments are not put together before the filters see them, and were planned to be");
}
