// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From content to a number, by open addressing: the items themselves lie elsewhere.
//
// A hash only narrows the search; whether two items are the same is always decided by comparing
// them, since proofs rest on it.
#ifndef COMPILER_PACKET_HASH_INDEX_H
#define COMPILER_PACKET_HASH_INDEX_H

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cordon::packet {

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
  return hash ^ hash >> 32;
}

[[nodiscard]] inline std::uint32_t hash_of(std::uint64_t seed, std::span<const std::uint32_t> values) {
  for (const std::uint32_t value : values) seed = mix(seed, value);
  return static_cast<std::uint32_t>(seed);
}

class HashIndex {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  HashIndex() : slots_(16) {}

  template <class Same>
  [[nodiscard]] std::uint32_t find(std::uint32_t hash, Same same) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].id != none; at = (at + 1) & mask) {
      if (slots_[at].hash == hash && same(slots_[at].id)) return slots_[at].id;
    }
    return none;
  }

  // The item must not be in the index yet.
  void insert(std::uint32_t hash, std::uint32_t id) {
    if (2 * (size_ + 1) > slots_.size()) resize(slots_.size() * 2);
    place({hash, id});
    ++size_;
  }

  // Room for so many items without growing in between.
  void reserve(std::size_t count) {
    if (2 * count > slots_.size()) resize(std::bit_ceil(2 * count));
  }

  void clear() {
    slots_.assign(16, Slot{});
    size_ = 0;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t id = none;
  };

  void place(Slot slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.hash & mask;
    while (slots_[at].id != none) at = (at + 1) & mask;
    slots_[at] = slot;
  }

  void resize(std::size_t size) {
    std::vector<Slot> old(size);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.id != none) place(slot);
    }
  }

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::size_t size_ = 0;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_HASH_INDEX_H
