// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Each format is said twice, as a function for the parser and as a regular expression for editors;
// a test feeds both the same random texts and demands the same answer.

#include "compiler/syntax/scalar.h"

#include <algorithm>
#include <array>

namespace cordon::syntax {
namespace {

constexpr bool is_lower(char letter) { return letter >= 'a' && letter <= 'z'; }
constexpr bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }
constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
constexpr bool is_alphanumeric(char letter) {
  return is_lower(letter) || is_upper(letter) || is_digit(letter);
}
constexpr bool is_hex(char letter) {
  return is_digit(letter) || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
}

constexpr bool accepts_name(std::string_view text) {
  if (text.empty() || text.size() > longest_name || !is_lower(text.front())) return false;
  return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

// Names joined by a separator: `module.name`, `pumps/bd-alaris`.
constexpr bool accepts_joined(std::string_view text, char separator) {
  if (text.size() > longest_value) return false;
  for (;;) {
    const std::size_t end = text.find(separator);
    if (!accepts_name(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

constexpr bool accepts_dotted(std::string_view text) { return accepts_joined(text, '.'); }
constexpr bool accepts_module_path(std::string_view text) { return accepts_joined(text, '/'); }

constexpr std::array<std::string_view, 5> reference_prefixes = {
    "zone:", "network:", "host:", "group:", "device:"};

constexpr bool accepts_reference(std::string_view text) {
  for (const std::string_view prefix : reference_prefixes) {
    if (text.starts_with(prefix)) return accepts_dotted(text.substr(prefix.size()));
  }
  return accepts_dotted(text);
}

// Takes away a prefix length at the end; false when there is a `/` with something else behind it.
constexpr bool strip_length(std::string_view& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return true;
  const std::string_view length = text.substr(slash + 1);
  text = text.substr(0, slash);
  return !length.empty() && length.size() <= 3 && std::ranges::all_of(length, is_digit);
}

constexpr bool accepts_octet(std::string_view text) {
  return !text.empty() && text.size() <= 3 && std::ranges::all_of(text, is_digit);
}
constexpr bool accepts_ipv4_address(std::string_view text) {
  for (int octet = 0; octet < 3; ++octet) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || !accepts_octet(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
  }
  return accepts_octet(text);
}
constexpr bool accepts_ipv6_address(std::string_view text) {
  if (text.size() > longest_name || text.find(':') == std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}
constexpr bool accepts_ipv4_literal(std::string_view text) {
  return strip_length(text) && accepts_ipv4_address(text);
}
constexpr bool accepts_ipv6_literal(std::string_view text) {
  return strip_length(text) && accepts_ipv6_address(text);
}
constexpr bool accepts_address(std::string_view text) {
  return accepts_ipv4_address(text) || accepts_ipv6_address(text);
}

constexpr bool accepts_ipv4_prefix(std::string_view text) {
  return text == "any" || (text.find('/') != std::string_view::npos && accepts_ipv4_literal(text));
}
constexpr bool accepts_ipv6_prefix(std::string_view text) {
  return text == "any" || (text.find('/') != std::string_view::npos && accepts_ipv6_literal(text));
}
constexpr bool accepts_route_target(std::string_view text) {
  return accepts_ipv4_prefix(text) || accepts_ipv6_prefix(text);
}

constexpr bool accepts_endpoint(std::string_view text) {
  return accepts_reference(text) || accepts_ipv4_literal(text) || accepts_ipv6_literal(text);
}

// Wide enough for `443/tcp`, which `resolve` explains better than a pattern can.
constexpr bool accepts_service_term(std::string_view text) {
  if (accepts_dotted(text)) return true;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view head = text.substr(0, slash);
  const std::string_view rest = text.substr(slash + 1);
  const auto in_head = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
  const auto in_rest = [&](char c) { return in_head(c) || c == '/' || c == '>'; };
  return !head.empty() && head.front() != '-' && head.size() <= longest_name && !rest.empty() &&
         rest.size() <= longest_name && std::ranges::all_of(head, in_head) &&
         std::ranges::all_of(rest, in_rest);
}

constexpr bool accepts_port_name(std::string_view text) {
  if (text.empty() || text.size() > longest_name || !(is_lower(text.front()) || is_upper(text.front())))
    return false;
  return std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '/' || c == '.' || c == '_' || c == ':' || c == '-';
  });
}

constexpr bool accepts_link_end(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && accepts_name(text.substr(0, slash)) &&
         accepts_port_name(text.substr(slash + 1));
}

constexpr bool accepts_vrf_name(std::string_view text) {
  if (text.empty() || text.size() > longest_name || !(is_lower(text.front()) || is_upper(text.front())))
    return false;
  return std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

constexpr bool accepts_version(std::string_view text) {
  if (text.empty() || text.size() > longest_name || !is_digit(text.front())) return false;
  return std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '.' || c == '(' || c == ')' || c == '_' || c == '-';
  });
}

constexpr bool accepts_waiver_id(std::string_view text) {
  if (text.empty() || text.size() > longest_name || !is_alphanumeric(text.front())) return false;
  return std::ranges::all_of(text,
                             [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

constexpr bool accepts_finding_code(std::string_view text) {
  const bool is_code =
      text.size() == 6 && text.starts_with("CD") && std::ranges::all_of(text.substr(2), is_digit);
  return is_code || accepts_name(text);
}

// `RMOT-1`, `CONN-1.1.2`: letters, a dash, numbers with dots.
constexpr bool accepts_mds2_question(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || dash == 0 || text.size() > longest_name) return false;
  std::string_view rest = text.substr(dash + 1);
  if (!std::ranges::all_of(text.substr(0, dash), is_upper)) return false;
  for (;;) {
    const std::size_t end = rest.find('.');
    const std::string_view number = rest.substr(0, end);
    if (number.empty() || number.size() > 3 || !std::ranges::all_of(number, is_digit)) return false;
    if (end == std::string_view::npos) return true;
    rest.remove_prefix(end + 1);
  }
}

// `csf-2.0`
constexpr bool accepts_catalogue_id(std::string_view text) {
  if (text.empty() || text.size() > longest_name || !is_lower(text.front())) return false;
  return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '.'; });
}

// As standards count: `PR.IR-01`, `164.312(a)`, `SR 5.2 RE 1`.
constexpr bool accepts_control_id(std::string_view text) {
  if (text.empty() || text.size() > longest_name || !is_alphanumeric(text.front())) return false;
  return std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '.' || c == '-' || c == ' ' || c == '(' || c == ')';
  });
}

#define CORDON_NAME "[a-z][a-z0-9-]{0,62}"
#define CORDON_DOTTED CORDON_NAME "(\\." CORDON_NAME ")*"
#define CORDON_REFERENCE "((zone|network|host|group|device):)?" CORDON_DOTTED
#define CORDON_IPV4 "[0-9]{1,3}(\\.[0-9]{1,3}){3}"
#define CORDON_IPV6 "[0-9a-fA-F.]*:[0-9a-fA-F:.]*"
#define CORDON_LENGTH "/[0-9]{1,3}"
#define CORDON_PORT "[A-Za-z][A-Za-z0-9/._:-]{0,62}"

constexpr Word zone_types[] = {
    {"medical-device", "devices that touch patients: pumps, monitors, ventilators"},
    {"clinical", "workstations of nurses and physicians"},
    {"clinical-server", "servers of medical devices and of clinical applications"},
    {"biomedical-engineering", "workstations that service medical devices"},
    {"imaging", "modalities and picture archives"},
    {"laboratory", "analysers and their middleware"},
    {"pharmacy", "pharmacy workstations, cabinets and robots"},
    {"database", "database servers"},
    {"enterprise-services", "directory, names, time, mail and the like"},
    {"business", "administration and offices"},
    {"building-automation", "heating, access control, lifts, cameras"},
    {"management", "management of the network itself"},
    {"remote-access", "jump hosts and terminal servers for people from outside"},
    {"dmz", "servers that the internet may reach"},
    {"vendor", "networks of manufacturers and service companies"},
    {"guest", "visitors and patients' own devices"},
    {"quarantine", "devices that are held apart"},
    {"research", "research and teaching"},
    {"transit", "links between network devices"},
    {"external", "everything outside the site, the internet first of all"},
    {"other", "none of these"},
};
constexpr Word data_classes[] = {
    {"phi", "protected health information"},
    {"therapy", "orders, drug libraries and whatever changes a treatment"},
    {"telemetry", "measurements and status without a patient's name"},
    {"alarm", "alarms that people act on"},
    {"credentials", "passwords, tickets, keys"},
    {"update", "firmware and software"},
    {"log", "logs and audit trails"},
    {"management", "configuration of devices and servers"},
    {"personal", "personal data that is no health information"},
    {"public", "nothing that needs protection"},
};
constexpr Word encryptions[] = {
    {"none", "clear text"},
    {"tls", "TLS with a server certificate"},
    {"mutual-tls", "TLS with certificates on both sides"},
    {"dtls", "TLS over datagrams"},
    {"ssh", "SSH"},
    {"ipsec", "IPsec"},
    {"wireguard", "WireGuard"},
    {"kerberos", "sealed by Kerberos"},
    {"application", "encrypted by the application itself"},
};
constexpr Word wireless_auths[] = {
    {"open", "no authentication"},
    {"open-portal", "no authentication, a web page first"},
    {"owe", "opportunistic encryption without authentication"},
    {"wep", "WEP, broken"},
    {"wpa2-personal", "WPA2 with a shared key"},
    {"wpa3-personal", "WPA3 with a shared key"},
    {"wpa2-enterprise", "WPA2 with 802.1X"},
    {"wpa3-enterprise", "WPA3 with 802.1X"},
    {"wpa2-enterprise-eap-tls", "WPA2 with 802.1X and certificates"},
    {"wpa3-enterprise-eap-tls", "WPA3 with 802.1X and certificates"},
    {"wpa2-enterprise-peap", "WPA2 with 802.1X and passwords"},
};
constexpr Word port_authentications[] = {
    {"dot1x", "IEEE 802.1X"},
    {"mab", "by MAC address, for devices that cannot do more"},
    {"dot1x-mab", "IEEE 802.1X first, then by MAC address"},
};
constexpr Word filter_modes[] = {
    {"in", "packets that come from the network"},
    {"out", "packets that are sent to it"},
    {"both", "both"},
    {"none", "no filter here"},
};
constexpr Word unused_words[] = {{"shutdown", "shut down and put into the parking VLAN"}};
constexpr Word routing_modes[] = {
    {"any-path", "every path that the topology has may carry a packet"},
    {"shortest", "only the paths of least cost carry packets"},
};
constexpr Word parameter_types[] = {
    {"zone", "a zone"},
    {"network", "a network"},
    {"host", "a host"},
    {"group", "a group"},
    {"endpoint", "anything a flow can start or end at"},
    {"service", "services: names or terms"},
    {"device", "a device"},
    {"flag", "`true` or `false`"},
    {"text", "free text"},
};
constexpr Word csv_separators[] = {
    {",", "comma"}, {";", "semicolon"}, {"|", "vertical bar"}, {"tab", "tabulator"}};
constexpr Word answers[] = {{"yes", "fully"},
                            {"no", "not"},
                            {"partly", "in part"},
                            {"not-applicable", "the question does not arise"}};

constexpr Word check_profiles[] = {
    {"basic", "what endangers patients or contradicts itself"},
    {"hospital",
     "also what a hospital's segmentation should have: depth, redundancy, owners, reviews, evidence"},
    {"auditor", "also what is only good to know"},
};
constexpr Word check_severities[] = {{"off", "not told"},
                                     {"note", "told, never fails a run"},
                                     {"warning", "a warning"},
                                     {"error", "an error"}};

constexpr Word risk_weights[] = {
    {"high", "patients or the segmentation are endangered"},
    {"medium", "should be mended"},
    {"low", "good to know"},
};

constexpr std::string_view address_hint = "the network says the prefix length; give the address alone";
constexpr std::string_view name_hint =
    "a name starts with a lower-case letter, goes on with lower-case letters, digits and `-`, and has at "
    "most 63";

constexpr Scalar pattern(std::string_view title, std::string_view expression,
                         bool (*accepts)(std::string_view), std::string_view hint = {}) {
  return {.form = Form::pattern, .title = title, .pattern = expression, .accepts = accepts, .hint = hint};
}
constexpr Scalar bounded(std::string_view title, std::int64_t least, std::int64_t most,
                         std::string_view hint = {}) {
  return {.form = Form::integer, .title = title, .least = least, .most = most, .hint = hint};
}
constexpr Scalar one_of(std::string_view title, std::span<const Word> words) {
  return {.form = Form::word, .title = title, .words = words};
}

}  // namespace

namespace scalar {

constinit const Scalar name = {.form = Form::name,
                               .title = "a name",
                               .pattern = CORDON_NAME,
                               .accepts = accepts_name,
                               .hint = name_hint};
constinit const Scalar free_text = {.form = Form::text, .title = "one line of text"};
constinit const Scalar file_path = {.form = Form::text, .title = "a path inside the project"};
constinit const Scalar heading = {.form = Form::text, .title = "a heading of the file"};
constinit const Scalar flow_text = {.form = Form::text, .title = "connections, as `FROM -> TO SERVICES`"};
constinit const Scalar set_text = {.form = Form::text, .title = "a set of addresses"};
constinit const Scalar argument = {.form = Form::text, .title = "a value for the parameter"};
constinit const Scalar date = {.form = Form::date,
                               .title = "a date",
                               .hint = "write a day of the calendar as YYYY-MM-DD, for example 2027-06-30"};
constinit const Scalar flag = {.form = Form::flag, .title = "`true` or `false`"};
constinit const Scalar flag_or_parameter = {
    .form = Form::flag,
    .title = "`true`, `false`, or in a module the name of a `flag` parameter",
    .pattern = CORDON_NAME,
    .accepts = accepts_name};

constinit const Scalar reference = pattern(
    "the name of something declared", CORDON_REFERENCE, accepts_reference,
    "write `name`, `module.name`, or either behind `zone:`, `network:`, `host:`, `group:` or `device:`");
constinit const Scalar endpoint =
    pattern("a name or an address", CORDON_REFERENCE "|(" CORDON_IPV4 "|" CORDON_IPV6 ")(" CORDON_LENGTH ")?",
            accepts_endpoint,
            "write the name of a zone, network, host or group, `device:NAME`, an address or a prefix");
constinit const Scalar service_term =
    pattern("a service", CORDON_DOTTED "|[a-z0-9][a-z0-9-]{0,62}/[a-z0-9/>-]{1,63}", accepts_service_term,
            "write the name of a service, or a term such as `tcp/443`, `udp/5000-5010`, `icmp/echo-request`, "
            "`ip/50`");
constinit const Scalar module_path =
    pattern("the path of a module", CORDON_NAME "(/" CORDON_NAME ")*", accepts_module_path,
            "write the folder or file below the library without its ending, for example `pumps/bd-alaris`");

constinit const Scalar ipv4_prefix =
    pattern("an IPv4 prefix or `any`", "any|" CORDON_IPV4 CORDON_LENGTH, accepts_ipv4_prefix,
            "write address and length, for example `10.20.0.0/24`");
constinit const Scalar ipv6_prefix =
    pattern("an IPv6 prefix or `any`", "any|" CORDON_IPV6 CORDON_LENGTH, accepts_ipv6_prefix,
            "write address and length, for example `'fd00:20::/64'`");
constinit const Scalar ipv4_address =
    pattern("an IPv4 address", CORDON_IPV4, accepts_ipv4_address, address_hint);
constinit const Scalar ipv6_address =
    pattern("an IPv6 address", CORDON_IPV6, accepts_ipv6_address, address_hint);
constinit const Scalar ipv4_interface =
    pattern("an IPv4 address", CORDON_IPV4 "(" CORDON_LENGTH ")?", accepts_ipv4_literal, address_hint);
constinit const Scalar ipv6_interface =
    pattern("an IPv6 address", CORDON_IPV6 "(" CORDON_LENGTH ")?", accepts_ipv6_literal, address_hint);
constinit const Scalar route_target =
    pattern("a prefix or `any`", "any|(" CORDON_IPV4 "|" CORDON_IPV6 ")" CORDON_LENGTH, accepts_route_target);
constinit const Scalar next_hop = pattern("an address", CORDON_IPV4 "|" CORDON_IPV6, accepts_address);

constinit const Scalar port_name =
    pattern("the name of a port", CORDON_PORT, accepts_port_name,
            "a port is called as on the device, in letters, digits and `/`, `.`, `_`, `:`, `-`");
constinit const Scalar link_end =
    pattern("the far end of a link", CORDON_NAME "/" CORDON_PORT, accepts_link_end,
            "write `device/port`, for example `core-1/GigabitEthernet1/0/1`");
constinit const Scalar vrf_name =
    pattern("the name of a VRF", "[A-Za-z][A-Za-z0-9_-]{0,62}", accepts_vrf_name);
constinit const Scalar version_text = pattern("a version", "[0-9][0-9A-Za-z.()_-]{0,62}", accepts_version,
                                              "write it as the device says it, in quotes: '9.18'");
constinit const Scalar waiver_id =
    pattern("an identifier", "[A-Za-z0-9][A-Za-z0-9._-]{0,62}", accepts_waiver_id);
constinit const Scalar finding_code =
    pattern("the code of a finding", "CD[0-9]{4}|" CORDON_NAME, accepts_finding_code,
            "write it as the message shows it, for example `CD4021`");

constinit const Scalar mds2_question =
    pattern("the id of a question", "[A-Z]+-[0-9]{1,3}(\\.[0-9]{1,3})*", accepts_mds2_question,
            "write it as the form has it, for example `RMOT-1` or `CONN-1.1.2`");

constinit const Scalar language_version = bounded("a version of the language", 1, 1);
constinit const Scalar vlan_id = bounded("a VLAN id", 1, 4094);
constinit const Scalar zone_level =
    bounded("a security level", 0, 4,
            "IEC 62443 has the levels 0 to 4; what a firewall calls so stands at its interface");
constinit const Scalar interface_level = bounded("an interface's security level", 0, 100);
constinit const Scalar hsrp_group = bounded("an HSRP group", 0, 4095);
constinit const Scalar vrrp_group = bounded("a VRRP group", 1, 255);
constinit const Scalar hsrp_priority = bounded("an HSRP priority", 0, 255);
constinit const Scalar vrrp_priority = bounded("a VRRP priority", 1, 254);
constinit const Scalar cost = bounded("a cost", 1, 65535);
constinit const Scalar filter_count = bounded("a number of filters", 1, 100);
constinit const Scalar host_count = bounded("a number of hosts", 0, 1000000);

constinit const Scalar zone_type = one_of("a type of zone", zone_types);
constinit const Scalar data_class = one_of("a class of data", data_classes);
constinit const Scalar encryption = one_of("a kind of encryption", encryptions);
constinit const Scalar wireless_auth = one_of("a kind of wireless authentication", wireless_auths);
constinit const Scalar port_authentication = one_of("a kind of port authentication", port_authentications);
constinit const Scalar filter_mode = one_of("a place of filtering", filter_modes);
constinit const Scalar unused_ports = one_of("what becomes of unused ports", unused_words);
constinit const Scalar routing_mode = one_of("a mode of routing", routing_modes);
constinit const Scalar parameter_type = one_of("a type of parameter", parameter_types);
constinit const Scalar csv_separator = one_of("a separator", csv_separators);
constinit const Scalar answer = one_of("an answer", answers);
constinit const Scalar check_profile = one_of("a set of checks", check_profiles);
constinit const Scalar check_severity = one_of("a severity", check_severities);
constinit const Scalar days = bounded("a number of days", 1, 3650);

constinit const Scalar catalogue_id =
    pattern("the name of a catalogue", "[a-z][a-z0-9.-]{0,62}", accepts_catalogue_id,
            "write the name of its file without the ending, for example `csf-2.0`");
constinit const Scalar control_id =
    pattern("the number of a control", "[A-Za-z0-9][A-Za-z0-9 .()-]{0,62}", accepts_control_id,
            "write it as the standard does, for example `PR.IR-01` or `SR 5.2 RE 1`");
constinit const Scalar risk_weight = one_of("a weight", risk_weights);

}  // namespace scalar

}  // namespace cordon::syntax
