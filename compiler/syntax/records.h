// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Short words for the rows of the language table, and the mappings that the top of a file names.
#ifndef COMPILER_SYNTAX_RECORDS_H
#define COMPILER_SYNTAX_RECORDS_H

#include <cstddef>

#include "compiler/syntax/language.h"

namespace cordon::syntax {

inline constexpr bool required = true;
inline constexpr bool not_required = false;

constexpr Type one(const Scalar& scalar) { return {.shape = Shape::scalar, .scalar = &scalar}; }
constexpr Type list_of(const Scalar& scalar, std::size_t at_least = 1, std::size_t at_most = SIZE_MAX) {
  return {.shape = Shape::list, .scalar = &scalar, .at_least = at_least, .at_most = at_most};
}
constexpr Type mapping(const Record& record) { return {.shape = Shape::record, .record = &record}; }
constexpr Type list_of(const Record& record) { return {.shape = Shape::records, .record = &record}; }
constexpr Type map_of(const Record& record, const Scalar& name = scalar::name) {
  return {.shape = Shape::map, .record = &record, .name = &name};
}
constexpr Type dictionary_of(const Scalar& value, const Scalar& name = scalar::name) {
  return {.shape = Shape::dictionary, .scalar = &value, .name = &name, .at_least = 1};
}

namespace record {

extern const Record network, zone, host, csv_hosts, group;  // language_network.cpp
extern const Record service, conduit;                       // language_intent.cpp
extern const Record device;                                 // language_device.cpp
extern const Record assertion, policy_test, waiver, envelope, attestation, mds2_form,
    checks;  // language_evidence.cpp

}  // namespace record

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_RECORDS_H
