// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A planned device as a perfect reader would give it back.
#ifndef TESTS_SUPPORT_AS_READING_H
#define TESTS_SUPPORT_AS_READING_H

#include "compiler/config/capabilities.h"
#include "compiler/config/reading.h"

namespace cordon::test {

// Interface filters that see packets to the device itself are bound to `own` as well.
[[nodiscard]] config::Reading as_reading(config::Device device, const config::Capabilities& capabilities);

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_AS_READING_H
