// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/config/device.h"

namespace cordon::config {

const char* to_string(Role role) {
  switch (role) {
    case Role::infrastructure:
      return "infrastructure";
    case Role::anti_spoofing:
      return "anti-spoofing";
    case Role::error:
      return "error";
    case Role::own_address:
      return "own-address";
    case Role::flow:
      return "flow";
    case Role::zone:
      return "zone";
    case Role::reply:
      return "reply";
    case Role::boundary:
      return "boundary";
    case Role::default_deny:
      return "default-deny";
  }
  return "";
}

packet::MatchRule to_match(const Device& device, const Rule& rule) {
  return {.match = {.family = rule.family,
                    .source = &device.addresses[rule.source].addresses,
                    .destination = &device.addresses[rule.destination].addresses,
                    .services = &device.services[rule.services].terms,
                    .fragments = rule.fragments,
                    .states = rule.states},
          .action = rule.action};
}

}  // namespace cordon::config
