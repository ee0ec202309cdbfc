// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Linux nftables. README.md is the characterisation.
#ifndef BACKENDS_NFTABLES_BACKEND_H
#define BACKENDS_NFTABLES_BACKEND_H

#include <memory>

#include "compiler/backend/backend.h"

namespace cordon::backends {

[[nodiscard]] std::unique_ptr<backend::Backend> make_nftables();

}  // namespace cordon::backends

#endif  // BACKENDS_NFTABLES_BACKEND_H
