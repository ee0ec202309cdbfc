// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a single value may be: names, references, addresses, words, numbers, dates, free text.
//
// Only what can be told from the letters alone is checked here. Whether a name exists or an address
// lies in its network is for `resolve`.
#ifndef COMPILER_SYNTAX_SCALAR_H
#define COMPILER_SYNTAX_SCALAR_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cordon::syntax {

enum class Form : std::uint8_t {
  pattern,  // letters that `accepts` takes
  name,     // the same, for something that the policy defines
  word,     // one of `words`
  text,     // free text, one printable line
  date,     // YYYY-MM-DD, a day that exists
  integer,  // plain decimal, within bounds
  flag,     // true or false
};

struct Word {
  std::string_view value;
  std::string_view doc;
};

struct Scalar {
  Form form;
  std::string_view title;                       // after "must be": `a VLAN id`
  std::string_view pattern = {};                // what `accepts` takes, as a regular expression
  bool (*accepts)(std::string_view) = nullptr;  // pattern, name
  std::span<const Word> words = {};             // word
  std::int64_t least = 0;                       // integer
  std::int64_t most = 0;
  std::string_view hint = {};  // help for a value that is refused
};

// Bounds that keep a hostile file from reaching a configuration as an endless line.
inline constexpr std::size_t longest_name = 63;
inline constexpr std::size_t longest_value = 255;
inline constexpr std::size_t longest_text = 200;

namespace scalar {

extern const Scalar name, free_text, file_path, heading, argument, date, flag, flag_or_parameter, reference,
    endpoint, service_term, module_path, ipv4_prefix, ipv6_prefix, ipv4_address, ipv6_address, ipv4_interface,
    ipv6_interface, route_target, next_hop, port_name, link_end, vrf_name, version_text, waiver_id,
    finding_code, language_version, vlan_id, zone_level, interface_level, hsrp_group, vrrp_group,
    hsrp_priority, vrrp_priority, cost, filter_count, host_count, zone_type, data_class, encryption,
    wireless_auth, port_authentication, filter_mode, unused_ports, routing_mode, parameter_type,
    csv_separator, answer, flow_text, set_text, mds2_question, check_profile, check_severity, days,
    catalogue_id, control_id, risk_weight;

}  // namespace scalar

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_SCALAR_H
