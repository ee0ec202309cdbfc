// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace cordon {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr,
               "cordon: internal error: `%s` does not hold (%s:%d)\n"
               "  = help: this is a defect of Cordon, not of your policy; nothing was written.\n"
               "          Please report it with the policy that shows it.\n",
               condition, file, line);
  std::fflush(stderr);
  std::_Exit(70);
}

}  // namespace cordon
