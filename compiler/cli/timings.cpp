// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/timings.h"

#include <ctime>
#include <iterator>
#include <sys/resource.h>

#include <fmt/format.h>

namespace cordon::cli {

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void Timings::stage(std::string_view name) {
  stop();
  stages_.emplace_back(name, 0.0);
  started_ = processor_seconds();
  running_ = true;
}

void Timings::stop() {
  if (running_) stages_.back().second = processor_seconds() - started_;
  running_ = false;
}

std::string Timings::table() const {
  double total = 0;
  for (const auto& [name, seconds] : stages_) total += seconds;
  std::string text;
  for (const auto& [name, seconds] : stages_) {
    fmt::format_to(std::back_inserter(text), "{:<10} {:>8.3f} s CPU {:>4.0f} %\n", name, seconds,
                   total > 0 ? 100 * seconds / total : 0);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::format_to(std::back_inserter(text), "{:<10} {:>8.3f} s CPU, {} MiB at most\n", "total", total,
                 usage.ru_maxrss / 1024);
  return text;
}

}  // namespace cordon::cli
