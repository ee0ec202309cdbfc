// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language table: devices with their routed interfaces, switch ports, radios and routes.

#include "compiler/syntax/records.h"
#include "compiler/syntax/store.h"

namespace cordon::syntax {
namespace {

constexpr std::string_view address_keys[] = {"ipv4", "ipv6"};
constexpr Choice an_address[] = {{address_keys, 1, 2}};

constexpr Key hsrp_keys[] = {
    {"group", one(scalar::hsrp_group), required, "", "The group's number, the same on each member.", "10",
     put<&Redundancy::group>},
    {"ipv4", one(scalar::ipv4_address), not_required, "", "The shared IPv4 address.", "10.10.0.1",
     put<&Redundancy::ipv4>},
    {"ipv6", one(scalar::ipv6_address), not_required, "", "The shared IPv6 address.", "'fd00:10::1'",
     put<&Redundancy::ipv6>},
    {"priority", one(scalar::hsrp_priority), not_required, "100", "The highest one is active.", "110",
     put<&Redundancy::priority>},
};
constexpr Record hsrp = {.id = "hsrp",
                         .title = "an HSRP group",
                         .doc = "The address that the members of a redundant pair share by HSRP, version 2.",
                         .keys = hsrp_keys,
                         .choices = an_address};

constexpr Key vrrp_keys[] = {
    {"group", one(scalar::vrrp_group), required, "", "The virtual router's number, the same on each member.",
     "10", put<&Redundancy::group>},
    {"ipv4", one(scalar::ipv4_address), not_required, "", "The shared IPv4 address.", "10.10.0.1",
     put<&Redundancy::ipv4>},
    {"ipv6", one(scalar::ipv6_address), not_required, "", "The shared IPv6 address.", "'fd00:10::1'",
     put<&Redundancy::ipv6>},
    {"priority", one(scalar::vrrp_priority), not_required, "100", "The highest one is active.", "110",
     put<&Redundancy::priority>},
};
constexpr Record vrrp = {.id = "vrrp",
                         .title = "a VRRP group",
                         .doc = "The address that the members of a redundant pair share by VRRP, version 3.",
                         .keys = vrrp_keys,
                         .choices = an_address};

constexpr Key interface_keys[] = {
    {"network", one(scalar::reference), required, "", "The network it is attached to.", "pumps-wifi",
     put<&Interface::network>},
    {"port", one(scalar::port_name), not_required, "the interface's name",
     "What the device calls it: a port, a subinterface or a VLAN interface.", "GigabitEthernet0/0.1520",
     put<&Interface::port>},
    {"ipv4", one(scalar::ipv4_interface), not_required, "",
     "The device's own IPv4 address there. Its length is the network's; in a network that is `any` it is "
     "written behind "
     "the address, as in `198.51.100.2/30`.",
     "192.168.152.1", put<&Interface::ipv4>},
    {"ipv6", one(scalar::ipv6_interface), not_required, "",
     "The device's own IPv6 address there. Its length is the network's; in a network that is `any` it is "
     "written behind "
     "the address, as in `2001:db8::2/64`.",
     "'fd00:152::1'", put<&Interface::ipv6>},
    {"filter", one(scalar::filter_mode), not_required, "in", "Where it filters.", "both",
     put<&Interface::filter>},
    {"hsrp", mapping(hsrp), not_required, "", "The address shared with a partner by HSRP.",
     "{group: 10, ipv4: 10.10.0.1}", put_redundancy},
    {"vrrp", mapping(vrrp), not_required, "", "The address shared with a partner by VRRP.",
     "{group: 10, ipv4: 10.10.0.1}", put_redundancy},
    {"ospf", one(scalar::flag), not_required, "false",
     "Speaks OSPF there, with the other devices that say so.", "true", put<&Interface::ospf>},
    {"cost", one(scalar::cost), not_required, "1",
     "What a packet pays to leave there, under `routing: shortest`.", "10", put<&Interface::cost>},
    {"vrf", one(scalar::vrf_name), not_required, "the global table",
     "The routing table it belongs to. Separates forwarding only; addresses stay unique in the project.",
     "MGMT", put<&Interface::vrf>},
    {"security-level", one(scalar::interface_level), not_required, "",
     "The platform's own security level of the interface, 0 to 100, where it has one. Not the SL-T of a "
     "zone.",
     "50", put<&Interface::security_level>},
    {"description", one(scalar::free_text), not_required, "", "What it is for.", "Ward radio",
     put<&Interface::description>},
};
constexpr std::string_view redundancy_keys[] = {"hsrp", "vrrp"};
constexpr Choice interface_choices[] = {{redundancy_keys, 0, 1}};
constexpr Record interface = {.id = "interface",
                              .title = "an interface",
                              .doc = "A routed interface: physical port, subinterface or VLAN interface.",
                              .keys = interface_keys,
                              .choices = interface_choices};

constexpr Key port_keys[] = {
    {"access", one(scalar::reference), not_required, "", "An access port of this network.", "pumps-wired",
     put<&Port::access>},
    {"to", one(scalar::link_end), not_required, "",
     "A link to a port of another device, said at one end or both. Which VLANs a trunk carries, Cordon works "
     "out.",
     "fw-core/GigabitEthernet0/1", put<&Port::to>},
    {"native-vlan", one(scalar::vlan_id), not_required, "", "The VLAN that a trunk carries without a tag.",
     "998", put<&Port::native_vlan>},
    {"shutdown", one(scalar::flag), not_required, "false", "Shut down.", "true", put<&Port::shutdown>},
    {"description", one(scalar::free_text), not_required, "", "What is plugged in.", "Server rack A",
     put<&Port::description>},
};
constexpr std::string_view port_uses[] = {"access", "to", "shutdown"};
constexpr Choice one_use[] = {{port_uses, 1, 1}};
constexpr Record port = {.id = "port",
                         .title = "a port",
                         .doc = "A layer-2 port, or several with one meaning: `GigabitEthernet1/0/1-24`.",
                         .keys = port_keys,
                         .choices = one_use};

constexpr Key radio_keys[] = {
    {"networks", list_of(scalar::reference), required, "", "The networks whose SSIDs it serves.",
     "[guest-wifi, pumps-wifi]", put<&Radio::networks>},
};
constexpr Record radio = {.id = "radio",
                          .title = "a radio",
                          .doc = "The radio of an access point. A plain list stands for its networks.",
                          .keys = radio_keys,
                          .shorthand = "networks"};

constexpr Key route_keys[] = {
    {"to", one(scalar::route_target), required, "", "The prefix behind it, or `any`.", "10.8.0.0/16",
     put<&StaticRoute::to>},
    {"via", one(scalar::next_hop), required, "", "The next device's address.", "10.90.0.3",
     put<&StaticRoute::via>},
    {"vrf", one(scalar::vrf_name), not_required, "the global table", "The routing table it belongs to.",
     "MGMT", put<&StaticRoute::vrf>},
};
constexpr Record route = {
    .id = "route",
    .title = "a route",
    .doc =
        "A static route that the site has configured. Tells Cordon the ways packets take; it is "
        "not written into configurations.",
    .keys = route_keys};

constexpr Key unused_key = {
    "unused",
    one(scalar::unused_ports),
    not_required,
    "",
    "What becomes of ports that are not named, up to the last one of each slot that is. Also legal "
    "among the `ports`.",
    "shutdown",
    put<&Device::unused>};

constexpr Type ports_type = {
    .shape = Shape::map, .record = &port, .name = &scalar::port_name, .besides = &unused_key};

constexpr Key device_keys[] = {
    {"platform", one(scalar::name), not_required, "",
     "What it is to be configured as: one of the platforms in `backends/`. Without one it forwards, but is "
     "not ours "
     "to configure.",
     "some-platform", put<&Device::platform>},
    {"version", one(scalar::version_text), not_required, "the newest that the platform's page lists",
     "The version of its software. Quote it: 9.10 is the number 9.1 to other tools.", "'9.18'",
     put<&Device::version>},
    {"description", one(scalar::free_text), not_required, "", "What and where it is.",
     "Core switch in building A", put<&Device::description>},
    {"interfaces", map_of(interface), not_required, "", "Its routed interfaces.",
     "{pumps: {port: eth1, network: pumps, ipv4: 10.20.0.1}}", put<&Device::interfaces>},
    {"ports", ports_type, not_required, "", "Its layer-2 ports: access ports and links.",
     "{GigabitEthernet1/0/1-24: {access: pumps-wired}, GigabitEthernet1/0/48: {to: "
     "core-1/GigabitEthernet1/0/1}}",
     put_ports},
    unused_key,
    {"parking-vlan", one(scalar::vlan_id), not_required, "",
     "The VLAN, of no network, that unused ports are put into.", "999", put<&Device::parking_vlan>},
    {"radios", map_of(radio), not_required, "", "Its radios, for an access point.",
     "{air: {networks: [guest-wifi, pumps-wifi]}}", put<&Device::radios>},
    {"routes", list_of(route), not_required, "", "Its static routes.", "[{to: 10.8.0.0/16, via: 10.90.0.3}]",
     put<&Device::routes>},
    {"routing", one(scalar::routing_mode), not_required, "any-path",
     "Which of the possible paths packets take.", "shortest", put<&Device::routing>},
    {"state-sync", one(scalar::name), not_required, "",
     "A name shared by devices that share their connection table, so that an answer may come back through "
     "another one.",
     "edge-cluster", put<&Device::state_sync>},
};

}  // namespace

constinit const Record record::device = {.id = "device",
                                         .title = "a device",
                                         .doc = "A firewall, router, switch or access point.",
                                         .keys = device_keys};

}  // namespace cordon::syntax
