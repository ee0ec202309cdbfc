// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// VLANs and switch ports as planned and as read back.
#ifndef COMPILER_PROVE_TRANSLATION_LAYER2_H
#define COMPILER_PROVE_TRANSLATION_LAYER2_H

#include <vector>

#include "compiler/config/device.h"
#include "compiler/prove/translation.h"

namespace cordon::prove {

// In the order of the plan; what nobody planned comes last. Linear but for sorting names.
[[nodiscard]] std::vector<Difference> compare_layer2(const config::Device& planned,
                                                     const config::Device& read);

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_TRANSLATION_LAYER2_H
