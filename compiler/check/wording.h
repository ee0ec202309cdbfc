// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lists and counts in messages.
#ifndef COMPILER_CHECK_WORDING_H
#define COMPILER_CHECK_WORDING_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::check {

// `1 flow`, `3 flows`
[[nodiscard]] std::string counted(std::size_t count, std::string_view what);
// `` `a`, `b` and `c` ``; what is beyond the limit is counted.
[[nodiscard]] std::string quoted(const std::vector<std::string>& names, std::size_t shown = 6);
// The same without quotes, for parts of a sentence.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::size_t shown = 6);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_WORDING_H
