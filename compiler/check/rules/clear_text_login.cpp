// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Telnet, FTP and their kin between zones without medical devices.

#include "compiler/check/flow_rules.h"

namespace cordon::check {
namespace {

// SSH and SFTP share a port, and only those who look after machines may open it to what care depends on.
std::string instead(const ZonePair& zones) {
  const bool guarded = is_care(zones.to) || is_infrastructure(zones.to) || is_management(zones.to);
  if (!guarded || is_caretaker(zones.from))
    return "for data use HTTPS (tcp/443) or SFTP (tcp/22), for logins SSH (tcp/22)";
  return "for data use HTTPS (tcp/443); for logins SSH (tcp/22) from a zone of type `management`, "
         "`biomedical-engineering` or `remote-access` only";
}

}  // namespace

void clear_text_login(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (zones->medical() != nullptr) continue;
    const auto seen = recognise(*fact.services, Use::login);
    if (!seen || fact.flow->encryption == "ipsec" || fact.flow->encryption == "wireguard") continue;
    findings
        .raise(kind::clear_text_login, fact.flow->services_range, element_of(*fact.conduit), seen->text,
               zones->from.name, zones->to.name)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("{}", instead(*zones))
        .emit();
  }
}

}  // namespace cordon::check
