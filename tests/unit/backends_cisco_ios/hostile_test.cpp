// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Each text field of a device takes each hostile text: the device is refused, or the lines stay the
// same in number and kind.

#include <doctest/doctest.h>

#include "tests/unit/backends_cisco_ios/ward.h"
#include "tests/unit/backends_common/hostile_texts.h"

namespace cordon::test {
namespace {

struct Field {
  const char* name;
  std::string& (*of)(config::Device&);
};

constexpr Field fields[] = {
    {"device", [](config::Device& d) -> std::string& { return d.name; }},
    {"interface", [](config::Device& d) -> std::string& { return d.interfaces[InterfaceId{0}].name; }},
    {"routed port", [](config::Device& d) -> std::string& { return d.interfaces[InterfaceId{0}].port; }},
    {"description",
     [](config::Device& d) -> std::string& { return d.interfaces[InterfaceId{0}].description; }},
    {"vrf", [](config::Device& d) -> std::string& { return d.interfaces[InterfaceId{0}].vrf; }},
    {"port", [](config::Device& d) -> std::string& { return d.ports[0].name; }},
    {"port description", [](config::Device& d) -> std::string& { return d.ports[0].description; }},
    {"vlan", [](config::Device& d) -> std::string& { return d.vlans[0].name; }},
    {"filter", [](config::Device& d) -> std::string& { return d.filters[FilterId{0}].name; }},
    {"address set", [](config::Device& d) -> std::string& { return d.addresses[AddressSetId{2}].label; }},
    {"service set", [](config::Device& d) -> std::string& { return d.services[ServiceSetId{0}].label; }},
    {"origin", [](config::Device& d) -> std::string& { return d.origins[OriginId{1}].label; }},
    {"note", [](config::Device& d) -> std::string& { return d.origins[OriginId{1}].note; }},
    {"version", [](config::Device& d) -> std::string& { return d.version; }},
    {"platform", [](config::Device& d) -> std::string& { return d.platform; }},
};

TEST_CASE("No text of a policy makes a line, or leaves one") {
  const std::ptrdiff_t lines = shape(ios_text(small_ward().device)).lines;
  for (const Field& field : fields) {
    for (const std::string& text : hostile_texts()) {
      CAPTURE(field.name);
      CAPTURE(text);
      DeviceBuilder b = small_ward();
      field.of(b.device) = text;
      if (!ios_messages(b.device).empty()) continue;
      const Shape found = shape(ios_text(b.device));
      CHECK(found.printable);
      // An empty description has no line; an origin of its own may split a remark; a VRF has a block.
      CHECK(found.lines <= lines + 7);
      CHECK(found.lines >= lines - 2);
    }
  }
}

}  // namespace
}  // namespace cordon::test
