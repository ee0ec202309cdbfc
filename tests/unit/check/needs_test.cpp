// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/needs.h"

#include <doctest/doctest.h>

#include "compiler/check/networks.h"

using namespace cordon;
using check::Admission;
using check::Need;

namespace {

packet::ServiceSet services(std::initializer_list<const char*> texts) {
  packet::ServiceSet set;
  for (const char* text : texts) set.push_back(*packet::parse_service(text).term);
  return normalize(set);
}

Admission admission(const char* auth) {
  return check::admission_of({.ssid = "IP_Dev", .auth = auth, .range = {}});
}

}  // namespace

TEST_CASE("a need is met by its port, a range around it or everything") {
  CHECK(serves(services({"udp/123"}), Need::time));
  CHECK(serves(services({"tcp/22", "udp/100-200"}), Need::time));
  CHECK(serves(services({"any"}), Need::time));
  CHECK_FALSE(serves(services({"tcp/123"}), Need::time));
  CHECK_FALSE(serves(services({"udp/124-65535"}), Need::time));
}

TEST_CASE("terms are about a need only when they are narrow") {
  CHECK(terms_about(services({"udp/1812-1813", "tcp/443"}), Need::radius) == services({"udp/1812-1813"}));
  CHECK(terms_about(services({"udp/1024-65535"}), Need::radius).empty());
  CHECK(terms_about(services({"any"}), Need::radius).empty());
}

TEST_CASE("wireless authentication is ranked by what a station has to show") {
  CHECK(is_open(admission("open-portal")));
  CHECK(is_open(admission("owe")));
  CHECK(is_open(admission("wep")));
  CHECK(admission("wpa3-personal") == Admission::shared_key);
  CHECK(admission("wpa2-enterprise-peap") < admission("wpa2-enterprise"));
  CHECK(admission("wpa2-enterprise") < admission("wpa3-enterprise-eap-tls"));
}
