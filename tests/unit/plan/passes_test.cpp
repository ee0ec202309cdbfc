// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/passes.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/backends_common/device_builder.h"

namespace cordon::test {
namespace {

// One filter over three clients and two servers.
struct Lean {
  DeviceBuilder b{"fw", true};
  config::InterfaceId inside = b.interface("inside", "eth0", "10.0.0.1/24");
  FilterId in = b.filter("inside-in", Stage::interface_in, inside);
  AddressSetId one = b.addresses("one", {"10.0.0.10"});
  AddressSetId two = b.addresses("two", {"10.0.0.11"});
  AddressSetId far = b.addresses("far", {"10.0.0.99"});
  AddressSetId all = b.addresses("clients", {"10.0.0.0/24"});
  AddressSetId server = b.addresses("server", {"10.1.0.5"});
  ServiceSetId https = b.services("https", {"tcp/443"});
  ServiceSetId dns = b.services("dns", {"udp/53"});

  Rule& permit(AddressSetId from, ServiceSetId services, const char* label) {
    return b.rule(in, Action::permit, from, server, services, b.origin(label));
  }

  // What is left, as `sources services` and the labels of what asked for it.
  std::vector<std::string> after(const char* pass) {
    b.deny_rest(in);
    const plan::Pass* chosen[] = {plan::find_pass(pass)};
    REQUIRE(chosen[0] != nullptr);
    plan::optimise(b.device, chosen);
    std::vector<std::string> found;
    for (const Rule& rule : b.device.filters[in].rules) {
      if (rule.role == Role::default_deny) continue;
      std::string text = rule.action == Action::permit ? "permit" : "deny";
      for (const packet::Prefix& prefix : b.device.addresses[rule.source].addresses.prefixes())
        text += " " + to_string(prefix);
      text += " " + to_string(b.device.services[rule.services].terms);
      if (rule.origin.valid()) text += " " + b.device.origins[rule.origin].label;
      found.push_back(std::move(text));
    }
    return found;
  }
};

using Lines = std::vector<std::string>;

TEST_CASE("A rule that no packet reaches is dropped") {
  Lean lean;
  lean.permit(lean.all, lean.https, "a/1");
  lean.permit(lean.one, lean.https, "a/2");
  CHECK(lean.after("drop-shadowed") == Lines{"permit 10.0.0.0/24 tcp/443 a/1"});
}

TEST_CASE("A rule that a later one implies is dropped") {
  Lean lean;
  lean.permit(lean.one, lean.https, "a/1");
  lean.permit(lean.all, lean.https, "a/2");
  CHECK(lean.after("drop-implied") == Lines{"permit 10.0.0.0/24 tcp/443 a/2"});
}

TEST_CASE("A rule that logs is not implied by one that does not") {
  Lean lean;
  lean.permit(lean.one, lean.https, "a/1").log = true;
  lean.permit(lean.all, lean.https, "a/2");
  CHECK(lean.after("drop-implied").size() == 2);
}

TEST_CASE("A denial in between keeps the rule before it") {
  Lean lean;
  lean.permit(lean.one, lean.https, "a/1");
  lean.b.rule(lean.in, Action::deny, lean.one, lean.server, lean.b.services("any", {"any"})).log = true;
  lean.permit(lean.all, lean.https, "a/2");
  CHECK(lean.after("drop-implied").size() == 3);
}

TEST_CASE("Denied sources stay for those who look for them") {
  Lean lean;
  lean.b
      .rule(lean.in, Action::deny, lean.far, lean.server, lean.b.services("any", {"any"}), {},
            Role::anti_spoofing)
      .log = true;
  CHECK(lean.after("drop-implied").size() == 1);
}

TEST_CASE("Services of the same ends merge when one term says it, and remember who asked") {
  Lean lean;
  const ServiceSetId next = lean.b.services("next", {"tcp/444"});
  lean.permit(lean.one, lean.https, "a/1");
  lean.permit(lean.one, next, "b/1");
  CHECK(lean.after("merge-services") == Lines{"permit 10.0.0.10/32 tcp/443-444 a/1,b/1"});
  REQUIRE(lean.b.device.joint_origins.size() == 1);
  std::string parts;
  for (const OriginId part : lean.b.device.joint_origins.front().parts)
    parts += lean.b.device.origins[part].label + " ";
  CHECK(parts == "a/1 b/1 ");
}

TEST_CASE("A union that costs more lines than it saves is not made") {
  Lean lean;
  lean.permit(lean.one, lean.https, "a/1");
  lean.permit(lean.far, lean.https, "a/2");
  CHECK(lean.after("merge-sources").size() == 2);
}

TEST_CASE("A union that serves in many places is made") {
  Lean lean;
  for (const char* port : {"tcp/1", "tcp/3", "tcp/5", "tcp/7"}) {
    const ServiceSetId services = lean.b.services(port, {port});
    lean.permit(lean.one, services, "a/1");
    lean.permit(lean.far, services, "a/2");
  }
  const Lines lines = lean.after("merge-sources");
  REQUIRE(lines.size() == 4);
  CHECK(lines.front() == "permit 10.0.0.10/32 10.0.0.99/32 tcp/1 a/1,2");
}

TEST_CASE("A union that breaks the runs of two conduits costs their remarks") {
  Lean lean;
  const ServiceSetId next = lean.b.services("next", {"tcp/444"});
  lean.permit(lean.far, lean.https, "a/1");
  lean.permit(lean.one, lean.https, "a/2");
  lean.permit(lean.two, lean.dns, "a/3");
  lean.permit(lean.far, lean.dns, "b/1");
  lean.permit(lean.one, next, "b/2");
  CHECK(lean.after("merge-services").size() == 5);
}

TEST_CASE("Rules that log differently are not merged") {
  Lean lean;
  lean.permit(lean.one, lean.https, "a/1").log = true;
  lean.permit(lean.two, lean.https, "a/2");
  CHECK(lean.after("merge-sources").size() == 2);
}

TEST_CASE("Replies go ahead of new connections, not past a denial") {
  Lean lean;
  lean.permit(lean.one, lean.dns, "a/1");
  lean.b.rule(lean.in, Action::deny, lean.two, lean.server, lean.b.services("any", {"any"}));
  lean.permit(lean.one, lean.https, "a/2");
  lean.permit(lean.all, lean.https, "a/3").role = Role::reply;
  CHECK(lean.after("replies-first") == Lines{"permit 10.0.0.10/32 udp/53 a/1", "deny 10.0.0.11/32 any",
                                             "permit 10.0.0.0/24 tcp/443 a/3",
                                             "permit 10.0.0.10/32 tcp/443 a/2"});
}

}  // namespace
}  // namespace cordon::test
