// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which filters of a reading stand where, by the interfaces of the policy.
#ifndef COMPILER_PROVE_BOUND_FILTERS_H
#define COMPILER_PROVE_BOUND_FILTERS_H

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "compiler/prove/end_to_end.h"
#include "compiler/prove/tracks.h"

namespace cordon::prove {

using FilterList = std::vector<config::FilterId>;

class BoundFilters {
 public:
  BoundFilters(const ir::Device& device, const ReadDevice& read);

  [[nodiscard]] const FilterList& at(std::uint32_t interface, Stage stage) const {
    return at_[interface][static_cast<std::size_t>(stage)];
  }
  // Some filter there refuses something. One that lets every new packet pass does not stand in the way.
  [[nodiscard]] bool is_filtered(std::uint32_t interface, Stage stage) const;
  [[nodiscard]] bool is_open(config::FilterId filter) const { return open_[filter.value]; }
  [[nodiscard]] const FilterList& everywhere() const { return everywhere_; }  // for the device itself
  [[nodiscard]] bool is_read(std::uint32_t interface) const { return read_interface_[interface].valid(); }
  // Filters stand between pairs of interfaces, and those of one pair.
  [[nodiscard]] bool pairs() const { return !read_->reading->between.empty(); }
  [[nodiscard]] FilterList between(std::uint32_t in, std::uint32_t out) const;

  [[nodiscard]] const config::Filter& filter(config::FilterId id) const {
    return read_->reading->device.filters[id];
  }
  [[nodiscard]] const config::Capabilities& capabilities() const { return *read_->capabilities; }
  [[nodiscard]] bool tracks() const { return read_->capabilities->state == config::StateTracking::full; }
  // Replies pass every filter of the device by themselves.
  [[nodiscard]] bool replies_pass() const;
  [[nodiscard]] const ReadDevice& read() const { return *read_; }
  [[nodiscard]] std::vector<packet::MatchRule> rules(config::FilterId id) const;

 private:
  void find_guards();

  const ReadDevice* read_;
  std::vector<std::array<FilterList, std::size(stages)>> at_;
  std::vector<config::InterfaceId> read_interface_;
  std::map<std::pair<config::InterfaceId, config::InterfaceId>, FilterList> between_;
  FilterList everywhere_;
  std::vector<bool> open_;  // by filter
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_BOUND_FILTERS_H
