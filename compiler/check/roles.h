// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What kind of zone a zone is, in the words that checks reason with.
//
// The kinds are the zone types of the language (policies/README.md). A zone without a type is none of these.
#ifndef COMPILER_CHECK_ROLES_H
#define COMPILER_CHECK_ROLES_H

#include "compiler/ir/policy.h"

namespace cordon::check {

// Devices that touch patients: pumps first of all.
[[nodiscard]] bool is_medical(const ir::Zone& zone);
// What medical devices report to: servers of devices and of clinical applications.
[[nodiscard]] bool is_clinical_server(const ir::Zone& zone);
[[nodiscard]] bool is_database(const ir::Zone& zone);
// Names, time, directory and the like.
[[nodiscard]] bool is_infrastructure(const ir::Zone& zone);
[[nodiscard]] bool is_guest(const ir::Zone& zone);
[[nodiscard]] bool is_vendor(const ir::Zone& zone);
[[nodiscard]] bool is_remote_access(const ir::Zone& zone);
[[nodiscard]] bool is_management(const ir::Zone& zone);
// Who looks after machines: the network team, clinical engineering, jump hosts.
[[nodiscard]] bool is_caretaker(const ir::Zone& zone);
// The internet and whatever else is outside the site: external and vendor networks.
[[nodiscard]] bool is_outside(const ir::Zone& zone);
// Where people or things are that nobody vouches for: outside, guests, quarantine.
[[nodiscard]] bool is_untrusted(const ir::Zone& zone);
// Offices and everything else that has no part in care: business, research, building automation.
[[nodiscard]] bool is_business(const ir::Zone& zone);
// Those who service medical devices.
[[nodiscard]] bool is_biomedical(const ir::Zone& zone);
// Of a type that is neither outside, nor for guests, nor held apart, nor in between.
[[nodiscard]] bool is_inside(const ir::Zone& zone);
// Has no business with medical devices and no check of its own: workstations, databases, directory and the
// like.
[[nodiscard]] bool is_stranger_to_devices(const ir::Zone& zone);
// Care depends on it: devices, their servers, clinical workstations, laboratory, pharmacy, imaging.
[[nodiscard]] bool is_care(const ir::Zone& zone);
// Holds the `any` network: everything that is not declared elsewhere.
[[nodiscard]] bool holds_any(const ir::Policy& policy, const ir::Zone& zone);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ROLES_H
