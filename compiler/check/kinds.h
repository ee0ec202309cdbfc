// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The kinds that checks raise.
#ifndef COMPILER_CHECK_KINDS_H
#define COMPILER_CHECK_KINDS_H

#include "compiler/diagnostics/kinds/check_assertions.h"
#include "compiler/diagnostics/kinds/check_evidence.h"
#include "compiler/diagnostics/kinds/check_flows.h"
#include "compiler/diagnostics/kinds/check_governance.h"
#include "compiler/diagnostics/kinds/check_network.h"
#include "compiler/diagnostics/kinds/check_reach.h"
#include "compiler/diagnostics/kinds/check_waivers.h"
#include "compiler/diagnostics/kinds/check_zones.h"

#endif  // COMPILER_CHECK_KINDS_H
