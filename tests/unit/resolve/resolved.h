// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A project of files in memory, resolved; and what a flow of it came to, as text.
#ifndef TESTS_UNIT_RESOLVE_RESOLVED_H
#define TESTS_UNIT_RESOLVE_RESOLVED_H

#include <map>
#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/policy.h"
#include "compiler/resolve/project.h"

namespace cordon::resolve::testing {

using Files = std::map<std::string, std::string>;

struct Resolved {
  diagnostics::Diagnostics diagnostics;
  Project project;
  std::optional<ir::Policy> policy;

  // Codes of what was found, in order: `CD2001 CD2001`.
  [[nodiscard]] std::string codes() const;

  // `10.20.0.0/24 -> 10.30.0.10 : tcp/8443`, IPv4 only, of one flow of a conduit. Counted from one.
  [[nodiscard]] std::string flow(const std::string& conduit, std::uint32_t number) const;
};

[[nodiscard]] Resolved resolved(const Files& files);

// Two zones, a server and one conduit `telemetry` whose flows are given, as YAML lines without indentation.
[[nodiscard]] std::string site(const std::string& flows, const std::string& more = "");

}  // namespace cordon::resolve::testing

#endif  // TESTS_UNIT_RESOLVE_RESOLVED_H
