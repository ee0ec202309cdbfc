// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/version.h"

namespace cordon::cli {

const char* const version = CORDON_VERSION;

}  // namespace cordon::cli
