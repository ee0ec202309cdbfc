// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/service.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace cordon::packet;

namespace {

ServiceSet services(std::initializer_list<std::string_view> texts) {
  ServiceSet set;
  for (const std::string_view text : texts) {
    const ServiceParse parse = parse_service(text);
    CAPTURE(text);
    REQUIRE(parse.term);
    set.push_back(*parse.term);
  }
  return set;
}

std::string normalized(std::initializer_list<std::string_view> texts) {
  return to_string(normalize(services(texts)));
}

}  // namespace

TEST_CASE("services print as they are written") {
  for (const std::string_view text : {"any",
                                      "tcp",
                                      "udp",
                                      "tcp/443",
                                      "tcp/0",
                                      "udp/65535",
                                      "tcp/1000-1999",
                                      "tcp/1024-65535->443",
                                      "udp/68->67",
                                      "sctp/2905",
                                      "icmp",
                                      "icmpv6",
                                      "icmp/echo-request",
                                      "icmp/echo-request/0",
                                      "icmp/destination-unreachable/4",
                                      "icmp/200",
                                      "icmpv6/neighbor-solicitation",
                                      "icmpv6/200/7",
                                      "gre",
                                      "esp",
                                      "ah",
                                      "ospf",
                                      "vrrp",
                                      "igmp",
                                      "pim",
                                      "ip/200"}) {
    CAPTURE(text);
    const ServiceParse parse = parse_service(text);
    REQUIRE(parse.term);
    CHECK(parse.error.empty());
    CHECK(to_string(*parse.term) == text);
  }
}

TEST_CASE("numbers and names mean the same") {
  CHECK(to_string(services({"ip/50", "ip/6", "icmp/8", "icmpv6/135", "icmp/3/4", "tcp/80-80"})) ==
        "esp, tcp, icmp/echo-request, icmpv6/neighbor-solicitation, icmp/destination-unreachable/4, tcp/80");
}

