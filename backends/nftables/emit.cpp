// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Linux nftables: one table of family inet, replaced in one transaction.
//
// A packet that is forwarded passes `forward-in`, which looks up the filter of the interface it came
// from, and then `forward-out`, which does the same for the interface it leaves by; both must accept. A
// packet to the machine itself passes `input`. `accept` ends only the chain of its hook, `drop` is final,
// and every filter ends in explicit drops in front of the chain's own policy, which is drop too.
//
// Where connections are tracked, established packets pass first, ICMP errors of tracked connections
// after them, and nothing else that is related to a connection; rules then speak of new ones. Tracking
// reassembles fragments, so no filter sees a later one. A filter without memory is written without
// tracking (`notrack`), and later fragments get rules of their own.
//
// A table that is deleted and made again in one file changes at once, with no packet in between. What is
// in doubt is dropped: interfaces that the policy does not name have no filter and no way through.
//
// Characterisation with sources: README.md.

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "backends/common/printable.h"
#include "backends/nftables/address_sets.h"
#include "backends/nftables/cell_sets.h"
#include "backends/nftables/fold.h"
#include "backends/nftables/parts.h"
#include "backends/nftables/service_sets.h"
#include "backends/nftables/services.h"
#include "backends/nftables/text.h"

namespace cordon::backends::nftables {
namespace {

using config::Action;
using config::Device;
using config::Family;
using config::Filter;
using config::Rule;
using config::Stage;

// Enough to see what is going on, and no way to fill a disk by sending packets.
constexpr std::string_view log_limit = "limit rate 20/second burst 100 packets ";

class Emitter {
 public:
  explicit Emitter(const Device& device) : device_(device), sets_(device), services_(device) {
    for (const Filter& filter : device.filters) {
      stateful_ = filter.stateful;
      folded_.push_back(fold(device, filter));
      for (const Step& step : folded_.back()) {
        if (step.rule == nullptr) continue;
        sets_.use(*step.rule);
        services_.use(step.rule->services);
      }
    }
    sets_.name_all();
    services_.name_all();
  }

  std::vector<backend::OutputFile> emit() {
    write_head();
    sets_.write(writer_);
    services_.write(writer_);
    for (const config::FilterId id : device_.filters.ids()) write_cell_sets(id);
    write_stage(Stage::interface_in, "forward", "iifname", "filter");
    write_stage(Stage::interface_out, "forward", "oifname", "filter + 10");
    write_stage(Stage::interface_in, "input", "iifname", "filter");
    write_guard();
    if (stateful_) {
      write_related();
    } else {
      write_untracked();
    }
    for (const config::FilterId id : device_.filters.ids()) write_filter(id);
    line(writer_, 0, "}");
    return {writer_.take(device_.name + ".nft")};
  }

 private:
  void write_head() {
    line(writer_, 0, "#!/usr/sbin/nft -f");
    line(
        writer_, 0,
        "# Written by cordon for " + comment_text(device_.name, 200) + ": change the policy, not this file.");
    writer_.end();
    line(writer_, 0, "table inet cordon");
    line(writer_, 0, "delete table inet cordon");
    writer_.end();
    line(writer_, 0, "table inet cordon {");
  }

  [[nodiscard]] const Filter* filter_at(Stage stage, config::InterfaceId interface) const {
    for (const config::Binding& binding : device_.bindings) {
      if (binding.stage == stage && binding.interface == interface) return &device_.filters[binding.filter];
    }
    return nullptr;
  }

  void write_tracking() {
    if (stateful_)
      line(writer_, 2, "ct state vmap { established : accept, invalid : drop, related : goto related }");
  }

  // What an interface receives for others and what it receives for the device passes the same filter.
  void write_stage(Stage stage, std::string_view hook, std::string_view key, std::string_view priority) {
    line(writer_, 1, fmt::format("chain {}-{} {{", hook, stage == Stage::interface_in ? "in" : "out"));
    line(writer_, 2, fmt::format("type filter hook {} priority {}; policy drop;", hook, priority));
    if (hook == "input") line(writer_, 2, "iifname \"lo\" accept");
    write_tracking();
    if (!device_.interfaces.empty()) write_dispatch(stage, key);
    write_drop("cordon deny other interface", "no interface of the policy");
    line(writer_, 1, "}");
    writer_.end();
  }

  void write_dispatch(Stage stage, std::string_view key) {
    line(writer_, 2, fmt::format("{} vmap {{", key));
    for (const config::InterfaceId id : device_.interfaces.ids()) {
      const Filter* filter = filter_at(stage, id);
      const bool last = id.value + 1 == device_.interfaces.size();
      line(writer_, 3,
           fmt::format("\"{}\" : {}{}", device_.interfaces[id].port,
                       filter == nullptr ? "accept" : "goto " + chain_name(*filter), last ? "" : ","));
    }
    line(writer_, 2, "}");
  }

  void write_drop(std::string_view prefix, std::string_view why) {
    line(writer_, 2, fmt::format("{}{}", log_limit, log_statement(prefix)));
    line(writer_, 2, "counter drop" + comment(why));
  }

  void write_guard() {
    const Filter* own = filter_at(Stage::own, {});
    if (own == nullptr) return;
    line(writer_, 1, "chain input-own {");
    line(writer_, 2, "type filter hook input priority filter + 10; policy drop;");
    line(writer_, 2, "iifname \"lo\" accept");
    write_tracking();
    line(writer_, 2, "goto " + chain_name(*own));
    line(writer_, 1, "}");
    writer_.end();
  }

