// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How single rules are written, among them the shapes that other compilers get wrong: an ICMP type or
// `established` lost in a group, a destination dropped, a product of protocols and ports.

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_ios/ward.h"

namespace cordon::test {
namespace {

DeviceBuilder one_filter() {
  DeviceBuilder b("sw", false);
  b.filter("a-in", Stage::interface_in, b.interface("a", "Vlan10", "10.0.0.1/24"));
  b.device.interfaces[InterfaceId{0}].vlan = 10;
  return b;
}

constexpr FilterId filter{0};

// The entries of one permit, without the list's name and the last denial.
std::string entries(std::initializer_list<std::string_view> source,
                    std::initializer_list<std::string_view> destination, packet::ServiceSet services) {
  DeviceBuilder b = one_filter();
  b.rule(filter, Action::permit, b.addresses("from", source), b.addresses("to", destination),
         b.services("s", std::move(services)));
  const bool v6 = prefix(*source.begin()).family() == Family::ipv6;
  const std::string list = block(ios_text(b.device), v6 ? "ipv6 access-list" : "ip access-list extended");
  const std::size_t first = list.find('\n') + 1;
  return list.substr(first, list.rfind('\n', list.size() - 2) + 1 - first);
}

TEST_CASE("Single members stand in the entry, with wildcard masks") {
  const std::pair<packet::ServiceSet, std::string> rows[] = {
      {{term("tcp/443")}, " 10 permit tcp host 10.0.0.5 10.2.0.0 0.0.255.255 eq 443\n"},
      {{term("tcp/1000-1999")}, " 10 permit tcp host 10.0.0.5 10.2.0.0 0.0.255.255 range 1000 1999\n"},
      {{established("tcp/443->0-65535")},
       " 10 permit tcp host 10.0.0.5 eq 443 10.2.0.0 0.0.255.255 established\n"},
      {{term("icmp/echo-request")}, " 10 permit icmp host 10.0.0.5 10.2.0.0 0.0.255.255 8\n"},
      {{term("icmp/3/4")}, " 10 permit icmp host 10.0.0.5 10.2.0.0 0.0.255.255 3 4\n"},
      {{term("ip/50")}, " 10 permit 50 host 10.0.0.5 10.2.0.0 0.0.255.255\n"},
      {{term("any")}, " 10 permit ip host 10.0.0.5 10.2.0.0 0.0.255.255\n"},
  };
  for (const auto& [services, text] : rows) {
    CAPTURE(text);
    CHECK(entries({"10.0.0.5"}, {"10.2.0.0/16"}, services) == text);
  }
}

TEST_CASE("IPv6 entries") {
  CHECK(entries({"::/0"}, {"ff02::1"}, {term("icmpv6/134")}) ==
        " sequence 10 permit icmp any host ff02::1 134\n");
  CHECK(entries({"fd00::/64"}, {"fd00:1::/64"}, {term("any")}) ==
        " sequence 10 permit ipv6 fd00::/64 fd00:1::/64\n");
  CHECK(entries({"fd00::/64"}, {"fd00:1::/64"}, {established("tcp/22->0-65535")}) ==
        " sequence 10 permit tcp fd00::/64 eq 22 fd00:1::/64 established\n");
}

TEST_CASE("A group keeps ICMP types, and what it cannot say stands beside it") {
  DeviceBuilder b = one_filter();
  b.rule(filter, Action::permit, b.addresses("from", {"10.0.0.5"}),
         b.addresses("to", {"10.1.0.1", "10.1.0.9"}),
         b.services("mixed", {term("tcp/22"), established("tcp/80->0-65535"), term("udp/53"), term("icmp/8"),
                              term("icmp/3/4"), term("ip/50"), term("udp/68->67")}));
  const std::string text = ios_text(b.device);
  CHECK(block(text, "object-group service") ==
        "object-group service svc-mixed\n"
        " tcp eq 22\n"
        " udp eq 53\n"
        " icmp 8\n"
        " 50\n"
        " udp source eq 68 eq 67\n");
  CHECK(block(text, "ip access-list extended") ==
        "ip access-list extended a-in\n"
        " 10 permit object-group svc-mixed host 10.0.0.5 object-group to\n"
        " 20 permit tcp host 10.0.0.5 eq 80 object-group to established\n"
        " 30 permit icmp host 10.0.0.5 object-group to 3 4\n"
        " 40 deny ip any any log\n");
}

TEST_CASE("No group where all but one term need an entry of their own") {
  CHECK(entries({"10.0.0.5"}, {"10.0.0.9"},
                {established("tcp/80->0-65535"), established("tcp/443->0-65535"), term("udp/53")}) ==
        " 10 permit tcp host 10.0.0.5 eq 80 host 10.0.0.9 established\n"
        " 20 permit tcp host 10.0.0.5 eq 443 host 10.0.0.9 established\n"
        " 30 permit udp host 10.0.0.5 host 10.0.0.9 eq 53\n");
}

TEST_CASE("Groups of addresses take subnet masks and ranges") {
  DeviceBuilder b = one_filter();
  b.rule(filter, Action::permit, b.addresses("from", {"10.0.0.5", "10.1.0.0/25", "10.2.0.1", "10.2.0.2"}),
         b.any(Family::ipv4), b.services("s", {"any"}));
  CHECK(block(ios_text(b.device), "object-group network") ==
        "object-group network from\n host 10.0.0.5\n 10.1.0.0 255.255.255.128\n range 10.2.0.1 10.2.0.2\n");
}

TEST_CASE("Every source meets every destination in IPv6, and nothing is dropped") {
  CHECK(entries({"fd00::1", "fd00::9"}, {"fd00:1::1", "fd00:1::9"}, {term("tcp/1"), term("udp/2")}) ==
        " sequence 10 permit tcp host fd00::1 host fd00:1::1 eq 1\n"
        " sequence 20 permit tcp host fd00::1 host fd00:1::9 eq 1\n"
        " sequence 30 permit tcp host fd00::9 host fd00:1::1 eq 1\n"
        " sequence 40 permit tcp host fd00::9 host fd00:1::9 eq 1\n"
        " sequence 50 permit udp host fd00::1 host fd00:1::1 eq 2\n"
        " sequence 60 permit udp host fd00::1 host fd00:1::9 eq 2\n"
        " sequence 70 permit udp host fd00::9 host fd00:1::1 eq 2\n"
        " sequence 80 permit udp host fd00::9 host fd00:1::9 eq 2\n");
}

TEST_CASE("Groups of one label with different members stay two groups") {
  DeviceBuilder b = one_filter();
  const AddressSetId from = b.addresses("from", {"10.0.0.5"});
  const ServiceSetId web = b.services("web", {"tcp/443"});
  b.rule(filter, Action::permit, from, b.addresses("servers", {"10.1.0.1", "10.1.0.9"}), web);
  b.rule(filter, Action::permit, from, b.addresses("servers", {"10.2.0.1", "10.2.0.9"}), web);
  const std::string text = backends::make_cisco_ios()->emit(b.device).front().text;
  const std::size_t first = text.find("object-group network servers-");
  const std::size_t second = text.find("object-group network servers-", first + 1);
  REQUIRE(second != std::string::npos);
  CHECK(text.substr(first, 37) != text.substr(second, 37));
}

TEST_CASE("What decides about packets to the switch itself is spelled out") {
  DeviceBuilder b = one_filter();
  const ServiceSetId services = b.services("s", {"tcp/22", "udp/161"});
  const AddressSetId staff = b.addresses("staff", {"10.0.0.5", "10.0.0.9"});
  b.rule(filter, Action::permit, staff, b.addresses("sw", {"10.0.0.1"}), services);
  CHECK(block(ios_text(b.device), "ip access-list extended a-in") ==
        "ip access-list extended a-in\n"
        " 10 permit tcp host 10.0.0.5 host 10.0.0.1 eq 22\n"
        " 20 permit tcp host 10.0.0.9 host 10.0.0.1 eq 22\n"
        " 30 permit udp host 10.0.0.5 host 10.0.0.1 eq 161\n"
        " 40 permit udp host 10.0.0.9 host 10.0.0.1 eq 161\n"
        " 50 deny ip any any log\n");
}

TEST_CASE("Later fragments alone") {
  DeviceBuilder b = one_filter();
  Rule& rule = b.rule(filter, Action::deny, b.any(Family::ipv4), b.addresses("to", {"10.0.0.9"}),
                      b.services("any", {"any"}));
  rule.fragments = static_cast<std::uint8_t>(packet::Fragment::later);
  CHECK(ios_messages(b.device).empty());
  CHECK(ios_text(b.device).find(" 10 deny ip any host 10.0.0.9 fragments\n 20 deny ip any any log\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace cordon::test
