// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One term of a service, as an access list entry or as a member of a service object group.
#ifndef BACKENDS_CISCO_IOS_SERVICE_TEXT_H
#define BACKENDS_CISCO_IOS_SERVICE_TEXT_H

#include <optional>
#include <string>
#include <string_view>

#include "backends/common/writer.h"
#include "compiler/packet/service.h"

namespace cordon::backends::cisco_ios {

struct ServiceText {
  std::string protocol;     // `tcp`, or an object group; empty: every protocol, which differs by family
  std::string source;       // ports, or empty
  std::string destination;  // ports, or empty
  std::string tail;         // ICMP type and code, TCP flags, or empty
};

// Why no entry can say this term; empty when one can.
[[nodiscard]] std::string_view problem(const packet::ServiceTerm& term, packet::Family family);

// Only for terms without a problem in IPv4.
[[nodiscard]] ServiceText entry_text(const packet::ServiceTerm& term);

// Whether a member of a service object group says all of the term.
[[nodiscard]] bool fits_group(const packet::ServiceTerm& term);
void write_group_member(const packet::ServiceTerm& term, Writer& out);

// `established`, `match-all +syn -ack`, `match-any +fin -psh`; nothing for other sets of flags.
[[nodiscard]] std::optional<std::string> flags_text(packet::TcpFlagSet flags);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_SERVICE_TEXT_H
