// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The command line of every program of mutants: `[--mutants N] POLICY...`.
#ifndef TESTS_MUTATION_RUN_OVER_POLICIES_H
#define TESTS_MUTATION_RUN_OVER_POLICIES_H

#include <cstddef>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

namespace cordon::test {

// `try_policy(path, mutants, table)` is false for a policy that cannot be tried; `print(table)` tells how
// many mutants were judged wrongly. The exit code.
template <class Table, class TryPolicy, class Print>
int run_over_policies(int argc, char** argv, std::size_t mutants, TryPolicy try_policy, Print print) {
  Table table;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--mutants" && i + 1 < argc) {
      mutants = std::strtoul(argv[++i], nullptr, 10);
    } else if (!try_policy(argument, mutants, table)) {
      fmt::print("{}: is not compiled and proved\n", argument);
      return 1;
    }
  }
  return print(table) == 0 ? 0 : 1;
}

}  // namespace cordon::test

#endif  // TESTS_MUTATION_RUN_OVER_POLICIES_H
