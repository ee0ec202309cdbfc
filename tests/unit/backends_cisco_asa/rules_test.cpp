// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How single rules are written, among them the shapes that other compilers get wrong: a lost ICMP
// type, a product of protocols and ports, groups of one label that are not the same group.

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_asa/hospital.h"

namespace cordon::test {
namespace {

// The groups and the first entry that one rule gives.
std::string written(std::initializer_list<std::string_view> source,
                    std::initializer_list<std::string_view> destination, packet::ServiceSet services,
                    Action action = Action::permit) {
  DeviceBuilder b("fw", true);
  const FilterId in =
      b.filter("a-in", Stage::interface_in, b.interface("a", "GigabitEthernet0/0", "10.0.0.1/24"));
  b.rule(in, action, b.addresses("from", source), b.addresses("to", destination),
         b.services("s", std::move(services)));
  const std::string text = asa_text(b.device);
  const std::size_t groups = text.find("object-group") < text.find("access-list") ? text.find("object-group")
                                                                                  : text.find("access-list");
  return text.substr(groups, text.find("!\ninterface ") - groups);
}

TEST_CASE("Single members stand in the entry") {
  const std::pair<packet::ServiceSet, std::string> rows[] = {
      {{term("tcp/443")}, "permit tcp host 10.0.0.1 10.2.0.0 255.255.0.0 eq 443"},
      {{term("tcp/1000-1999")}, "permit tcp host 10.0.0.1 10.2.0.0 255.255.0.0 range 1000 1999"},
      {{term("udp/53->1024-65535")}, "permit udp host 10.0.0.1 eq 53 10.2.0.0 255.255.0.0 range 1024 65535"},
      {{term("udp/0-1023")}, "permit udp host 10.0.0.1 10.2.0.0 255.255.0.0 range 0 1023"},
      {{term("ip/132")}, "permit sctp host 10.0.0.1 10.2.0.0 255.255.0.0"},
      {{term("icmp/echo-request")}, "permit icmp host 10.0.0.1 10.2.0.0 255.255.0.0 8"},
      {{term("icmp/0")}, "permit icmp host 10.0.0.1 10.2.0.0 255.255.0.0 0"},
      {{term("icmp/3/4")}, "permit icmp host 10.0.0.1 10.2.0.0 255.255.0.0 3 4"},
      {{term("ip/1")}, "permit icmp host 10.0.0.1 10.2.0.0 255.255.0.0"},
      {{term("ip/50")}, "permit 50 host 10.0.0.1 10.2.0.0 255.255.0.0"},
      {{term("any")}, "permit ip host 10.0.0.1 10.2.0.0 255.255.0.0"},
  };
  for (const auto& [services, entry] : rows) {
    CAPTURE(entry);
    CHECK(written({"10.0.0.1"}, {"10.2.0.0/16"}, services) == "access-list a-in extended " + entry + "\n");
  }
}

TEST_CASE("IPv6 has its own words") {
  CHECK(written({"fd00::1"}, {"fd00:2::/64"}, {term("icmpv6/135")}) ==
        "access-list a-in extended permit icmp6 host fd00::1 fd00:2::/64 135\n");
  CHECK(written({"::/0"}, {"ff02::1:2"}, {term("udp/547")}) ==
        "access-list a-in extended permit udp any6 host ff02::1:2 eq 547\n");
}

TEST_CASE("Addresses that are no prefix become the prefixes that cover them exactly") {
  CHECK(written({"10.0.0.1", "10.0.0.2", "10.0.0.3"}, {"0.0.0.0/0"}, {term("any")}) ==
        "object-group network from\n network-object host 10.0.0.1\n network-object 10.0.0.2 "
        "255.255.255.254\n!\n"
        "access-list a-in extended permit ip object-group from any4\n");
}

TEST_CASE("A union of protocols keeps each protocol's own ports and types") {
  CHECK(written({"10.0.0.1"}, {"10.0.0.9"},
                {term("tcp/22"), term("udp/53"), term("icmp/8"), term("icmp/3/4"), term("ip/50"),
                 term("tcp/53->1024-65535")}) ==
        "object-group service svc-s\n"
        " service-object tcp destination eq 22\n"
        " service-object udp destination eq 53\n"
        " service-object icmp 8\n"
        " service-object icmp 3 4\n"
        " service-object 50\n"
        " service-object tcp source eq 53 destination range 1024 65535\n"
        "!\n"
        "access-list a-in extended permit object-group svc-s host 10.0.0.1 host 10.0.0.9\n");
}

TEST_CASE("Groups of one label with different members stay two groups") {
  DeviceBuilder b("fw", true);
  const FilterId in =
      b.filter("a-in", Stage::interface_in, b.interface("a", "GigabitEthernet0/0", "10.0.0.1/24"));
  const ServiceSetId web = b.services("web", {"tcp/443"});
  const AddressSetId from = b.addresses("from", {"10.0.0.5"});
  b.rule(in, Action::permit, from, b.addresses("servers", {"10.1.0.1", "10.1.0.9"}), web);
  b.rule(in, Action::permit, from, b.addresses("servers", {"10.2.0.1", "10.2.0.9"}), web);
  const std::string text = backends::make_cisco_asa()->emit(b.device).front().text;
  const std::size_t first = text.find("object-group network servers-");
  const std::size_t second = text.find("object-group network servers-", first + 1);
  REQUIRE(second != std::string::npos);
  CHECK(text.substr(first, 37) != text.substr(second, 37));
  CHECK(text.find("host 10.1.0.9") < second);
}

TEST_CASE("A group is written once, and only when a rule uses it") {
  DeviceBuilder b("fw", true);
  const FilterId in =
      b.filter("a-in", Stage::interface_in, b.interface("a", "GigabitEthernet0/0", "10.0.0.1/24"));
  const AddressSetId to = b.addresses("to", {"10.1.0.1", "10.1.0.9"});
  b.addresses("unused", {"10.3.0.1", "10.3.0.9"});
  for (const char* service : {"tcp/1", "tcp/2", "tcp/3"}) {
    b.rule(in, Action::permit, to, to, b.services(service, {service}));
  }
  const std::string text = asa_text(b.device);
  CHECK(text.find("object-group network to") == text.rfind("object-group network"));
  CHECK(text.find("unused") == std::string::npos);
}

TEST_CASE("Everything an entry refers to stands above it") {
  const std::string text = asa_text(small_hospital().device);
  const std::size_t groups = text.rfind("\nobject-group network servers\n");
  CHECK(groups < text.find("\naccess-list"));
  CHECK(text.rfind("\naccess-list") < text.find("\naccess-group"));
  for (const std::string name : {"pumps", "servers", "core"}) {
    CHECK(text.find(" nameif " + name + "\n") < text.find("interface " + name + "\n"));
  }
}

TEST_CASE("A hundred thousand rules are one entry each") {
  DeviceBuilder b("fw", true);
  const FilterId in =
      b.filter("a-in", Stage::interface_in, b.interface("a", "GigabitEthernet0/0", "10.0.0.1/24"));
  const AddressSetId from = b.addresses("from", {"10.0.0.5", "10.0.0.9"});
  const AddressSetId to = b.addresses("to", {"10.0.1.5", "10.0.1.9"});
  const ServiceSetId services = b.services("s", {"tcp/1", "udp/2"});
  for (std::size_t i = 0; i < 100'000; ++i) b.rule(in, Action::permit, from, to, services);
  const std::string text = backends::make_cisco_asa()->emit(b.device).front().text;
  CHECK(std::count(text.begin(), text.end(), '\n') < 100'050);
}

}  // namespace
}  // namespace cordon::test
