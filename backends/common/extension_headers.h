// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// IPv6 extension headers that filters look past, at the protocol behind them: hop-by-hop options,
// routing, fragment, destination options. Authentication (51) is one as well and stays visible.
#ifndef BACKENDS_COMMON_EXTENSION_HEADERS_H
#define BACKENDS_COMMON_EXTENSION_HEADERS_H

#include "compiler/packet/service.h"

namespace cordon::backends {

inline bool is_extension_header(const packet::ServiceTerm& term, packet::Family family) {
  if (family != packet::Family::ipv6 || !term.protocol) return false;
  return *term.protocol == 0 || *term.protocol == 43 || *term.protocol == 44 || *term.protocol == 60;
}

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_EXTENSION_HEADERS_H
