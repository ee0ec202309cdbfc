// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Days of the calendar, as policies write them: `2027-01-31`.
#ifndef COMPILER_CHECK_DATE_H
#define COMPILER_CHECK_DATE_H

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::check {

using Date = std::chrono::sys_days;

// Nothing when the text is no day.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_string(Date date);

// Negative when `to` comes first.
[[nodiscard]] inline long days_between(Date from, Date to) { return static_cast<long>((to - from).count()); }

// `1 day`, `12 days`
[[nodiscard]] std::string days_text(long count);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_DATE_H
