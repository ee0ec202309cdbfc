// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What makes a finding the same finding tomorrow.
//
// Lines move, files are renamed, items change places; the code, the element and the packets stay. Baselines
// and the reports of other programs know a finding by this number.
#ifndef COMPILER_CHECK_FINGERPRINT_H
#define COMPILER_CHECK_FINGERPRINT_H

#include <vector>

#include "compiler/check/finding.h"

namespace cordon::check {

// Gives each finding its fingerprint, which no other of the run has: SHA-256 over code, element and packets,
// and a number that tells apart findings which agree in all of these. What is about no element, such as a
// fault found while reading, goes by its message. `policy` is null where none was loaded.
void add_fingerprints(std::vector<Finding>& findings, const ir::Policy* policy);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_FINGERPRINT_H
