// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/protocols.h"

#include <initializer_list>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

namespace cordon::check {
namespace {

packet::ServiceSet services(std::initializer_list<std::string_view> texts) {
  packet::ServiceSet terms;
  for (const std::string_view text : texts) terms.push_back(packet::parse_service(text).term.value());
  return normalize(std::move(terms));
}

}  // namespace

TEST_CASE("a protocol is recognised by its port, with exactly the ports that are open") {
  const auto seen = recognise(services({"tcp/20-30", "tcp/443", "udp/23"}), Use::login);
  REQUIRE(seen);
  CHECK(seen->text == "FTP (tcp/20-21), Telnet (tcp/23)");
  CHECK(seen->services == services({"tcp/20-21", "tcp/23"}));
  CHECK(seen->instead.empty());
  CHECK(recognise(services({"tcp/389"}), Use::clear)->instead == "LDAPS (tcp/636)");
}

TEST_CASE("one protocol on several ports is named once") {
  CHECK(recognise(services({"tcp/389", "udp/389"}), Use::clear)->text == "LDAP (tcp/389, udp/389)");
}

TEST_CASE("source ports stay with their term") {
  const auto seen = recognise(services({"tcp/1024-65535->23"}), Use::login);
  REQUIRE(seen);
  CHECK(seen->services == services({"tcp/1024-65535->23"}));
}

TEST_CASE("a wide range, every protocol and ICMP are no protocol of the table") {
  for (const Use use : {Use::login, Use::clear, Use::remote_control, Use::file_sharing}) {
    CHECK_FALSE(recognise(services({"tcp/1-1023"}), use));
    CHECK_FALSE(recognise(services({"any"}), use));
    CHECK_FALSE(recognise(services({"icmp/8", "ip/50"}), use));
  }
}

TEST_CASE("everything is every protocol or every port") {
  CHECK(is_everything(services({"any"}).front()));
  CHECK(is_everything(services({"udp/0-65535"}).front()));
  CHECK_FALSE(is_everything(services({"tcp/1-65535"}).front()));
  CHECK_FALSE(is_everything(services({"icmp"}).front()));
}

}  // namespace cordon::check
