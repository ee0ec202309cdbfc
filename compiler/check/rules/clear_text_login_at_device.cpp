// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Telnet, FTP and their kin to or from medical devices.

#include "compiler/check/flow_rules.h"
#include "compiler/check/suggestions.h"

namespace cordon::check {
namespace {

// What may take its place without being a finding itself: servers are not to log in to devices.
std::string instead(const Context& context, const ZonePair& zones) {
  const std::string login = "for logins SSH (tcp/22)";
  if (!is_medical(zones.to)) return "for data use HTTPS (tcp/443) or another protocol over TLS";
  if (is_biomedical(zones.from)) return "for data use HTTPS (tcp/443), " + login;
  return fmt::format("for data use HTTPS (tcp/443); {} from {} only", login, biomedical_text(context));
}

}  // namespace

void clear_text_login_at_device(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    const ir::Zone* medical = zones->medical();
    if (medical == nullptr) continue;
    const auto seen = recognise(*fact.services, Use::login);
    if (!seen) continue;
    findings
        .raise(kind::clear_text_login_at_device, fact.flow->services_range, element_of(*fact.conduit),
               seen->text, medical->name)
        .label(fact.flow->from_range, "from zone `{}`", zones->from.name)
        .label(fact.flow->to_range, "to zone `{}`", zones->to.name)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("{}", instead(context, *zones))
        .help("where the device knows nothing else, give the flow a waiver that ends with its replacement")
        .emit();
  }
}

}  // namespace cordon::check
