// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/policy_words.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::report {
namespace {

using packet::Family;
using packet::Prefix;

constexpr std::size_t long_list = 4;  // from here on it may be shorter to say what is left out

std::string word(const Prefix& prefix) {
  return prefix.length == packet::width(prefix.family()) ? to_string(prefix.address) : to_string(prefix);
}

// A prefix never means the devices' own addresses, so it may be said over them where that is shorter.
std::vector<Prefix> prefixes_of(const ir::AddressSet& part, const ir::AddressSet& own) {
  std::vector<Prefix> exact = part.prefixes();
  if (part.empty()) return exact;
  const ir::AddressSet span(part.family(), {{part.ranges().front().first, part.ranges().back().last}});
  std::vector<Prefix> over = unite(part, intersect(own, span)).prefixes();
  const bool single = std::ranges::any_of(
      over, [](const Prefix& prefix) { return prefix.length == packet::width(prefix.family()); });
  return over.size() < exact.size() && !single ? over : exact;
}

std::vector<std::string> prefix_words(const ir::Addresses& part, const ir::Addresses& own) {
  std::vector<std::string> words;
  for (const Family family : packet::families) {
    for (const Prefix& prefix : prefixes_of(part.of(family), own.of(family))) words.push_back(word(prefix));
  }
  return words;
}

std::string_view bare(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

// Names that come first win.
PolicyWords::PolicyWords(const ir::Policy& policy, const ir::FlowSet& question)
    : policy_(policy), asked_(packet::normalize(question.services)), asked_words_(question.service_words) {
  const auto add = [&](ir::Addresses addresses, const std::string& name) {
    if (!addresses.empty()) names_.try_emplace(std::move(addresses), name);
  };
  for (const ir::Zone& zone : policy.zones) add(ir::hosts_of(policy, zone), zone.name);
  for (const ir::NetworkId id : policy.networks.ids())
    add(ir::hosts_of(policy, id), policy.networks[id].name);
  for (const ir::Group& group : policy.groups) {
    if (group.endpoint.valid()) add(ir::addresses_of(policy, policy.endpoints[group.endpoint]), group.name);
  }
  for (const ir::Host& host : policy.hosts) {
    ir::Addresses own;
    if (host.ipv4) own.v4 = ir::AddressSet(*host.ipv4);
    if (host.ipv6) own.v6 = ir::AddressSet(*host.ipv6);
    add(std::move(own), host.name);
  }
  std::map<std::string_view, std::size_t> called;
  for (const ir::Service& service : policy.services) ++called[bare(service.name)];
  for (const ir::Service& service : policy.services) {
    std::string name(called[bare(service.name)] == 1 ? bare(service.name) : service.name);
    const auto [known, fresh] = services_.try_emplace(packet::normalize(service.terms), name);
    if (!fresh && name.size() < known->second.size()) known->second = std::move(name);
  }
}

EndWords PolicyWords::end(const change::Party& party) const {
  if (party.device.valid()) return {.words = {"device:" + policy_.devices[party.device].name}, .except = {}};
  return end(party.addresses);
}

EndWords PolicyWords::end(const ir::Addresses& addresses) const {
  const auto whole = names_.find(addresses);
  if (whole != names_.end()) return {.words = {whole->second}, .except = {}};
  EndWords out;
  ir::Addresses rest = addresses;
  for (const ir::NetworkId id : policy_.networks.ids()) {
    const ir::Addresses part = change::intersect(addresses, policy_.networks[id].addresses);
    if (part.empty()) continue;
    add_network(id, part, out);
    rest = change::subtract(rest, part);
  }
  for (std::string& each : prefix_words(rest, {})) out.words.push_back(std::move(each));
  return out;
}

void PolicyWords::add_network(ir::NetworkId id, const ir::Addresses& part, EndWords& out) const {
  const ir::Addresses all = ir::hosts_of(policy_, id), own = policy_.device_addresses;
  for (std::string& each : prefix_words(change::intersect(part, own), {}))
    out.words.push_back(std::move(each));
  ir::Addresses rest = change::subtract(part, own);
  if (rest.empty()) return;
  const auto known = names_.find(rest);
  if (known != names_.end()) {
    out.words.push_back(known->second);
    return;
  }
  const std::vector<std::string> without = prefix_words(change::subtract(all, rest), own);
  if (prefix_words(rest, own).size() > long_list && without.size() <= long_list) {
    out.words.push_back(policy_.networks[id].name);
    out.except.insert(out.except.end(), without.begin(), without.end());
    return;
  }
  for (const ir::Host& host : policy_.hosts) {
    ir::Addresses single;
    if (host.ipv4) single.v4 = ir::AddressSet(*host.ipv4);
    if (host.ipv6) single.v6 = ir::AddressSet(*host.ipv6);
    if (host.network != id || !change::is_subset(single, rest)) continue;
    if (rest.v4.ranges().size() + rest.v6.ranges().size() > policy_.hosts.size() * 2)
      break;  // not a list of hosts
    const bool alone =
        prefix_words(change::subtract(rest, single), own).size() < prefix_words(rest, own).size();
    if (!alone) continue;
    out.words.push_back(host.name);
    rest = change::subtract(rest, single);
  }
  for (std::string& each : prefix_words(rest, own)) out.words.push_back(std::move(each));
}

std::vector<std::string> PolicyWords::services(const packet::ServiceSet& terms) const {
  if (!asked_words_.empty() && packet::normalize(terms) == asked_) return asked_words_;
  const auto whole = services_.find(packet::normalize(terms));
  if (whole != services_.end()) return {whole->second};
  std::vector<std::string> words;
  for (const packet::ServiceTerm& term : terms) {
    const auto known = services_.find(packet::ServiceSet{term});
    words.push_back(known != services_.end() ? known->second : to_string(term));
  }
  return words;
}

packet::ServiceSet PolicyWords::terms(std::string_view word, const ir::Conduit& conduit) const {
  const std::string prefix = conduit.name.substr(0, conduit.name.find('.') + 1);
  const ir::Service* named = nullptr;
  for (const ir::Service& service : policy_.services) {
    if (service.name == prefix + std::string(word)) return service.terms;
    if (service.name == word || (named == nullptr && bare(service.name) == word)) named = &service;
  }
  if (named != nullptr) return named->terms;
  const packet::ServiceParse parsed = packet::parse_service(word);
  return parsed.term ? packet::ServiceSet{*parsed.term} : packet::ServiceSet{};
}

std::string PolicyWords::list(const std::vector<std::string>& words, bool bare_word) {
  std::string text;
  for (const std::string& each : words) {
    text += text.empty() ? "" : ", ";
    text += each.find(':') == std::string::npos ? each : "'" + each + "'";
  }
  return bare_word && words.size() == 1 ? text : "[" + text + "]";
}

std::string PolicyWords::flow(const change::Edit& edit) const {
  EndWords from = end(edit.from);
  const EndWords to = end(edit.to);
  from.except.insert(from.except.end(), to.except.begin(), to.except.end());
  return fmt::format("{{from: {}, to: {}, {}services: {}}}", list(from.words, true), list(to.words, true),
                     from.except.empty() ? "" : "except: " + list(from.except, false) + ", ",
                     list(services(edit.services), false));
}

}  // namespace cordon::report
