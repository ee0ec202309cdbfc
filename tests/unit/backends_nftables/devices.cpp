// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "devices.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "backends/nftables/backend.h"

namespace cordon::test {
namespace {

using packet::AddressRange;
using packet::AddressSet;
using packet::Family;

AddressSet one(std::string_view text) {
  if (text == "any4") return AddressSet::all(Family::ipv4);
  if (text == "any6") return AddressSet::all(Family::ipv6);
  if (const auto prefix = packet::parse_prefix(text)) return AddressSet(*prefix);
  if (const auto address = packet::parse_address(text)) return AddressSet(*address);
  const std::size_t dash = text.find('-');
  const auto first = packet::parse_address(text.substr(0, dash));
  const auto last = packet::parse_address(text.substr(dash + 1));
  REQUIRE(first.has_value());
  REQUIRE(last.has_value());
  return {first->family, {AddressRange{first->bits, last->bits}}};
}

}  // namespace

AddressSet addresses(const Texts& texts) {
  if (texts.empty()) return {};
  AddressSet set(one(texts.front()).family());
  for (const std::string_view text : texts) set = unite(set, one(text));
  return set;
}

packet::ServiceSet services(const Texts& texts) {
  packet::ServiceSet terms;
  for (const std::string_view text : texts) {
    const packet::ServiceParse parse = packet::parse_service(text);
    REQUIRE_MESSAGE(parse.term.has_value(), parse.error);
    terms.push_back(*parse.term);
  }
  return packet::normalize(terms);
}

DeviceMaker::DeviceMaker(bool stateful) : stateful_(stateful) {
  device.name = "fw";
  device.platform = "nftables";
  add_interface("a", "eth1");
  add_interface("b", "eth2");
}

void DeviceMaker::add_interface(std::string name, std::string port) {
  config::Interface interface;
  interface.name = std::move(name);
  interface.port = std::move(port);
  device.interfaces.push_back(std::move(interface));
}

config::FilterId DeviceMaker::filter(std::string name, config::Stage stage, std::string_view interface) {
  const config::FilterId id =
      device.filters.push_back({.name = std::move(name), .rules = {}, .stateful = stateful_});
  config::InterfaceId at;
  for (const config::InterfaceId candidate : device.interfaces.ids()) {
    if (device.interfaces[candidate].name == interface) at = candidate;
  }
  device.bindings.push_back({stage, at, id});
  return id;
}

config::AddressSetId DeviceMaker::intern(AddressSet set, std::string label) {
  for (const config::AddressSetId id : device.addresses.ids()) {
    if (device.addresses[id].addresses == set) return id;
  }
  return device.addresses.push_back({std::move(set), std::move(label)});
}

config::ServiceSetId DeviceMaker::intern(packet::ServiceSet set) {
  for (const config::ServiceSetId id : device.services.ids()) {
    if (device.services[id].terms == set) return id;
  }
  return device.services.push_back({std::move(set), ""});
}

void DeviceMaker::rule(config::FilterId filter, const RuleText& text) {
  const auto label = [](const Texts& texts) {
    std::string joined;
    for (const std::string_view part : texts) joined += (joined.empty() ? "" : ",") + std::string(part);
    return joined;
  };
  config::Rule rule;
  rule.action = text.action;
  rule.role = text.role;
  rule.log = text.log;
  rule.source = intern(addresses(text.source), label(text.source));
  rule.destination = intern(addresses(text.destination), label(text.destination));
  rule.family = device.addresses[rule.source].addresses.family();
  rule.services = intern(services(text.services));
  if (stateful_) rule.states = static_cast<std::uint8_t>(packet::State::fresh);
  if (!text.label.empty()) rule.origin = device.origins.push_back({std::string(text.label), "", {}});
  device.filters[filter].rules.push_back(rule);
}

void DeviceMaker::default_denies(config::FilterId filter) {
  for (const std::string_view any : {"any4", "any6"}) {
    rule(filter, {.label = "",
                  .source = {any},
                  .destination = {any},
                  .services = {"any"},
                  .action = config::Action::deny,
                  .log = true,
                  .role = config::Role::default_deny});
  }
}

config::Device device_with(const std::vector<RuleText>& rules, bool stateful) {
  DeviceMaker maker(stateful);
  const config::FilterId filter = maker.filter("a-in", config::Stage::interface_in, "a");
  for (const RuleText& rule : rules) maker.rule(filter, rule);
  maker.default_denies(filter);
  return std::move(maker.device);
}

backend::OutputFile emitted_file(const config::Device& device) {
  CHECK(refusals(device).empty());
  std::vector<backend::OutputFile> files = backends::make_nftables()->emit(device);
  REQUIRE(files.size() == 1);
  return std::move(files.front());
}

std::string emitted(const config::Device& device) {
  const backend::OutputFile file = emitted_file(device);
  CHECK(file.name == "fw.nft");
  return file.text;
}

std::vector<std::string> refusals(const config::Device& device) {
  diagnostics::Diagnostics diagnostics;
  backends::make_nftables()->check(device, diagnostics);
  std::vector<std::string> messages;
  for (const diagnostics::Diagnostic& diagnostic : diagnostics.all()) messages.push_back(diagnostic.message);
  return messages;
}

std::string load_fault(const std::string& text) {
  if (std::system("unshare -rn nft --version > /dev/null 2>&1") != 0) {
    MESSAGE("skipped: `unshare -rn nft` does not run here");
    return {};
  }
  std::string folder = (std::filesystem::temp_directory_path() / "cordon-nft-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::string file = folder + "/ruleset.nft";
  std::ofstream(file) << text;
  const int status = std::system(("unshare -rn nft -c -f " + file + " > " + folder + "/fault 2>&1").c_str());
  std::ostringstream fault;
  fault << std::ifstream(folder + "/fault").rdbuf();
  std::filesystem::remove_all(folder);
  return status == 0 ? std::string() : "refused: " + fault.str();
}

}  // namespace cordon::test
