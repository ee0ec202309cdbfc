// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/protocols.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace cordon::check {
namespace {

constexpr std::uint8_t tcp = packet::protocol::tcp;
constexpr std::uint8_t udp = packet::protocol::udp;

struct Row {
  Use use;
  std::uint8_t protocol;
  packet::PortRange ports;
  std::string_view name;
  std::string_view instead;
};

constexpr std::string_view within_segment = "the name or address of the one server that is meant";
constexpr std::string_view tls = "the same over TLS";

// From the IANA registry; weaknesses of devices from the advisories that their page names.
constexpr Row rows[] = {
    {Use::login, tcp, {20, 21}, "FTP", {}},
    {Use::login, tcp, {23, 23}, "Telnet", {}},
    {Use::login, udp, {69, 69}, "TFTP", {}},
    {Use::login, tcp, {512, 514}, "rexec, rlogin or rsh", {}},
    {Use::login, tcp, {6000, 6063}, "X11", {}},

    {Use::clear, tcp, {25, 25}, "SMTP", "submission over TLS (tcp/465)"},
    {Use::clear, tcp, {80, 80}, "HTTP", "HTTPS (tcp/443)"},
    {Use::clear, tcp, {8000, 8000}, "HTTP", "HTTPS (tcp/443)"},
    {Use::clear, tcp, {8080, 8080}, "HTTP", "HTTPS (tcp/443)"},
    {Use::clear, tcp, {104, 104}, "DICOM", "DICOM over TLS (tcp/2762)"},
    {Use::clear, tcp, {110, 110}, "POP3", "POP3 over TLS (tcp/995)"},
    {Use::clear, tcp, {143, 143}, "IMAP", "IMAP over TLS (tcp/993)"},
    {Use::clear, udp, {161, 162}, "SNMP", "SNMPv3 with privacy, which `encryption: application` states"},
    {Use::clear, tcp, {389, 389}, "LDAP", "LDAPS (tcp/636)"},
    {Use::clear, udp, {389, 389}, "LDAP", "LDAPS (tcp/636)"},
    {Use::clear, udp, {514, 514}, "syslog", "syslog over TLS (tcp/6514)"},
    {Use::clear, tcp, {1433, 1433}, "SQL Server", tls},
    {Use::clear, tcp, {1521, 1521}, "Oracle Net", "Oracle Net over TLS (tcp/2484)"},
    {Use::clear, tcp, {1883, 1883}, "MQTT", "MQTT over TLS (tcp/8883)"},
    {Use::clear, tcp, {2575, 2575}, "HL7 over MLLP", tls},
    {Use::clear, tcp, {3268, 3268}, "global catalogue", "global catalogue over TLS (tcp/3269)"},
    {Use::clear, tcp, {3306, 3306}, "MySQL", tls},
    {Use::clear, tcp, {5432, 5432}, "PostgreSQL", tls},
    {Use::clear, tcp, {5900, 5903}, "VNC", "VNC within SSH (tcp/22)"},
    {Use::clear, tcp, {11112, 11112}, "DICOM", "DICOM over TLS (tcp/2762)"},

    {Use::discovery, udp, {137, 138}, "NetBIOS", "DNS, and SMB on tcp/445"},
    {Use::discovery, tcp, {139, 139}, "NetBIOS", "SMB on tcp/445"},
    {Use::discovery, udp, {1900, 1900}, "UPnP", within_segment},
    {Use::discovery, udp, {3702, 3702}, "WS-Discovery", within_segment},
    {Use::discovery, udp, {5353, 5353}, "multicast DNS", "DNS"},
    {Use::discovery, udp, {5355, 5355}, "LLMNR", "DNS"},

    {Use::remote_control, tcp, {22, 22}, "SSH", {}},
    {Use::remote_control, tcp, {3389, 3389}, "RDP", {}},
    {Use::remote_control, udp, {3389, 3389}, "RDP", {}},
    {Use::remote_control, tcp, {5900, 5903}, "VNC", {}},
    {Use::remote_control, tcp, {5938, 5938}, "TeamViewer", {}},
    {Use::remote_control, tcp, {5985, 5986}, "WinRM", {}},

    {Use::database, tcp, {1433, 1433}, "SQL Server", {}},
    {Use::database, udp, {1434, 1434}, "SQL Server", {}},
    {Use::database, tcp, {1521, 1521}, "Oracle Net", {}},
    {Use::database, tcp, {2484, 2484}, "Oracle Net", {}},
    {Use::database, tcp, {3306, 3306}, "MySQL", {}},
    {Use::database, tcp, {5432, 5432}, "PostgreSQL", {}},
    {Use::database, tcp, {6379, 6379}, "Redis", {}},
    {Use::database, tcp, {27017, 27017}, "MongoDB", {}},

    {Use::file_sharing, tcp, {139, 139}, "SMB", {}},
    {Use::file_sharing, tcp, {445, 445}, "SMB", {}},
    {Use::file_sharing, tcp, {548, 548}, "AFP", {}},
    {Use::file_sharing, tcp, {873, 873}, "rsync", {}},
    {Use::file_sharing, tcp, {2049, 2049}, "NFS", {}},
    {Use::file_sharing, udp, {2049, 2049}, "NFS", {}},

    {Use::names, tcp, {53, 53}, "DNS", {}},
    {Use::names, udp, {53, 53}, "DNS", {}},
    {Use::names, tcp, {853, 853}, "DNS over TLS", {}},
    {Use::time, udp, {123, 123}, "NTP", {}},
    {Use::time, tcp, {4460, 4460}, "NTS", {}},

    {Use::device_weakness, tcp, {2200, 2200}, "Medfusion 4000 before 1.6.1", {}},
    {Use::device_weakness, tcp, {3210, 3210}, "Medfusion 4000", {}},
    {Use::device_weakness, tcp, {5000, 5000}, "Hospira pumps with a Connectivity Engine before 1.2", {}},
    {Use::device_weakness, tcp, {8443, 8443}, "Symbiq 3.13 and before", {}},
    {Use::device_weakness, tcp, {80, 80}, "Agilia Link+ and LifeCare PCA 5.0 and before", {}},
};

constexpr unsigned widest_protocol = 64;  // ports; X11 has as many

std::optional<packet::ServiceTerm> part_of(const packet::ServiceTerm& term, const Row& row) {
  if (term.protocol != row.protocol || is_wide(term)) return std::nullopt;
  packet::ServiceTerm part = term;
  part.destination.first = std::max(term.destination.first, row.ports.first);
  part.destination.last = std::min(term.destination.last, row.ports.last);
  if (part.destination.first > part.destination.last) return std::nullopt;
  return part;
}

}  // namespace

