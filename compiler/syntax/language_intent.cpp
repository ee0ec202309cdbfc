// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language table: services and conduits with their flows.

#include "compiler/syntax/records.h"
#include "compiler/syntax/store.h"

namespace cordon::syntax {
namespace {

constexpr Key service_keys[] = {
    {"terms", list_of(scalar::service_term), required, "",
     "Protocol and ports, or names of other services: `tcp/443`, `udp/5000-5010`, `icmp/echo-request`, "
     "`icmpv6/echo-request`, `ip/50`, `tcp/1024-65535->443` with source ports first.",
     "[tcp/88, udp/88]", put<&Service::terms>},
};

constexpr Key flow_keys[] = {
    {"from", list_of(scalar::endpoint), required, "",
     "Who opens the connection: zones, networks, hosts, groups, addresses or prefixes, or `device:NAME`.",
     "alaris-pumps", put<&Flow::from>},
    {"to", list_of(scalar::endpoint), required, "", "Who accepts it.", "[dc1, dc2]", put<&Flow::to>},
    {"except", list_of(scalar::endpoint), not_required, "",
     "Endpoints that the flow leaves out: packets from them and packets to them. One that meets neither end "
     "is an error.",
     "[quarantine-pumps]", put<&Flow::except>},
    {"services", list_of(scalar::service_term), required, "", "Names of services, or terms.",
     "[ntp, tcp/8443]", put<&Flow::services>},
    {"data", list_of(scalar::data_class), not_required, "", "What kinds of data it carries.",
     "[phi, therapy]", put<&Flow::data>},
    {"encryption", one(scalar::encryption), not_required, "", "How it is protected on the wire.", "tls",
     put<&Flow::encryption>},
    {"log", one(scalar::flag), not_required, "false", "Devices log each connection.", "true",
     put<&Flow::log>},
    {"purpose", one(scalar::free_text), not_required, "", "Why it is needed.", "Drug library delivery",
     put<&Flow::purpose>},
    {"evidence", one(scalar::free_text), not_required, "its conduit's, or its module's first source",
     "The document that asks for it.", "MDS2-17 CONN-2", put<&Flow::evidence>},
    {"description", one(scalar::free_text), not_required, "", "Anything else.",
     "Opened by the pump every minute", put<&Flow::description>},
};
constexpr Record flow = {
    .id = "flow",
    .title = "a flow",
    .doc =
        "Connections that may be opened; answers and ICMP errors pass with them. Taken apart by "
        "family: each family that both ends have.",
    .keys = flow_keys};

constexpr Key conduit_keys[] = {
    {"between", list_of(scalar::reference, 2, 2), required, "",
     "The two zones it joins, in any order. The same zone twice, for flows within a zone that isolates or to "
     "devices.",
     "[alaris-pumps, pump-servers]", put<&Conduit::between>},
    {"flows", list_of(flow), required, "", "What may be opened across it; each flow joins its two zones.",
     "[{from: alaris-pumps, to: alaris-server, services: [alaris-comm]}]", put<&Conduit::flows>},
    {"purpose", one(scalar::free_text), not_required, "", "Why it exists.", "Dose and status telemetry",
     put<&Conduit::purpose>},
    {"owner", one(scalar::free_text), not_required, "", "Who answers for it.", "clinical-engineering",
     put<&Conduit::owner>},
    {"ticket", one(scalar::free_text), not_required, "", "Where it was decided.", "CHG-1042",
     put<&Conduit::ticket>},
    {"expires", one(scalar::date), not_required, "",
     "The last day on which it is meant to exist. Compilation never drops a flow by date.", "2027-06-30",
     put<&Conduit::expires>},
    {"reviewed", one(scalar::date), not_required, "", "The day of the last review.", "2026-06-30",
     put<&Conduit::reviewed>},
    {"evidence", one(scalar::free_text), not_required, "", "The document that asks for its flows.",
     "Alaris Systems Manager network guide", put<&Conduit::evidence>},
    {"redundant", one(scalar::flag_or_parameter), not_required, "false",
     "Treatment depends on it: no single device or network may be able to cut it.", "true",
     put<&Conduit::redundant>},
    {"description", one(scalar::free_text), not_required, "", "Anything else.",
     "Wired and wireless pumps alike", put<&Conduit::description>},
};

}  // namespace

constinit const Record record::service = {
    .id = "service",
    .title = "a service",
    .doc = "A name for protocols and ports. A plain list stands for its terms.",
    .keys = service_keys,
    .shorthand = "terms"};
constinit const Record record::conduit = {
    .id = "conduit",
    .title = "a conduit",
    .doc = "A conduit of IEC 62443-3-2: joins two zones and lists what may pass between them.",
    .keys = conduit_keys};

}  // namespace cordon::syntax
