// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef BACKENDS_CISCO_ASA_BACKEND_H
#define BACKENDS_CISCO_ASA_BACKEND_H

#include <memory>

#include "compiler/backend/backend.h"

namespace cordon::backends {

// Cisco ASA 9.x. What it is and how it was checked: README.md.
[[nodiscard]] std::unique_ptr<backend::Backend> make_cisco_asa();

}  // namespace cordon::backends

#endif  // BACKENDS_CISCO_ASA_BACKEND_H