unsigned port_count(const packet::PortRange& range) {
  return static_cast<unsigned>(range.last) - static_cast<unsigned>(range.first) + 1U;
}

bool is_wide(const packet::ServiceTerm& term) {
  return !term.protocol ||
         (packet::has_ports(*term.protocol) && port_count(term.destination) > widest_protocol);
}

bool is_everything(const packet::ServiceTerm& term) {
  return !term.protocol || (packet::has_ports(*term.protocol) && term.destination.is_all());
}

std::optional<Recognised> recognise(const packet::ServiceSet& services, Use use) {
  Recognised found;
  std::string_view name;
  packet::ServiceSet named;  // of the rows with that name, which stand together
  const auto close_name = [&] {
    if (named.empty()) return;
    found.text += fmt::format("{}{} ({})", found.text.empty() ? "" : ", ", name, to_string(normalize(named)));
    found.services.insert(found.services.end(), named.begin(), named.end());
    named.clear();
  };
  for (const Row& row : rows) {
    if (row.use != use) continue;
    if (row.name != name) close_name();
    name = row.name;
    for (const packet::ServiceTerm& term : services) {
      const auto part = part_of(term, row);
      if (!part) continue;
      if (found.services.empty() && named.empty()) found.instead = row.instead;
      named.push_back(*part);
    }
  }
  close_name();
  if (found.services.empty()) return std::nullopt;
  found.services = normalize(std::move(found.services));
  return found;
}

}  // namespace cordon::check
