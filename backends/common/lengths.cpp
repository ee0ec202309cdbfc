// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/lengths.h"

#include <fmt/format.h>

#include "compiler/diagnostics/kinds/platform.h"

namespace cordon::backends {

void check_lengths(const config::Device& device, const config::Interface& interface, std::string_view title,
                   diagnostics::Diagnostics& diagnostics) {
  if (interface.port.starts_with("Loopback")) return;
  for (const auto& own : {interface.ipv4, interface.ipv6}) {
    if (!own || own->length < packet::width(own->family())) continue;
    const std::string address = packet::to_string(own->address);
    diagnostics
        .build(diagnostics::kind::not_expressible, interface.range, device.name,
               fmt::format("the address `{}` without a length", address),
               fmt::format("{} has to know what is on the link", title))
        .help("write the length behind it, for example `{}/{}`", address,
              own->family() == packet::Family::ipv4 ? 30 : 64)
        .emit();
  }
}

}  // namespace cordon::backends
