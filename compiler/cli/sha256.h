// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Digests for the manifest (FIPS 180-4).
#ifndef COMPILER_CLI_SHA256_H
#define COMPILER_CLI_SHA256_H

#include <string>
#include <string_view>

namespace cordon::cli {

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_SHA256_H
