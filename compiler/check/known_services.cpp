// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/known_services.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace cordon::check {
namespace {

using packet::PortRange;
using packet::ServiceTerm;
using packet::protocol::tcp;
using packet::protocol::udp;

struct KnownPorts {
  std::uint8_t protocol;
  PortRange ports;
};

constexpr KnownPorts housekeeping[] = {
    {tcp, {53, 53}},   {udp, {53, 53}},   {tcp, {853, 853}},   {udp, {853, 853}},   // names
    {udp, {123, 123}},                                                              // time
    {udp, {67, 67}},   {udp, {547, 547}},                                           // addresses
    {udp, {514, 514}}, {tcp, {601, 601}}, {tcp, {6514, 6514}}, {udp, {6514, 6514}}  // logs
};
constexpr KnownPorts mail_or_chat[] = {
    {tcp, {25, 25}},     {tcp, {465, 465}},   {tcp, {587, 587}},                        // SMTP
    {tcp, {109, 110}},   {tcp, {995, 995}},   {tcp, {143, 143}},   {tcp, {993, 993}},   // POP, IMAP
    {tcp, {194, 194}},   {tcp, {6665, 6669}}, {tcp, {6697, 6697}},                      // IRC
    {tcp, {5222, 5223}}, {tcp, {5269, 5269}}, {tcp, {5190, 5190}}, {tcp, {1863, 1863}}  // XMPP, others
};

bool within(const ServiceTerm& term, std::span<const KnownPorts> known) {
  return std::ranges::any_of(known, [&](const KnownPorts& each) {
    return term.protocol == each.protocol && each.ports.first <= term.destination.first &&
           term.destination.last <= each.ports.last;
  });
}

bool meets(const ServiceTerm& term, std::span<const KnownPorts> known) {
  return std::ranges::any_of(known, [&](const KnownPorts& each) {
    return !term.protocol || (term.protocol == each.protocol && each.ports.first <= term.destination.last &&
                              term.destination.first <= each.ports.last);
  });
}

template <class Wanted>
ServiceSet those(const ServiceSet& services, const Wanted& wanted) {
  ServiceSet found;
  std::ranges::copy_if(services, std::back_inserter(found), wanted);
  return found;
}

}  // namespace

ServiceSet without_limits(const ServiceSet& services) {
  return those(services, [](const ServiceTerm& term) {
    return !term.protocol || ((term.protocol == tcp || term.protocol == udp) && term.destination.is_all());
  });
}

ServiceSet beyond_housekeeping(const ServiceSet& services) {
  return those(services, [](const ServiceTerm& term) {
    const bool icmp = term.protocol && packet::is_icmp(*term.protocol);
    return !icmp && !within(term, housekeeping);
  });
}

ServiceSet mail_and_chat(const ServiceSet& services) {
  return those(services, [](const ServiceTerm& term) { return meets(term, mail_or_chat); });
}

}  // namespace cordon::check
