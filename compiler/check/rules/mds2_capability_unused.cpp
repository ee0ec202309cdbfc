// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The device can take its time by NTP (AUDT-4.1.1), report to a collector (AUDT-5.2) or use a directory
// (AUTH-1.1), and no flow lets it.

#include <string_view>

#include "compiler/check/mds2.h"
#include "compiler/check/needs.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

struct Capability {
  std::string_view question;
  Need need;
  std::string_view what;
};
constexpr Capability capabilities[] = {{"AUDT-4.1.1", Need::time, "a time server"},
                                       {"AUDT-5.2", Need::logs, "a log collector"},
                                       {"AUTH-1.1", Need::directory, "a directory"}};

}  // namespace

void mds2_capability_unused(const Context& context, Findings& findings) {
  for (const Capability& each : capabilities) {
    for (const Claim& claim : claims(context, each.question, ir::Answer::yes)) {
      if (zone_has(context, claim.zone, each.need)) continue;
      raise_claim(context, findings, kind::mds2_capability_unused, claim)
          .label(context.zone(claim.zone).name_range, "no flow from here to {}", each.what)
          .help("open it: `{{from: {}, to: …, services: [{}]}}`", context.zone(claim.zone).name,
                port_of(each.need))
          .emit();
    }
  }
}

}  // namespace cordon::check
