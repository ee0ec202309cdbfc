// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which well-known services a set of packets holds.
//
// Ports are those of the IANA registry; what an application does on another port cannot be told.
#ifndef COMPILER_CHECK_KNOWN_SERVICES_H
#define COMPILER_CHECK_KNOWN_SERVICES_H

#include "compiler/packet/service.h"

namespace cordon::check {

using packet::ServiceSet;

// Every protocol, or every port of TCP or UDP.
[[nodiscard]] ServiceSet without_limits(const ServiceSet& services);
// What is not names (DNS), time (NTP), addresses (DHCP), logs (syslog) or ICMP.
[[nodiscard]] ServiceSet beyond_housekeeping(const ServiceSet& services);
// What holds a port of SMTP, POP, IMAP, IRC, XMPP and the like.
[[nodiscard]] ServiceSet mail_and_chat(const ServiceSet& services);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_KNOWN_SERVICES_H
