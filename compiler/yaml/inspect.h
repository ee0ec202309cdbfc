// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What no file may hold, whatever its YAML: found in one pass over the bytes before anything is parsed.
//
// Not UTF-8, control characters, characters that hide or reorder text (a reviewer would read another
// policy than the compiler), tabs as indentation, more bytes than the limit.
#ifndef COMPILER_YAML_INSPECT_H
#define COMPILER_YAML_INSPECT_H

#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/yaml/load.h"

namespace cordon::yaml {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// False when the file must not be parsed; the reason is in `diags`.
[[nodiscard]] bool inspect(std::string_view text, source::FileId file, const Limits& limits,
                           diagnostics::Diagnostics& diags);

// The first character of valid UTF-8 text that may not occur in a policy: control characters other than
// tab and line feed, and characters that hide or reorder text.
[[nodiscard]] std::optional<std::uint32_t> find_forbidden(std::string_view text);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_INSPECT_H
