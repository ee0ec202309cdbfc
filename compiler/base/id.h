// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Typed indices. A `ZoneId` cannot be passed where a `NetworkId` is meant, and costs four bytes.
#ifndef COMPILER_BASE_ID_H
#define COMPILER_BASE_ID_H

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <ranges>
#include <utility>
#include <vector>

namespace cordon {

template <class Tag>
struct Id {
  static constexpr std::uint32_t none = UINT32_MAX;

  std::uint32_t value = none;

  [[nodiscard]] constexpr bool valid() const { return value != none; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

// A vector that hands out the ids of its elements, in the order they were added.
template <class IdType, class T>
class IdVector {
 public:
  IdType push_back(T value) {
    items_.push_back(std::move(value));
    return IdType{static_cast<std::uint32_t>(items_.size() - 1)};
  }

  [[nodiscard]] T& operator[](IdType id) { return items_[id.value]; }
  [[nodiscard]] const T& operator[](IdType id) const { return items_[id.value]; }

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  void reserve(std::size_t count) { items_.reserve(count); }
  void resize(std::size_t count) { items_.resize(count); }

  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

  // Every id in declared order.
  [[nodiscard]] auto ids() const {
    return std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(items_.size())) |
           std::views::transform([](std::uint32_t value) { return IdType{value}; });
  }

  friend bool operator==(const IdVector&, const IdVector&) = default;

 private:
  std::vector<T> items_;
};

}  // namespace cordon

template <class Tag>
struct std::hash<cordon::Id<Tag>> {
  std::size_t operator()(cordon::Id<Tag> id) const noexcept { return id.value; }
};

#endif  // COMPILER_BASE_ID_H
