// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/service.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace cordon::packet {
namespace {

constexpr unsigned flag_values = 64;
constexpr unsigned rst = 1U << 2;
constexpr unsigned ack = 1U << 4;

// Everything but the destination ports: terms that agree in it can be joined.
auto key(const ServiceTerm& term) {
  return std::tie(term.protocol, term.source, term.icmp_type, term.icmp_code, term.flags);
}

// Fields that the protocol does not have say nothing; clearing them makes equal sets look equal.
ServiceTerm clear_absent_fields(ServiceTerm term) {
  const bool ports = term.protocol && has_ports(*term.protocol);
  if (!ports) term.source = term.destination = {};
  if (!term.protocol || !is_icmp(*term.protocol)) term.icmp_type = std::nullopt;
  if (!term.icmp_type) term.icmp_code = std::nullopt;
  if (term.protocol != protocol::tcp) term.flags = any_tcp_flags;
  return term;
}

bool contains(const PortRange& outer, const PortRange& inner) {
  return outer.first <= inner.first && inner.last <= outer.last;
}

// Leaves destination ports to the caller.
bool key_contains(const ServiceTerm& outer, const ServiceTerm& inner) {
  if (!outer.protocol) return true;
  if (outer.protocol != inner.protocol || !contains(outer.source, inner.source)) return false;
  if ((inner.flags & ~outer.flags) != 0) return false;
  if (!outer.icmp_type) return true;
  return outer.icmp_type == inner.icmp_type && (!outer.icmp_code || outer.icmp_code == inner.icmp_code);
}

// Sorted by key and then by destination, with runs of touching destinations joined.
ServiceSet join_destinations(ServiceSet terms) {
  std::sort(terms.begin(), terms.end(), [](const ServiceTerm& a, const ServiceTerm& b) {
    return std::tuple(key(a), a.destination) < std::tuple(key(b), b.destination);
  });
  ServiceSet out;
  for (const ServiceTerm& term : terms) {
    const bool joins = !out.empty() && key(out.back()) == key(term) &&
                       term.destination.first <= out.back().destination.last + 1;
    if (joins) {
      out.back().destination.last = std::max(out.back().destination.last, term.destination.last);
    } else {
      out.push_back(term);
    }
  }
  return out;
}

using Iterator = ServiceSet::const_iterator;

// Terms of one key have disjoint destinations, ascending: at most one can contain another term's.
bool run_contains(Iterator first, Iterator last, const ServiceTerm& term) {
  if (!key_contains(*first, term)) return false;
  if (!first->protocol) return true;
  const auto after = std::upper_bound(
      first, last, term.destination.first,
      [](std::uint16_t port, const ServiceTerm& other) { return port < other.destination.first; });
  return after != first && contains(std::prev(after)->destination, term.destination);
}

std::vector<Iterator> run_starts(const ServiceSet& terms) {
  std::vector<Iterator> starts;
  for (auto term = terms.begin(); term != terms.end(); ++term) {
    if (term == terms.begin() || key(*std::prev(term)) != key(*term)) starts.push_back(term);
  }
  starts.push_back(terms.end());
  return starts;
}

ServiceSet drop_contained(const ServiceSet& terms) {
  const std::vector<Iterator> starts = run_starts(terms);
  ServiceSet out;
  for (const ServiceTerm& term : terms) {
    bool contained = false;
    for (std::size_t run = 0; run + 1 < starts.size() && !contained; ++run) {
      contained = key(*starts[run]) != key(term) && run_contains(starts[run], starts[run + 1], term);
    }
    if (!contained) out.push_back(term);
  }
  return out;
}

ServiceTerm reversed(const ServiceTerm& term) {
  ServiceTerm reply = term;
  std::swap(reply.source, reply.destination);
  if (reply.protocol == protocol::tcp) reply.flags = established_flags();
  return reply;
}

struct Echo {
  std::uint8_t protocol, request, reply;
};
constexpr Echo echoes[] = {{protocol::icmp, 8, 0}, {protocol::icmpv6, 128, 129}};

void append_reply(ServiceSet& out, const ServiceTerm& term) {
  if (!is_icmp(*term.protocol)) {
    out.push_back(reversed(term));
    return;
  }
  for (const Echo& echo : echoes) {
    if (echo.protocol != term.protocol) continue;
    if (term.icmp_type && term.icmp_type != echo.request) continue;
    ServiceTerm reply = term;
    reply.icmp_type = echo.reply;
    out.push_back(reply);
  }
}

}  // namespace

TcpFlagSet established_flags() {
  TcpFlagSet set = 0;
  for (unsigned flags = 0; flags < flag_values; ++flags) {
    if ((flags & (ack | rst)) != 0) set |= TcpFlagSet{1} << flags;
  }
  return set;
}

ServiceSet normalize(ServiceSet terms) {
  for (ServiceTerm& term : terms) term = clear_absent_fields(term);
  ServiceSet out = drop_contained(join_destinations(std::move(terms)));
  std::sort(out.begin(), out.end());
  return out;
}

ServiceSet in_family(const ServiceSet& terms, Family family) {
  const std::uint8_t foreign = family == Family::ipv4 ? protocol::icmpv6 : protocol::icmp;
  ServiceSet out;
  for (const ServiceTerm& term : terms) {
    if (term.protocol != foreign) out.push_back(term);
  }
  return out;
}

// `any` is every protocol on its own: its TCP part is answered with ACK or RST only, its ICMP part
// with echo replies only.
ServiceSet reply_of(const ServiceSet& terms) {
  ServiceSet out;
  for (const ServiceTerm& term : terms) {
    if (term.protocol) {
      append_reply(out, term);
      continue;
    }
    for (unsigned number = 0; number < 256; ++number) {
      ServiceTerm one;
      one.protocol = static_cast<std::uint8_t>(number);
      append_reply(out, one);
    }
  }
  return normalize(std::move(out));
}

}  // namespace cordon::packet
