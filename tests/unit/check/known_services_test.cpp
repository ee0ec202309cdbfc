// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/known_services.h"

#include <initializer_list>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace cordon::check {
namespace {

ServiceSet services(std::initializer_list<std::string_view> texts) {
  ServiceSet set;
  for (const std::string_view text : texts) set.push_back(packet::parse_service(text).term.value());
  return set;
}

TEST_CASE("known services: what limits neither protocol nor port") {
  CHECK(to_string(without_limits(services({"any", "tcp/443"}))) == "any");
  CHECK(to_string(without_limits(services({"tcp/0-65535", "udp/53"}))) == "tcp");
  CHECK(without_limits(services({"tcp/1-65535", "icmp"})).empty());
}

TEST_CASE("known services: housekeeping is left out only where a term lies wholly within it") {
  CHECK(beyond_housekeeping(
            services({"udp/53", "tcp/53", "udp/123", "udp/67", "tcp/6514", "icmp/echo-request"}))
            .empty());
  CHECK(to_string(beyond_housekeeping(services({"udp/53-54", "tcp/123"}))) == "udp/53-54, tcp/123");
  CHECK(to_string(beyond_housekeeping(services({"any"}))) == "any");
}

TEST_CASE("known services: a range that meets a port holds it") {
  CHECK(to_string(mail_and_chat(services({"tcp/1-100", "udp/25"}))) == "tcp/1-100");
}

}  // namespace
}  // namespace cordon::check
