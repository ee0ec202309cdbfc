// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What runs on the devices of a policy, as far as their readers understood it.
//
// A line that bears on what passes and is not understood makes filters *incomplete*: their rules must not be
// taken for the truth, and who asks about them is told which line it is. A gap within a filter bears on that
// filter alone; a gap that may bear on everything bears on every filter, and on what stands where no filter
// does.
#ifndef COMPILER_CHANGE_RUNNING_H
#define COMPILER_CHANGE_RUNNING_H

#include <span>
#include <string>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/config/reading.h"
#include "compiler/ir/policy.h"
#include "compiler/source/source.h"

namespace cordon::change {

class RunningDevice {
 public:
  // Reads the texts of one device. The sources have to last as long.
  RunningDevice(ir::DeviceId device, const backend::Backend& platform, const source::Sources& sources,
                std::vector<source::FileId> files);
  // What was read already.
  RunningDevice(ir::DeviceId device, const backend::Backend& platform, config::Reading reading);

  [[nodiscard]] ir::DeviceId device() const { return device_; }
  [[nodiscard]] const backend::Backend& platform() const { return *platform_; }
  [[nodiscard]] const config::Capabilities& capabilities() const { return platform_->info().capabilities; }
  [[nodiscard]] const config::Reading& reading() const { return reading_; }
  [[nodiscard]] std::span<const source::FileId> files() const { return files_; }

  // Everything was understood.
  [[nodiscard]] bool complete() const { return reading_.gaps.empty(); }
  // Something is not understood that may bear on everything.
  [[nodiscard]] bool nothing_is_certain() const { return all_incomplete_; }
  [[nodiscard]] bool is_complete(config::FilterId filter) const {
    return !all_incomplete_ && !incomplete_[filter.value];
  }
  // Whether what these filters let through together is known.
  [[nodiscard]] bool are_complete(std::span<const config::FilterId> filters) const;

 private:
  void mark_gaps();

  ir::DeviceId device_;
  const backend::Backend* platform_;
  config::Reading reading_;
  std::vector<source::FileId> files_;
  std::vector<bool> incomplete_;  // by filter
  bool all_incomplete_ = false;
};

struct Running {
  std::vector<RunningDevice> devices;   // in declared order
  std::vector<ir::DeviceId> not_given;  // ours to configure, and no file is theirs
  std::vector<std::string> left_aside;  // files of a folder that belong to no device of the policy

  // Nothing for a device that is not given.
  [[nodiscard]] const RunningDevice* of(ir::DeviceId device) const;
};

// A rule that decides about some packets.
struct RunningRule {
  ir::DeviceId device;
  source::Range line;  // invalid: the platform's own last word
  bool permits = false;
  bool narrow = false;  // it names somebody; the others speak of everybody
};

// Whether what leaves one of these devices may be other packets than what came: then nobody can say what they
// meet further on.
[[nodiscard]] bool translates(const config::Reading& reading);

// Why something is not known at a device.
struct Blind {
  ir::DeviceId device;
  bool not_given = false;           // nothing of it was read
  std::vector<std::string> unread;  // interfaces that its text does not know
  std::vector<config::Gap> gaps;    // lines that are not understood
  bool ring = false;                // in a ring, with filters between pairs of its interfaces
};

// One of each device, and each line once.
void add_to(std::vector<Blind>& all, Blind more);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_RUNNING_H
