// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#ifndef COMPILER_DIAGNOSTICS_KINDS_DRIFT_H
#define COMPILER_DIAGNOSTICS_KINDS_DRIFT_H

#include "compiler/diagnostics/diagnostics.h"

namespace cordon::diagnostics::kind {

#define CORDON_KIND CORDON_KIND_CONSTANT
#include "compiler/diagnostics/kinds/drift.def"
#undef CORDON_KIND

}  // namespace cordon::diagnostics::kind

#endif  // COMPILER_DIAGNOSTICS_KINDS_DRIFT_H