  void write_related() {
    line(writer_, 1, "chain related {");
    line(writer_, 2, "icmp type { 3, 11, 12 } counter accept" + comment("errors of tracked connections"));
    line(writer_, 2, "icmpv6 type { 1, 2, 3, 4 } counter accept" + comment("errors of tracked connections"));
    line(writer_, 2, "counter drop" + comment("nothing else is related"));
    line(writer_, 1, "}");
    writer_.end();
  }

  void write_untracked() {
    for (const std::string_view hook : {"prerouting", "output"}) {
      line(writer_, 1, fmt::format("chain untracked-{} {{", hook));
      line(writer_, 2, fmt::format("type filter hook {} priority raw; policy accept;", hook));
      line(writer_, 2, "notrack");
      line(writer_, 1, "}");
      writer_.end();
    }
  }

  void write_cell_sets(config::FilterId id) {
    std::size_t number = 0;
    for (const Step& step : folded_[id.value]) {
      if (step.rule == nullptr) {
        write_cell_set(writer_, device_, cell_set_name(device_.filters[id], ++number), step.set);
      }
    }
  }

  void write_filter(config::FilterId id) {
    const Filter& filter = device_.filters[id];
    const std::vector<Step>& steps = folded_[id.value];
    line(writer_, 1, fmt::format("chain {} {{", chain_name(filter)));
    std::size_t number = 0;
    for (std::size_t at = 0; at < steps.size(); ++at) {
      const Rule* rule = steps[at].rule;
      const Rule* next = at + 1 < steps.size() ? steps[at + 1].rule : nullptr;
      if (rule == nullptr) {
        line(writer_, 2, cell_set_rule(cell_set_name(filter, ++number), steps[at].set.family));
      } else if (next != nullptr && deny_everything(*rule, *next)) {
        write_statement(filter, *rule, "");
        ++at;
      } else {
        write_rule(filter, *rule);
      }
    }
    line(writer_, 1, "}");
    if (logs_denials(filter)) write_denied(filter);
    if (id.value + 1 != device_.filters.size()) writer_.end();
  }

  static bool logs_denials(const Filter& filter) {
    return std::ranges::any_of(filter.rules,
                               [](const Rule& rule) { return rule.action == Action::deny && rule.log; });
  }

  static std::string denied_chain(const Filter& filter) { return "denied-" + filter.name; }

  // One place to log for all denials of a filter. Each is counted where it was found.
  void write_denied(const Filter& filter) {
    writer_.end();
    line(writer_, 1, fmt::format("chain {} {{", denied_chain(filter)));
    line(writer_, 2, fmt::format("{}{}", log_limit, log_statement("cordon deny " + filter.name)));
    line(writer_, 2, "drop");
    line(writer_, 1, "}");
  }

  // The two families of a default deny, written as one.
  [[nodiscard]] bool deny_everything(const Rule& first, const Rule& second) const {
    const auto denies_all = [this](const Rule& rule) {
      return rule.action == Action::deny && rule.role == config::Role::default_deny &&
             device_.addresses[rule.source].addresses.is_all() &&
             device_.addresses[rule.destination].addresses.is_all() &&
             !device_.services[rule.services].terms.front().protocol;
    };
    return denies_all(first) && denies_all(second) && first.family != second.family &&
           first.log == second.log;
  }

  void write_rule(const Filter& filter, const Rule& rule) {
    const packet::ServiceSet& terms = device_.services[rule.services].terms;
    const std::string addresses = sets_.match(rule);
    for (const std::string& service : services_.matches(rule.services)) {
      write_statement(filter, rule, service.empty() ? addresses + " " : addresses + " " + service + " ");
    }
    if (filter.stateful || rule.action == Action::deny) return;
    const std::vector<std::uint8_t> protocols = protocols_above_ip(terms);
    if (protocols.empty()) return;
    write_statement(filter, rule, fmt::format("{} {} ", addresses, later_fragments(rule.family, protocols)));
  }

  static std::string later_fragments(Family family, const std::vector<std::uint8_t>& protocols) {
    std::vector<std::string> names;
    for (const std::uint8_t number : protocols) names.push_back(protocol_text(number));
    const char* field = family == Family::ipv4 ? "ip frag-off & 0x1fff != 0" : "frag frag-off != 0";
    return fmt::format("{} meta l4proto {}", field, braces(names));
  }

  void write_statement(const Filter& filter, const Rule& rule, const std::string& match) {
    const std::string label =
        rule.origin.valid() ? device_.origins[rule.origin].label : config::to_string(rule.role);
    if (rule.action == Action::permit) {
      const std::string log = rule.log ? log_statement("cordon permit " + label) + " " : "";
      line(writer_, 2, fmt::format("{}{}counter accept{}", match, log, comment(label)), rule.origin);
      return;
    }
    const std::string end = rule.log ? "goto " + denied_chain(filter) : "drop";
    line(writer_, 2, fmt::format("{}counter {}{}", match, end, comment(label)), rule.origin);
  }

  const Device& device_;
  std::vector<std::vector<Step>> folded_;  // of each filter
  AddressSets sets_;
  ServiceSets services_;
  Writer writer_;
  bool stateful_ = true;
};

}  // namespace

std::vector<backend::OutputFile> emit_device(const Device& device) { return Emitter(device).emit(); }

}  // namespace cordon::backends::nftables
