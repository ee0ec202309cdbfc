// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Processor time of each stage, for `--timings` and the figures in tests/README.md.
#ifndef COMPILER_CLI_TIMINGS_H
#define COMPILER_CLI_TIMINGS_H

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon::cli {

// Seconds of processor time of the whole process, all threads together.
[[nodiscard]] double processor_seconds();

class Timings {
 public:
  // Ends the stage that runs, if any, and begins the next.
  void stage(std::string_view name);
  void stop();

  // One line a stage: name, seconds of processor time, share; then the peak of resident memory.
  [[nodiscard]] std::string table() const;

 private:
  std::vector<std::pair<std::string, double>> stages_;
  double started_ = 0;
  bool running_ = false;
};

}  // namespace cordon::cli

#endif  // COMPILER_CLI_TIMINGS_H
