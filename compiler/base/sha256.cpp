// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/base/sha256.h"

#include <array>
#include <cstdint>
#include <nettle/sha2.h>

namespace cordon {

std::string sha256(std::string_view bytes) {
  sha256_ctx context;  // NOLINT(cppcoreguidelines-pro-type-member-init): the next line does
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());

  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(digest.size() * 2);
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace cordon
