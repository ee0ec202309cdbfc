// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/address_domain.h"

#include <algorithm>
#include <utility>

namespace cordon::packet {
namespace {

std::uint32_t hash(std::span<const AddressRange> ranges) {
  std::uint64_t value = 0;
  for (const AddressRange& range : ranges) {
    for (const Bits bits : {range.first, range.last}) {
      value = mix(value, static_cast<std::uint64_t>(bits));
      value = mix(value, static_cast<std::uint64_t>(bits >> 64));
    }
  }
  return static_cast<std::uint32_t>(value);
}

}  // namespace

AddressDomain::AddressDomain(Family family, Work& work)
    : family_(family), ranges_(work), stretches_(work), starts_{0} {}

ValueId AddressDomain::intern(const AddressSet& set) {
  const std::uint32_t key = hash(set.ranges());
  const ValueId known =
      index_.find(key, [&](ValueId id) { return std::ranges::equal(values_[id].ranges, set.ranges()); });
  if (known != HashIndex::none) return known;
  const auto id = static_cast<ValueId>(values_.size());
  values_.push_back({ranges_.copy(set.ranges()), stretches_.take(set.ranges().size())});
  index_.insert(key, id);
  if (set.is_all()) all_ = id;
  if (set.empty()) empty_ = id;
  return id;
}

std::vector<AddressDomain::Waiting> AddressDomain::waiting() const {
  std::vector<Waiting> places;
  for (std::size_t id = settled_; id < values_.size(); ++id) {
    const Value& value = values_[id];
    for (std::size_t i = 0; i < value.ranges.size(); ++i) {
      places.push_back({value.ranges[i].first, &value.stretches[i].first});
      if (value.ranges[i].last == max_bits(family_)) {
        value.stretches[i].end = to_the_end;
      } else {
        places.push_back({value.ranges[i].last + 1, &value.stretches[i].end});
      }
    }
  }
  std::ranges::sort(places, {}, &Waiting::boundary);
  return places;
}

std::vector<std::uint32_t> AddressDomain::settle() {
  if (settled_ == values_.size()) return {};
  const std::vector<Waiting> places = waiting();

  std::vector<Bits> starts;
  std::vector<std::uint32_t> moved;
  starts.reserve(starts_.size() + places.size());
  moved.reserve(starts_.size());
  const auto take_old_up_to = [&](Bits boundary) {
    while (moved.size() < starts_.size() && starts_[moved.size()] <= boundary) {
      starts.push_back(starts_[moved.size()]);
      moved.push_back(static_cast<std::uint32_t>(starts.size() - 1));
    }
  };
  for (const Waiting& place : places) {
    take_old_up_to(place.boundary);
    if (starts.back() != place.boundary) starts.push_back(place.boundary);  // zero is always old
    *place.number = static_cast<std::uint32_t>(starts.size() - 1);
  }
  take_old_up_to(max_bits(family_));

  const std::size_t new_ones_from = std::exchange(settled_, values_.size());
  const bool unmoved = starts.size() == starts_.size();
  starts_ = std::move(starts);
  if (unmoved) return {};
  for (std::size_t id = 0; id < new_ones_from; ++id) {
    for (Stretch& stretch : values_[id].stretches) {
      stretch.first = moved[stretch.first];
      if (stretch.end != to_the_end) stretch.end = moved[stretch.end];
    }
  }
  return moved;
}

std::uint32_t AddressDomain::stretch_of(Bits address) const {
  const auto after = std::ranges::upper_bound(starts_, address);
  return static_cast<std::uint32_t>(after - starts_.begin() - 1);
}

AddressRange AddressDomain::range(Stretch stretch) const {
  const Bits last = stretch.end >= starts_.size() ? max_bits(family_) : starts_[stretch.end] - 1;
  return {starts_[stretch.first], last};
}

}  // namespace cordon::packet
