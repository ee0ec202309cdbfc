// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/running.h"

#include <algorithm>
#include <utility>

namespace cordon::change {

RunningDevice::RunningDevice(ir::DeviceId device, const backend::Backend& platform,
                             const source::Sources& sources, std::vector<source::FileId> files)
    : device_(device),
      platform_(&platform),
      reading_(platform.read(sources, files)),
      files_(std::move(files)),
      incomplete_(reading_.device.filters.size()) {
  mark_gaps();
}

RunningDevice::RunningDevice(ir::DeviceId device, const backend::Backend& platform, config::Reading reading)
    : device_(device),
      platform_(&platform),
      reading_(std::move(reading)),
      incomplete_(reading_.device.filters.size()) {
  mark_gaps();
}

void RunningDevice::mark_gaps() {
  for (const config::Gap& gap : reading_.gaps) {
    if (gap.filter.valid()) {
      incomplete_[gap.filter.value] = true;
    } else {
      all_incomplete_ = true;
    }
  }
}

bool RunningDevice::are_complete(std::span<const config::FilterId> filters) const {
  return !all_incomplete_ &&
         std::ranges::all_of(filters, [this](config::FilterId filter) { return is_complete(filter); });
}

bool translates(const config::Reading& reading) {
  return std::ranges::any_of(reading.gaps, &config::Gap::translates);
}

const RunningDevice* Running::of(ir::DeviceId device) const {
  const auto found = std::ranges::find(devices, device, &RunningDevice::device);
  return found == devices.end() ? nullptr : &*found;
}

void add_to(std::vector<Blind>& all, Blind more) {
  const auto same = std::ranges::find(all, more.device, &Blind::device);
  if (same == all.end()) {
    all.push_back(std::move(more));
    return;
  }
  same->not_given = same->not_given || more.not_given;
  same->ring = same->ring || more.ring;
  for (std::string& name : more.unread) {
    if (std::ranges::find(same->unread, name) == same->unread.end()) same->unread.push_back(std::move(name));
  }
  for (config::Gap& gap : more.gaps) {
    const bool told = std::ranges::any_of(same->gaps, [&](const config::Gap& other) {
      return other.range == gap.range && other.reason == gap.reason;
    });
    if (!told) same->gaps.push_back(std::move(gap));
  }
}

}  // namespace cordon::change
