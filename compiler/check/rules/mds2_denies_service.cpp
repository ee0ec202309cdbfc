// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The device cannot take its time by NTP (AUDT-4.1.1), report to a collector (AUDT-5.2) or use a directory
// (AUTH-1.1), and a flow is open for just that.

#include <string_view>

#include "compiler/check/mds2.h"
#include "compiler/check/needs.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

struct Service {
  std::string_view question;
  Need need;
  std::string_view help;
};
constexpr Service services[] = {
    {"AUDT-4.1.1", Need::time, "take NTP out of the flow, or correct the answer"},
    {"AUDT-5.2", Need::logs, "take the log collector out of the flow, or correct the answer"},
    {"AUTH-1.1", Need::directory, "take the directory out of the flow, or correct the answer"}};

}  // namespace

void mds2_denies_service(const Context& context, Findings& findings) {
  for (const Service& each : services) {
    for (const Claim& claim : claims(context, each.question, ir::Answer::no)) {
      const auto about = [&](const FlowFact& fact) {
        return !terms_about(*fact.services, each.need).empty();
      };
      raise_claim(context, findings, kind::mds2_denies_service, claim, flows_from(context, claim.zone, about),
                  each.help);
    }
  }
}

}  // namespace cordon::check
