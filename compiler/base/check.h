// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Our own bugs. An author's mistake is a diagnostic, the outside world is an `Expected`;
// an invariant that fails here is a defect of Cordon, and going on would risk a wrong filter.
#ifndef COMPILER_BASE_CHECK_H
#define COMPILER_BASE_CHECK_H

namespace cordon {

// Prints the text and the place, says how to report it, and ends the process with exit code 70.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace cordon

#define CORDON_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::cordon::check_failed(#condition, __FILE__, __LINE__))

#endif  // COMPILER_BASE_CHECK_H