TEST_CASE("a wrong service says what is wrong") {
  struct Row {
    std::string_view text, error;
  };
  const Row rows[] = {
      {"", "service is empty"},
      {"tcp /1", "service holds a blank or a character that is not ASCII"},
      {"tcp/1\n", "service holds a blank or a character that is not ASCII"},
      {"tpc/443", "unknown protocol `tpc`; did you mean `tcp`?"},
      {"TCP/443", "unknown protocol `TCP`; did you mean `tcp`?"},
      {"frobnicate/1", "unknown protocol `frobnicate`"},
      {"443", "`443` names no protocol; write `tcp/443` or `udp/443`"},
      {"443/tcp", "the protocol comes first: write `tcp/443`"},
      {"tcp/", "port is missing"},
      {"tcp/http", "port `http` is not a number"},
      {"tcp/65536", "port `65536` is above 65535"},
      {"tcp/99999999999999999999", "port `99999999999999999999` is above 65535"},
      {"tcp/-1", "port is missing"},
      {"tcp/80-", "port is missing"},
      {"tcp/443-80", "port range `443-80` runs backwards"},
      {"tcp/1->", "port is missing"},
      {"tcp/1-2-3", "port `2-3` is not a number"},
      {"tcp/80/90", "port `80/90` is not a number"},
      {"gre/1", "`gre` has no ports"},
      {"any/1", "`any` is every protocol and takes no ports"},
      {"ip", "`ip` needs a protocol number, as in `ip/50`; every protocol is `any`"},
      {"ip/256", "protocol `256` is above 255"},
      {"ip/esp", "protocol `esp` is not a number"},
      {"icmp/", "ICMP type is missing"},
      {"icmp/256", "ICMP type `256` is above 255"},
      {"icmp/8/256", "ICMP code `256` is above 255"},
      {"icmp/8/", "ICMP code is missing"},
      {"icmp/echo-requst", "unknown icmp type `echo-requst`; did you mean `echo-request`?"},
      {"icmp/neighbor-solicitation", "`neighbor-solicitation` is a type of `icmpv6`, not of `icmp`"},
      {"icmpv6/timestamp", "`timestamp` is a type of `icmp`, not of `icmpv6`"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const ServiceParse parse = parse_service(row.text);
    CHECK_FALSE(parse.term);
    CHECK(parse.error == row.error);
  }
  CHECK(parse_service(std::string(5000, '1')).error == "service is longer than 100 characters");
}

TEST_CASE("normal form joins ports and drops what another term contains") {
  CHECK(normalized({"tcp/443", "tcp/80", "tcp/443"}) == "tcp/80, tcp/443");
  CHECK(normalized({"tcp/80-90", "tcp/91-99", "tcp/85-95"}) == "tcp/80-99");
  CHECK(normalized({"tcp/65535", "tcp/0-65534"}) == "tcp");
  CHECK(normalized({"tcp/1-10->80", "tcp/80"}) == "tcp/80");
  CHECK(normalized({"tcp/1-10->80", "tcp/11-20->80"}) == "tcp/1-10->80, tcp/11-20->80");
  CHECK(normalized({"tcp/80", "udp/80", "sctp/80"}) == "tcp/80, udp/80, sctp/80");
  CHECK(normalized({"icmp/8/0", "icmp/8", "icmp/0/0"}) == "icmp/echo-reply/0, icmp/echo-request");
  CHECK(normalized({"icmp", "icmp/8"}) == "icmp");
  CHECK(normalized({"any", "tcp/80", "icmp", "gre"}) == "any");
  CHECK(normalized({}).empty());
}

TEST_CASE("normal form compares flags as sets") {
  ServiceTerm established = *parse_service("tcp/80").term;
  established.flags = established_flags();
  CHECK(to_string(normalize({established})) == "tcp/80 established");
  CHECK(to_string(normalize({established, *parse_service("tcp").term})) == "tcp");
}

TEST_CASE("established is ACK or RST") {
  const TcpFlagSet set = established_flags();
  for (unsigned flags = 0; flags < 64; ++flags) {
    CAPTURE(flags);
    CHECK((set >> flags & 1) == ((flags & 0x10) != 0 || (flags & 0x04) != 0 ? 1 : 0));
  }
}

TEST_CASE("a family keeps its own ICMP only") {
  const ServiceSet all = services({"any", "tcp/80", "icmp/8", "icmpv6/128"});
  CHECK(to_string(in_family(all, Family::ipv4)) == "any, tcp/80, icmp/echo-request");
  CHECK(to_string(in_family(all, Family::ipv6)) == "any, tcp/80, icmpv6/echo-request");
}

TEST_CASE("replies mirror ports and are never wider than the connection") {
  const auto reply = [](std::initializer_list<std::string_view> texts) {
    return to_string(reply_of(services(texts)));
  };
  CHECK(reply({"tcp/443"}) == "tcp/443->0-65535 established");
  CHECK(reply({"tcp/1024-65535->443"}) == "tcp/443->1024-65535 established");
  CHECK(reply({"tcp"}) == "tcp established");
  CHECK(reply({"udp/53"}) == "udp/53->0-65535");
  CHECK(reply({"sctp/2905"}) == "sctp/2905->0-65535");
  CHECK(reply({"icmp/echo-request"}) == "icmp/echo-reply");
  CHECK(reply({"icmpv6/echo-request/0"}) == "icmpv6/echo-reply/0");
  CHECK(reply({"icmp"}) == "icmp/echo-reply");
  CHECK(reply({"icmp/echo-reply", "icmp/destination-unreachable"}).empty());
  CHECK(reply({"esp", "gre"}) == "gre, esp");
}

TEST_CASE("the reply to every protocol opens no new TCP") {
  const ServiceSet replies = reply_of(services({"any"}));
  CHECK(replies.size() == 256);
  for (const ServiceTerm& term : replies) {
    REQUIRE(term.protocol);
    if (term.protocol == protocol::tcp) CHECK(term.flags == established_flags());
    if (is_icmp(*term.protocol)) CHECK(term.icmp_type);
  }
}
