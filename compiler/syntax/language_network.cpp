// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language table: networks, zones, hosts and groups.

#include "compiler/syntax/records.h"
#include "compiler/syntax/store.h"

namespace cordon::syntax {
namespace {

constexpr Key dhcp_keys[] = {
    {"relay", one(scalar::reference), not_required, "",
     "The host or group of DHCP servers that the gateway relays to. Adds the relay's traffic and the "
     "clients' "
     "unicast renewal.",
     "dhcp-server", put<&Dhcp::relay>},
    {"server", one(scalar::reference), not_required, "", "The host on this network that answers DHCP itself.",
     "ward-dhcp", put<&Dhcp::server>},
    {"snooping", one(scalar::flag), not_required, "false",
     "Access switches learn leases and drop DHCP answers from access ports.", "true", put<&Dhcp::snooping>},
    {"arp-inspection", one(scalar::flag), not_required, "false",
     "Access switches drop ARP that contradicts the leases they have seen.", "true",
     put<&Dhcp::arp_inspection>},
    {"source-guard", one(scalar::flag), not_required, "false",
     "Access switches drop packets whose source has no lease on that port.", "true",
     put<&Dhcp::source_guard>},
};
constexpr Record dhcp = {
    .id = "dhcp",
    .title = "the DHCP of a network",
    .doc =
        "How hosts of a network get their addresses. Says which DHCP traffic is let through, "
        "and what access switches do with it.",
    .keys = dhcp_keys};

constexpr Key wireless_keys[] = {
    {"ssid", one(scalar::free_text), required, "", "The name that the network has in the air.", "IP_Dev",
     put<&Wireless::ssid>},
    {"auth", one(scalar::wireless_auth), required, "", "How stations prove who they are.",
     "wpa2-enterprise-eap-tls", put<&Wireless::auth>},
};
constexpr Record wireless = {.id = "wireless",
                             .title = "the radio side of a network",
                             .doc = "The SSID that is bridged to this network.",
                             .keys = wireless_keys};

constexpr Key isolation_keys[] = {
    {"attested", one(scalar::free_text), required, "", "The document that states it.", "DOC-640",
     put<&Attestation::attested>},
    {"date", one(scalar::date), not_required, "", "The day of the statement.", "2026-09-01",
     put<&Attestation::date>},
};
constexpr Record isolation = {
    .id = "isolation",
    .title = "an attested isolation",
    .doc =
        "A statement, with its document, that hosts of the network cannot reach each other "
        "where Cordon does not configure the radio or switch.",
    .keys = isolation_keys};

constexpr Key network_keys[] = {
    {"vlan", one(scalar::vlan_id), not_required, "",
     "VLAN id, 1 to 4094; unique among the switches that links join, not in the project. A number, without "
     "quotes.",
     "1520", put<&Network::vlan>},
    {"ipv4", list_of(scalar::ipv4_prefix), not_required, "",
     "The IPv4 prefix, or a list of them. `any` means every unicast address that no network declares.",
     "192.168.152.0/24", put<&Network::ipv4>},
    {"ipv6", list_of(scalar::ipv6_prefix), not_required, "",
     "The IPv6 prefix, or a list of them, or `any`. Quote it, since it holds colons.", "'fd00:152::/64'",
     put<&Network::ipv6>},
    {"dhcp", mapping(dhcp), not_required, "", "How its hosts get their addresses.",
     "{relay: dhcp-server, snooping: true}", put<&Network::dhcp>},
    {"wireless", mapping(wireless), not_required, "", "The SSID behind which it lies, if any.",
     "{ssid: IP_Dev, auth: wpa2-enterprise-eap-tls}", put<&Network::wireless>},
    {"isolation", mapping(isolation), not_required, "",
     "The evidence that hosts are kept apart by something Cordon does not configure.",
     "{attested: DOC-640, date: 2026-09-01}", put<&Network::isolation>},
    {"isolated-vlan", one(scalar::vlan_id), not_required, "",
     "The secondary VLAN of a private VLAN, needed to isolate hosts on more than one switch.", "2531",
     put<&Network::isolated_vlan>},
    {"transit", one(scalar::flag), not_required, "false for a network of a zone, true for one in no zone",
     "Packets may cross it on their way elsewhere.", "true", put<&Network::transit>},
    {"port-authentication", one(scalar::port_authentication), not_required, "",
     "What its access ports demand before they forward.", "dot1x-mab", put<&Network::port_authentication>},
    {"description", one(scalar::free_text), not_required, "", "What it is for.", "Pumps on the ward's radio",
     put<&Network::description>},
};

constexpr Key zone_keys[] = {
    {"type", one(scalar::zone_type), not_required, "",
     "What kind of zone it is; checks and reports speak of it.", "medical-device", put<&Zone::type>},
    {"security-level", one(scalar::zone_level), not_required, "",
     "The target security level of IEC 62443, SL-T 0 to 4.", "3", put<&Zone::security_level>},
    {"networks", list_of(scalar::reference), required, "",
     "The networks it consists of. A network is in one zone at most.", "[pumps-wifi, pumps-wired]",
     put<&Zone::networks>},
    {"isolate", one(scalar::flag), not_required, "false",
     "No host of it talks to another host of it, neither within a network nor between its networks.", "true",
     put<&Zone::isolate>},
    {"wired-and-wireless", one(scalar::flag), not_required, "false",
     "It is meant to hold wired and wireless networks alike.", "true", put<&Zone::wired_and_wireless>},
    {"owner", one(scalar::free_text), not_required, "", "Who answers for it.", "clinical-engineering",
     put<&Zone::owner>},
    {"description", one(scalar::free_text), not_required, "", "What it is for.", "Alaris pumps of all wards",
     put<&Zone::description>},
};

constexpr std::string_view address_keys[] = {"ipv4", "ipv6"};
constexpr Choice an_address[] = {{address_keys, 1, 2}};

constexpr Key host_keys[] = {
    {"network", one(scalar::reference), required, "", "The network that it is in.", "pump-servers",
     put<&Host::network>},
    {"ipv4", one(scalar::ipv4_address), not_required, "", "Its IPv4 address, without a length.",
     "192.168.140.10", put<&Host::ipv4>},
    {"ipv6", one(scalar::ipv6_address), not_required, "", "Its IPv6 address, without a length.",
     "'fd00:140::10'", put<&Host::ipv6>},
    {"description", one(scalar::free_text), not_required, "", "What it is.", "Alaris Systems Manager",
     put<&Host::description>},
};

constexpr Key column_keys[] = {
    {"name", one(scalar::heading), not_required, "name", "The column with the host's name.", "hostname",
     put_column},
    {"network", one(scalar::heading), not_required, "network", "The column with the network's name.",
     "segment", put_column},
    {"ipv4", one(scalar::heading), not_required, "ipv4", "The column with the IPv4 address.", "ip",
     put_column},
    {"ipv6", one(scalar::heading), not_required, "ipv6", "The column with the IPv6 address.", "ip6",
     put_column},
    {"description", one(scalar::heading), not_required, "description", "The column with a description.",
     "role", put_column},
};
constexpr Record columns = {.id = "csv-columns",
                            .title = "the columns of an inventory",
                            .doc = "Which heading of the file stands for which key of a host.",
                            .keys = column_keys};

constexpr Key csv_keys[] = {
    {"file", one(scalar::file_path), required, "",
     "The file, relative to the one that names it, inside the project.", "inventory/pumps.csv",
     put<&CsvHosts::file>},
    {"columns", mapping(columns), not_required, "headings equal to the keys of a host",
     "Which heading stands for which key.", "{name: hostname, network: segment, ipv4: ip}", put_columns},
    {"network", one(scalar::reference), not_required, "",
     "The network of all rows, for a file without such a column.", "pump-servers", put<&CsvHosts::network>},
    {"separator", one(scalar::csv_separator), not_required, "','", "What stands between two cells.", "';'",
     put_separator},
};
constexpr Key group_keys[] = {
    {"members", list_of(scalar::endpoint), required, "",
     "Hosts, networks, zones, other groups, addresses or prefixes.", "[dc1, dc2, 10.1.8.0/28]",
     put<&Group::members>},
};

}  // namespace

constinit const Record record::network = {
    .id = "network",
    .title = "a network",
    .doc = "One layer-3 segment, usually one VLAN. Prefixes of different networks never overlap.",
    .keys = network_keys};
constinit const Record record::zone = {
    .id = "zone",
    .title = "a zone",
    .doc =
        "A zone of IEC 62443-3-2: networks whose hosts may talk to each other, unless it "
        "isolates. Between zones nothing passes but the flows of conduits.",
    .keys = zone_keys};
constinit const Record record::host = {.id = "host",
                                       .title = "a host",
                                       .doc = "One machine with its address in one network.",
                                       .keys = host_keys,
                                       .choices = an_address};
constinit const Record record::csv_hosts = {
    .id = "csv-hosts",
    .title = "an inventory of hosts",
    .doc = "Reads hosts from a table, under the tag `!csv`. Faults point into that file.",
    .keys = csv_keys,
    .tagged = true};
constinit const Record record::group = {
    .id = "group",
    .title = "a group",
    .doc = "A name for several endpoints. A plain list stands for its members.",
    .keys = group_keys,
    .shorthand = "members"};

}  // namespace cordon::syntax
