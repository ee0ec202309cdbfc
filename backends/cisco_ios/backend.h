// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef BACKENDS_CISCO_IOS_BACKEND_H
#define BACKENDS_CISCO_IOS_BACKEND_H

#include <memory>

#include "compiler/backend/backend.h"

namespace cordon::backends {

// Cisco Catalyst with IOS XE. What it is and how it was checked: README.md.
[[nodiscard]] std::unique_ptr<backend::Backend> make_cisco_ios();

}  // namespace cordon::backends

#endif  // BACKENDS_CISCO_IOS_BACKEND_H
