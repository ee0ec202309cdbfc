// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Service policies: which inspections are at work. An inspection may remember what is not remembered without
// it (ICMP), and let pass what no list permits (the data connections of FTP).
#ifndef BACKENDS_CISCO_ASA_READ_POLICIES_H
#define BACKENDS_CISCO_ASA_READ_POLICIES_H

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "backends/cisco_asa/read_text.h"

namespace cordon::backends::cisco_asa::reading {

class Policies {
 public:
  void open_class_map(const CommandLine& line);
  void open_policy_map(const CommandLine& line);
  void read_class_map_line(const CommandLine& line);
  void read_policy_map_line(const CommandLine& line);
  void attach(const CommandLine& line);  // `service-policy NAME global|interface IF`
  void detach(const CommandLine& line);  // `no service-policy …`

  // What the attached policies do.
  void apply(ConfigurationText& text) const;

 private:
  struct Action {
    std::string of_class;
    source::Range range;
    std::vector<std::string> words;
  };
  struct Attachment {
    std::string policy, interface;  // no interface: global
    source::Range range;
  };
  void apply(const Action& action, const Attachment& attachment, ConfigurationText& text) const;
  void apply_inspection(const Action& action, const Attachment& attachment, ConfigurationText& text) const;

  std::unordered_set<std::string> of_everything_;                 // class maps that all ICMP belongs to
  std::unordered_map<std::string, std::vector<Action>> actions_;  // by policy map
  std::vector<Attachment> attachments_;
  std::string class_map_, policy_map_, class_;
};

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_POLICIES_H
