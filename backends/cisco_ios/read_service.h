// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ports, ICMP types and TCP flags of a line, in access lists and in service groups.
#ifndef BACKENDS_CISCO_IOS_READ_SERVICE_H
#define BACKENDS_CISCO_IOS_READ_SERVICE_H

#include <optional>
#include <vector>

#include "backends/cisco_ios/read_text.h"
#include "backends/common/port_terms.h"

namespace cordon::backends::cisco_ios {

// `eq P…`, `neq P…`, `lt P`, `gt P`, `range P P`, as ascending ranges. Nothing where no operator stands, or
// where what follows it is not understood, which the cursor then says.
[[nodiscard]] std::optional<Ports> take_ports(Cursor& cursor, std::uint8_t protocol);

// `TYPE [CODE]` or a name. Nothing where the next word is neither.
struct IcmpTerm {
  std::uint8_t type = 0;
  std::optional<std::uint8_t> code;
};
[[nodiscard]] std::optional<IcmpTerm> take_icmp(Cursor& cursor, packet::Family family);

// `established`, one flag, or `match-any`/`match-all` with signed flags. Nothing where none of them stands.
[[nodiscard]] std::optional<packet::TcpFlagSet> take_tcp_flags(Cursor& cursor);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_SERVICE_H
