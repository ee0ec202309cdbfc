// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What is refused, each in one message that names the device.

#include <doctest/doctest.h>

#include "devices.h"

namespace cordon::test {
namespace {

using config::Device;
using Messages = std::vector<std::string>;

RuleText permit() { return {.source = {"10.0.0.0/8"}, .destination = {"10.9.0.1"}, .services = {"tcp/22"}}; }

template <class Change>
Messages refused(Change change, bool stateful = true) {
  Device device = device_with({permit()}, stateful);
  change(device);
  return refusals(device);
}

Messages refused_rule(void (*change)(Device&, config::Rule&), bool stateful = true) {
  return refused([change](Device& device) { change(device, device.filters[config::FilterId{0}].rules[0]); },
                 stateful);
}

Messages refused_term(const packet::ServiceTerm& term) {
  return refused([&term](Device& device) { device.services[config::ServiceSetId{0}].terms = {term}; });
}

Messages refused_port(std::string port) {
  return refused([&port](Device& device) { device.interfaces[config::InterfaceId{0}].port = port; });
}

Messages holds(std::string_view what, std::string_view reason) {
  return {"device `fw` cannot hold " + std::string(what) + ": " + std::string(reason)};
}
Messages port_fault(std::string_view port, std::string_view reason) {
  return {"`" + std::string(port) + "` cannot be a port of device `fw`: " + std::string(reason)};
}

TEST_CASE("A plain device is taken") {
  CHECK(refusals(device_with({permit()})).empty());
  CHECK(refusals(device_with({permit()}, false)).empty());
}

TEST_CASE("Names of interfaces") {
  CHECK(refused_port("") == port_fault("", "the name is empty"));
  CHECK(refused_port("abcdefghijklmno").empty());
  CHECK(refused_port("abcdefghijklmnop") ==
        port_fault("abcdefghijklmnop", "the kernel takes names of at most 15 characters"));
  const char* letters = "only letters, digits, `.`, `_` and `-` may stand in the name";
  CHECK(refused_port("eth*") == port_fault("eth*", letters));
  CHECK(refused_port("eth1\" }") == port_fault("eth1\" }", letters));
  CHECK(refused_port("a/b") == port_fault("a/b", letters));
  CHECK(refused_port("..") == port_fault("..", "the kernel has no interface of such a name"));
  CHECK(refused_port("-x") == port_fault("-x", "the kernel has no interface of such a name"));
  CHECK(refused_port("lo") == port_fault("lo", "`lo` is the machine's own loopback, which is always open"));
  CHECK(refused_port("eth2") == port_fault("eth2", "another interface has it already"));
}

TEST_CASE("Names that would leave a chain or a file") {
  CHECK(refused([](Device& device) { device.filters[config::FilterId{0}].name = "a b"; }) ==
        holds("a b", "a chain cannot have this name"));
  CHECK(refused([](Device& device) {
          device.filters[config::FilterId{0}].name = std::string(101, 'a');
        }).size() == 1);
  for (const char* name : {"../fw", ".fw", "", "f w"}) {
    CAPTURE(name);
    const Messages messages = refused([name](Device& device) { device.name = name; });
    REQUIRE(messages.size() == 1);
    CHECK(messages.front().ends_with("cannot hold its name: it becomes the name of a file"));
  }
}

TEST_CASE("Switching") {
  const Messages expected =
      holds("switch ports and VLANs", "only routed interfaces are written for this platform");
  CHECK(refused([](Device& device) { device.switching = true; }) == expected);
  CHECK(refused([](Device& device) { device.ports.emplace_back(); }) == expected);
  CHECK(refused([](Device& device) { device.vlans.emplace_back(); }) == expected);
}

TEST_CASE("Filters and where they stand") {
  CHECK(refused([](Device& device) { device.bindings.push_back(device.bindings.front()); }) ==
        holds("a-in", "two filters stand at one place"));
  CHECK(refused([](Device& device) { device.bindings.front().interface = {}; }) ==
        holds("a binding", "it names no interface or no filter"));
  CHECK(refused([](Device& device) { device.bindings.front().filter = config::FilterId{9}; }) ==
        holds("a binding", "it names no interface or no filter"));
  CHECK(refused([](Device& device) {
          device.filters.push_back({.name = "a-in", .rules = {}, .stateful = true});
        }) == holds("a-in", "two filters have this name"));
  CHECK(refused([](Device& device) {
          device.filters.push_back({.name = "other", .rules = {}, .stateful = false});
        }) == holds("other", "connections are tracked for all filters of a device or for none"));
}

TEST_CASE("Rules of two families") {
  CHECK(refused_rule([](Device&, config::Rule& rule) { rule.family = packet::Family::ipv6; }) ==
        holds("flow/1", "an address set is of the other family"));
  CHECK(refused_term(services({"icmpv6/128"}).front()) ==
        holds("flow/1", "a service is of the other family"));
}

TEST_CASE("Sets that would match nothing or all") {
  CHECK(refused_rule([](Device& device, config::Rule& rule) {
          device.addresses[rule.source].addresses = packet::AddressSet(packet::Family::ipv4);
        }) == holds("flow/1", "an address set without members would match nothing or all"));
  CHECK(refused_rule([](Device& device, config::Rule& rule) {
          device.services[rule.services].terms.clear();
        }) == holds("flow/1", "a service without members would match nothing or all"));
}

TEST_CASE("Services that contradict themselves") {
  const Messages expected = holds("flow/1", "a service has ports or types that its protocol lacks");
  packet::ServiceTerm term = services({"tcp/22"}).front();
  term.flags = 0;
  CHECK(refused_term(term) == expected);
  term = services({"tcp/22"}).front();
  term.protocol = 50;
  CHECK(refused_term(term) == expected);
  term.protocol.reset();
  CHECK(refused_term(term) == expected);
  term = services({"icmp/8"}).front();
  term.protocol = packet::protocol::udp;
  CHECK(refused_term(term) == expected);
  term = services({"tcp/22"}).front();
  term.destination.last = 21;
  CHECK(refused_term(term) == expected);
}

TEST_CASE("Extension headers are no protocol of IPv6") {
  for (const std::string_view service : {"ip/0", "ip/43", "ip/44", "ip/60"}) {
    CAPTURE(service);
    CHECK(refusals(
              device_with({{.source = {"fd00::/8"}, .destination = {"fd00::1"}, .services = {service}}})) ==
          holds("flow/1", "the kernel looks past this IPv6 extension header, at the protocol behind it"));
    CHECK(refusals(
              device_with({{.source = {"10.0.0.0/8"}, .destination = {"10.9.0.1"}, .services = {service}}}))
              .empty());
  }
  CHECK(refusals(device_with({{.source = {"fd00::/8"}, .destination = {"fd00::1"}, .services = {"ip/51"}}}))
            .empty());
}

TEST_CASE("States and fragments") {
  const auto established = [](Device&, config::Rule& rule) {
    rule.states = static_cast<std::uint8_t>(packet::State::established);
  };
  CHECK(refused_rule(established) ==
        holds("flow/1", "rules of a filter that tracks connections speak of new connections"));
  CHECK(refused_rule(established, false) ==
        holds("flow/1", "a filter that tracks no connections knows no states"));
  const auto later = [](Device&, config::Rule& rule) {
    rule.fragments = static_cast<std::uint8_t>(packet::Fragment::later);
  };
  CHECK(refused_rule(later) ==
        holds("flow/1", "fragments are put together before a filter that tracks connections sees them"));
  CHECK(refused_rule(later, false) ==
        holds("flow/1", "rules for some fragments only are not written for this platform"));
}

TEST_CASE("A rule that nothing asked for is named after its role") {
  const Messages messages = refused([](Device& device) {
    device.filters[config::FilterId{0}].rules.back().states =
        static_cast<std::uint8_t>(packet::State::related);
  });
  CHECK(messages ==
        holds("default-deny", "rules of a filter that tracks connections speak of new connections"));
}

}  // namespace
}  // namespace cordon::test
