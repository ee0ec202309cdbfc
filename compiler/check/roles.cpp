// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/roles.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace cordon::check {
namespace {

bool is_one_of(const ir::Zone& zone, std::initializer_list<std::string_view> types) {
  return std::ranges::find(types, zone.type) != types.end();
}

}  // namespace

bool is_medical(const ir::Zone& zone) { return zone.type == "medical-device"; }
bool is_clinical_server(const ir::Zone& zone) { return zone.type == "clinical-server"; }
bool is_database(const ir::Zone& zone) { return zone.type == "database"; }
bool is_infrastructure(const ir::Zone& zone) { return zone.type == "enterprise-services"; }
bool is_guest(const ir::Zone& zone) { return zone.type == "guest"; }
bool is_vendor(const ir::Zone& zone) { return zone.type == "vendor"; }
bool is_remote_access(const ir::Zone& zone) { return zone.type == "remote-access"; }
bool is_management(const ir::Zone& zone) { return zone.type == "management"; }
bool is_caretaker(const ir::Zone& zone) {
  return is_one_of(zone, {"management", "biomedical-engineering", "remote-access"});
}
bool is_outside(const ir::Zone& zone) { return is_one_of(zone, {"external", "vendor"}); }
bool is_untrusted(const ir::Zone& zone) {
  return is_one_of(zone, {"external", "vendor", "guest", "quarantine"});
}
bool is_business(const ir::Zone& zone) {
  return is_one_of(zone, {"business", "research", "building-automation"});
}
bool is_biomedical(const ir::Zone& zone) { return zone.type == "biomedical-engineering"; }
bool is_inside(const ir::Zone& zone) {
  return !zone.type.empty() && zone.type != "dmz" && !is_untrusted(zone);
}
bool is_stranger_to_devices(const ir::Zone& zone) {
  return is_one_of(zone, {"clinical", "imaging", "laboratory", "pharmacy", "database", "enterprise-services",
                          "management", "dmz", "transit", "other"});
}
bool is_care(const ir::Zone& zone) {
  return is_one_of(zone, {"medical-device", "clinical", "clinical-server", "biomedical-engineering",
                          "imaging", "laboratory", "pharmacy", "database"});
}

bool holds_any(const ir::Policy& policy, const ir::Zone& zone) {
  return std::ranges::any_of(zone.networks, [&](ir::NetworkId id) {
    return policy.networks[id].any_ipv4 || policy.networks[id].any_ipv6;
  });
}

}  // namespace cordon::check
