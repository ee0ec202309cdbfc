// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Policy maps, as far as they may drop packets.
#ifndef BACKENDS_CISCO_IOS_READ_POLICIES_H
#define BACKENDS_CISCO_IOS_READ_POLICIES_H

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {

class Policies {
 public:
  void open(std::string_view policy) { open_ = policy; }

  // A line of the open map. Dropping what exceeds a rate is no refusal; `drop` and `conform-action drop` are.
  void read_line(const CommandLine& line);

  // `service-policy [input|output] POLICY` at an interface or at the control plane.
  void attach(const CommandLine& line, bool control_plane);

  // A problem for each attached map that drops, itself or by one within it.
  void refuse_dropping(ConfigurationText& text);

 private:
  struct Attachment {
    std::string policy;
    source::Range range;
    bool control_plane;
  };

  std::string open_;
  std::set<std::string> dropping_;
  std::unordered_map<std::string, std::vector<std::string>> parents_;  // of a policy map
  std::vector<Attachment> attachments_;
};

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_POLICIES_H
