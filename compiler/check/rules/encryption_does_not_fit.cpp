// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow says that it is protected by what cannot run on its services.

#include <algorithm>
#include <iterator>
#include <string>

#include "compiler/check/flow_rules.h"

namespace cordon::check {
namespace {

using packet::ServiceSet;
using packet::ServiceTerm;

bool is_tls(const ir::Flow& flow) { return flow.encryption == "tls" || flow.encryption == "mutual-tls"; }

// Over UDP the ports of QUIC and of DNS over TLS are known to carry TLS.
bool carries_tls_over_udp(const ServiceTerm& term) {
  const packet::PortRange& ports = term.destination;
  return ports.first == ports.last && (ports.first == 443 || ports.first == 853 || ports.first == 8443);
}

bool transport_fits(const ir::Flow& flow, const ServiceTerm& term) {
  if (!term.protocol || !packet::has_ports(*term.protocol)) return !is_tls(flow) && flow.encryption != "ssh";
  const bool udp = *term.protocol == packet::protocol::udp;
  if (is_tls(flow)) return !udp || carries_tls_over_udp(term);
  if (flow.encryption == "ssh") return !udp;
  return flow.encryption != "dtls" || udp;
}

// TLS and SSH do not run on the port of Telnet, rlogin or plain HTTP. FTP can turn to TLS on its own port.
bool port_fits(const ir::Flow& flow, const ServiceTerm& term) {
  constexpr std::uint16_t never[] = {23, 80, 512, 513, 514};
  if (!is_tls(flow) && flow.encryption != "ssh") return true;
  const packet::PortRange& ports = term.destination;
  return ports.first != ports.last || std::ranges::find(never, ports.first) == std::end(never);
}

// Only protocols on which somebody could listen: a name server beside the protected service is no lie.
bool is_beside(const ServiceTerm& term) {
  return recognise({term}, Use::names) || recognise({term}, Use::time);
}

// SSH protects what it carries, so beside services that TLS protects it makes the statement no lie; alone,
// the flow says what is not there.
bool is_ssh_alone(const FlowFact& fact) {
  return std::ranges::all_of(*fact.services, [](const ServiceTerm& term) {
    return term.protocol == packet::protocol::tcp && term.destination.first == 22 &&
           term.destination.last == 22;
  });
}

ServiceSet misfits(const FlowFact& fact) {
  const ir::Flow& flow = *fact.flow;
  if (is_tls(flow) && is_ssh_alone(fact)) return *fact.services;
  return terms_where(*fact.services, [&](const ServiceTerm& term) {
    return (!transport_fits(flow, term) || !port_fits(flow, term)) && !is_beside(term);
  });
}

std::string way_out(const FlowFact& fact) {
  if (is_tls(*fact.flow) && is_ssh_alone(fact))
    return "on the port of SSH say `encryption: ssh`; or open the port on which the protected protocol "
           "listens, such "
           "as tcp/443";
  return "say what protects it in truth, or `none`; or open the port on which the protected protocol listens";
}

}  // namespace

void encryption_does_not_fit(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    if (repeats_line(fact)) continue;
    const auto misfit = misfits(fact);
    if (misfit.empty()) continue;
    findings
        .raise(kind::encryption_does_not_fit, fact.flow->range, element_of(*fact.conduit),
               fact.flow->encryption, service_text(misfit))
        .label(fact.flow->services_range, "{} cannot run here", fact.flow->encryption)
        .traffic(traffic_of(context, fact, misfit))
        .path({hop_of(context.policy(), fact)})
        .help("{}", way_out(fact))
        .emit();
  }
}

}  // namespace cordon::check
