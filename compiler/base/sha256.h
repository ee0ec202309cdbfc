// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Digests of manifests and findings (FIPS 180-4).
#ifndef COMPILER_BASE_SHA256_H
#define COMPILER_BASE_SHA256_H

#include <string>
#include <string_view>

namespace cordon {

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace cordon

#endif  // COMPILER_BASE_SHA256_H
