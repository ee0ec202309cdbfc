// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/names.h"

#include <set>

#include <doctest/doctest.h>

#include "tests/unit/backends_common/device_builder.h"

namespace cordon::backends {
namespace {

std::vector<std::string> names(std::vector<NamedThing> things, std::size_t limit = 64) {
  return object_names(things, limit);
}

TEST_CASE("Labels of the language become names that can be undone") {
  const std::pair<std::string, std::string> rows[] = {
      {"pumps", "pumps"},
      {"dc1,dc2", "dc1_dc2"},
      {"alaris.server", "alaris__server"},
      {"net-10.0.0.0/8", "net-10__0__0__0_-8"},
  };
  for (const auto& [label, name] : rows) {
    CAPTURE(label);
    CHECK(names({{label, 1}}).front() == name);
    CHECK(label_of(name) == label);
  }
}

TEST_CASE("Same label with different content never shares a name") {
  const auto found = names({{"servers", 1}, {"servers", 2}, {"pumps", 3}});
  CHECK(found[0] != found[1]);
  CHECK(found[0].starts_with("servers-"));
  CHECK(found[2] == "pumps");
}

TEST_CASE("Names do not depend on unrelated things, nor on order") {
  const std::string long_label(100, 'x');
  const auto alone = names({{"servers", 1}, {"servers", 2}, {long_label, 3}});
  const auto more = names({{"other", 9}, {long_label, 3}, {"servers", 2}, {"servers", 1}});
  CHECK(alone[0] == more[3]);
  CHECK(alone[1] == more[2]);
  CHECK(alone[2] == more[1]);
}

TEST_CASE("Two labels that would be spelled alike are told apart") {
  const auto found = names({{"a.b", 1}, {"a__b", 2}, {"a b", 3}, {"a,b", 4}});
  CHECK(std::set<std::string>(found.begin(), found.end()).size() == 4);
  CHECK(found[0] == "a__b");
  CHECK(found[3] == "a_b");
}

TEST_CASE("A versioned name changes with the content and with nothing else") {
  const auto versioned = [](std::vector<NamedThing> things) { return versioned_names(things, 64); };
  const std::string name = versioned({{"dc1,dc2", 1}}).front();
  CHECK(name.starts_with("dc1_dc2-"));
  CHECK(name.size() == std::string_view("dc1_dc2-01234567").size());
  CHECK(versioned({{"other", 5}, {"dc1,dc2", 2}, {"dc1,dc2", 1}}).back() == name);
  CHECK(versioned({{"dc1,dc2", 2}}).front() != name);
  CHECK(digest("a\nb\n") != digest("a\nc\n"));
}

TEST_CASE("A name is legal whatever the label is") {
  for (const std::string& label :
       {std::string(), std::string("7up"), std::string(300, 'q'), std::string("-x"), std::string("a\nexit"),
        std::string("\xe2\x80") + "\xae rtl", std::string("a\0b", 3)}) {
    const std::string name = names({{label, 7}}, 32).front();
    CAPTURE(name);
    CHECK(name.size() <= 32);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
          std::string::npos);
    CHECK(std::isalpha(static_cast<unsigned char>(name.front())));
  }
}

TEST_CASE("A digest tells sets apart by every field") {
  const packet::ServiceSet sets[] = {
      {test::term("tcp/443")},
      {test::term("udp/443")},
      {test::established("tcp/443")},
      {test::term("tcp/443->1-65535")},
      {test::term("icmp/3")},
      {test::term("icmp/3/0")},
      {test::term("any")},
  };
  std::set<std::uint64_t> digests;
  for (const packet::ServiceSet& set : sets) digests.insert(digest(set));
  CHECK(digests.size() == std::size(sets));
  CHECK(digest(test::set_of({"10.0.0.1"})) != digest(test::set_of({"::a00:1"})));
}

}  // namespace
}  // namespace cordon::backends
