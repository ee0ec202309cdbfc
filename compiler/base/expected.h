// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A value, or the reason why there is none. The standard's `std::expected` is not in this
// toolchain; this is the part of it that Cordon uses.
#ifndef COMPILER_BASE_EXPECTED_H
#define COMPILER_BASE_EXPECTED_H

#include <utility>
#include <variant>

#include "compiler/base/check.h"

namespace cordon {

template <class E>
struct Unexpected {
  E error;
};
template <class E>
Unexpected(E) -> Unexpected<E>;

template <class T, class E>
class [[nodiscard]] Expected {
 public:
  // A function returns either as it is.
  // NOLINTBEGIN(google-explicit-constructor)
  Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Expected(Unexpected<E> unexpected) : state_(std::in_place_index<1>, std::move(unexpected.error)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] T& operator*() {
    CORDON_CHECK(has_value());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& operator*() const {
    CORDON_CHECK(has_value());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T* operator->() { return &**this; }
  [[nodiscard]] const T* operator->() const { return &**this; }

  [[nodiscard]] const E& error() const {
    CORDON_CHECK(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, E> state_;
};

}  // namespace cordon

#endif  // COMPILER_BASE_EXPECTED_H
