// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every check that there is, as a table for people and programs.
#ifndef COMPILER_REPORT_CHECK_LIST_H
#define COMPILER_REPORT_CHECK_LIST_H

#include <string>
#include <string_view>

#include "compiler/ir/standards.h"

namespace cordon::report {

// By code.
[[nodiscard]] std::string check_list_text();
[[nodiscard]] std::string check_list_json(std::string_view version, const ir::Standards& standards);
// The page policies/CHECKS.md.
[[nodiscard]] std::string check_list_markdown(const ir::Standards& standards);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_CHECK_LIST_H
