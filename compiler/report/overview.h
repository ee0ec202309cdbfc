// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where to start when a run finds much: the kinds that occur most, and those that others build upon.
#ifndef COMPILER_REPORT_OVERVIEW_H
#define COMPILER_REPORT_OVERVIEW_H

#include <string>
#include <vector>

#include "compiler/check/finding.h"

namespace cordon::report {

// A few lines for the end of the list; empty where a reader keeps twenty findings or fewer in view. Open
// findings only.
[[nodiscard]] std::string overview(const std::vector<check::Finding>& findings);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_OVERVIEW_H
