// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a help can name of the policy at hand, so that it can be followed as it stands: the server that others
// ask, the conduit that a flow belongs into, the jump host. Nothing is guessed: what is not known stays a
// word in capitals.
#ifndef COMPILER_CHECK_SUGGESTIONS_H
#define COMPILER_CHECK_SUGGESTIONS_H

#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/check/needs.h"
#include "compiler/graph/filter_depth.h"

namespace cordon::check {

// The host that flows of others ask for it, by its name; one in a zone of infrastructure first.
struct KnownServer {
  std::string name;  // empty: nobody asks a single host
  ir::ZoneId zone;
};
[[nodiscard]] KnownServer known_server(const Context& context, Need need);

// Hosts in zones of infrastructure, in declared order.
[[nodiscard]] std::vector<std::string> infrastructure_hosts(const Context& context);
// The first zone of which the test holds; invalid: none.
[[nodiscard]] ir::ZoneId zone_where(const Context& context, bool (*test)(const ir::Zone&));

// The one zone that holds all these ends; invalid: there are several, or one is a device.
[[nodiscard]] ir::ZoneId only_zone(const ir::Policy& policy, const std::vector<ir::EndpointId>& ends);

// The conduit that joins the two, in whichever order; null: none does.
[[nodiscard]] const ir::Conduit* conduit_between(const Context& context, ir::ZoneId a, ir::ZoneId b);
// `add … to conduit `x``, or a new conduit with a name that is free, for these flows.
[[nodiscard]] std::string add_flow_text(const Context& context, ir::ZoneId a, ir::ZoneId b,
                                        std::string_view purpose, const std::vector<std::string>& flows);

// `` `jump-1` in zone `jump` ``, `zone `jump``, or what kind of zone is wanted.
[[nodiscard]] std::string jump_host_text(const Context& context);
// What a flow from outside has to have beside its ends.
[[nodiscard]] std::string remote_access_text(const Context& context);
// Where those who service devices work: `zone `biomed``, or what kind of zone is wanted.
[[nodiscard]] std::string biomedical_text(const Context& context);

// How the network's access points ask a RADIUS server; empty: somebody may already.
[[nodiscard]] std::string radius_help(const Context& context, ir::NetworkId network);
// The same beside a help to ask for certificates: one line or none.
[[nodiscard]] std::vector<std::string> admission_helps(const Context& context, ir::NetworkId network);

// How the way would have a filter more: by a device of it that does not filter, or by one that is not there
// yet.
[[nodiscard]] std::string one_more_filter(const ir::Policy& policy, const graph::Topology& topology,
                                          const graph::FilterPath& path);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_SUGGESTIONS_H
