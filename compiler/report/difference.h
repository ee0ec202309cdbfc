// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A change of policy as a reviewer reads it: the verdict first, then what opens and what closes, by name.
#ifndef COMPILER_REPORT_DIFFERENCE_H
#define COMPILER_REPORT_DIFFERENCE_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/change/difference.h"
#include "compiler/change/envelopes.h"
#include "compiler/change/purpose.h"
#include "compiler/ir/address_names.h"
#include "compiler/ir/policy.h"
#include "compiler/source/source.h"

namespace cordon::report {

// One of the two policies, and where its lines are.
struct ChangeSide {
  std::string name;  // `main`, `working tree`, a folder
  const ir::Policy* policy = nullptr;
  const source::Sources* sources = nullptr;
};

struct DeviceChange {
  std::string file;
  std::size_t added = 0, removed = 0;  // lines
};

struct ChangeReport {
  ChangeSide before, after;
  const change::Difference* difference = nullptr;
  std::vector<DeviceChange> devices;                  // whose text changes, by file
  std::size_t same_devices = 0;                       // byte for byte
  const change::PurposeResult* purpose = nullptr;     // null: nobody said what the change is to do
  const change::EnvelopeResult* envelopes = nullptr;  // null: nobody asked for them
  std::string devices_unknown;                        // why nothing is said of devices; empty: something is
};

// `more permissive: 2 of 506 pairs differ, 504 proved equal`
[[nodiscard]] std::string difference_headline(const ChangeReport& report);
// What opens or closes between two zones, one packet of it, which medical devices it is about, and what asks
// for it; at most so many lines of connections.
[[nodiscard]] std::vector<std::string> side_lines(const change::Side& side, const ChangeSide& whose,
                                                  const ir::AddressNames& names, std::size_t most,
                                                  bool opened);
// Of medical devices, `connections open for 5 medical devices, …`; empty when none is touched.
[[nodiscard]] std::string devices_affected(const ChangeReport& report);
[[nodiscard]] nlohmann::ordered_json difference_document(const ChangeReport& report,
                                                         std::string_view version);
[[nodiscard]] std::string difference_text(const ChangeReport& report);
[[nodiscard]] std::string difference_json(const ChangeReport& report, std::string_view version);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_DIFFERENCE_H
