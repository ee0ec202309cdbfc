// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Findings that somebody accepts for some time, and what is wrong with the accepting.
//
// A waiver covers a finding while its code is the finding's, its element too if it names one, and while
// every packet of the finding lies in what it accepts: a finding that grows by one port is open again. A
// waiver with a fault of its own covers nothing.
#ifndef COMPILER_CHECK_WAIVERS_H
#define COMPILER_CHECK_WAIVERS_H

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/checks.h"
#include "compiler/check/context.h"
#include "compiler/check/finding.h"

namespace cordon::check {

// What a waiver has to say and does not, in the words of the language.
[[nodiscard]] std::vector<std::string_view> missing_fields(const ir::Waiver& waiver);
// What it accepts, if it may: the check of its code. Null: no check, or one that must not be waived.
[[nodiscard]] const Check* waived_check(const ir::Waiver& waiver);

[[nodiscard]] bool has_expired(const ir::Waiver& waiver, Date as_of);  // the last day still counts
[[nodiscard]] bool is_from_future(const ir::Waiver& waiver, Date as_of);
[[nodiscard]] bool is_self_approved(const ir::Waiver& waiver);
[[nodiscard]] std::optional<long> lifetime(const ir::Waiver& waiver);  // in days
// It counts, and will not for long.
[[nodiscard]] bool is_expiring(const ir::Waiver& waiver, const ir::CheckSettings& settings, Date as_of);
// It has no fault that makes it cover nothing.
[[nodiscard]] bool counts(const ir::Waiver& waiver, const ir::CheckSettings& settings, Date as_of);

// Marks what is covered. What is nearly covered says by how much it is not; a waiver that covers nothing
// although its check was made is a finding of its own.
void apply_waivers(const Context& context, const Selection& selection, std::vector<Finding>& findings);

[[nodiscard]] std::string element_of(const ir::Waiver& waiver);  // `waiver:W-12`

}  // namespace cordon::check

#endif  // COMPILER_CHECK_WAIVERS_H
