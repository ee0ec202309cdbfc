// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What every networked medical device leans on, and a zone of them is not given: names, time, addresses, and
// RADIUS for whoever has to admit it. Whether its clock listens to NTP the maker's form says, where there is
// one.

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/mds2.h"
#include "compiler/check/needs.h"
#include "compiler/check/networks.h"
#include "compiler/check/rules.h"
#include "compiler/check/suggestions.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

std::vector<bool> networks_with_hosts(const ir::Policy& policy) {
  std::vector<bool> listed(policy.networks.size());
  for (const ir::Host& host : policy.hosts) listed[host.network.value] = true;
  return listed;
}

// Who asks a RADIUS server whether a station may come in.
class Admitters {
 public:
  explicit Admitters(const Context& context) : context_(context), asks_(context.policy().devices.size()) {
    for (const FlowFact& fact : context.flows()) {
      if (!serves(*fact.services, Need::radius)) continue;
      if (fact.from->device.valid()) asks_[fact.from->device.value] = true;
      any_ = any_ || fact.from->device.valid() || !is_medical(context.zone(fact.from_zone));
    }
  }

  // A place that says so; nothing when the network has whom it needs.
  struct Asker {
    diagnostics::Label place;
    std::string device;  // of the ports; empty: on the air
  };
  [[nodiscard]] std::optional<Asker> missing(ir::NetworkId id) const {
    const ir::Network& network = context_.policy().networks[id];
    if (network.wireless && admission_of(*network.wireless) >= Admission::password && !any_)
      return Asker{{network.wireless->range, "nobody may ask a RADIUS server"}, {}};
    if (network.port_authentication == ir::PortAuthentication::none) return std::nullopt;
    for (const AccessPorts& ports : access_ports(context_, id)) {
      if (asks_[ports.device.value]) continue;
      const std::string& name = context_.policy().devices[ports.device].name;
      return Asker{{ports.first->range, fmt::format("`{}` may ask no RADIUS server", name)}, name};
    }
    return std::nullopt;
  }

 private:
  const Context& context_;
  std::vector<bool> asks_;
  bool any_ = false;
};

// What a zone lacks, and by which lines it would have it.
class Missing {
 public:
  Missing(const Context& context, ir::ZoneId zone) : context_(context), zone_(zone) {}

  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  [[nodiscard]] const std::vector<diagnostics::Label>& labels() const { return labels_; }
  [[nodiscard]] const std::vector<std::string>& helps() const { return helps_; }

  void look_at_services() {
    const bool names = !zone_has(context_, zone_, Need::names);
    const bool time = !zone_has(context_, zone_, Need::time) && !is_answered(context_, zone_, "AUDT-4.1.1");
    if (names) words_.emplace_back("names (udp/53)");
    if (time) words_.emplace_back("time (udp/123)");
    help_flows(names, time);
    if (names && time) help_module();
  }

  void look_at_addresses(const ir::Network& network) {
    words_.push_back(fmt::format("addresses for `{}` (`dhcp:`)", network.name));
    helps_.push_back(
        fmt::format("write `dhcp: {{relay: {}}}` on network `{}`, or list its devices under `hosts:` with "
                    "their addresses",
                    relay_in_use(), network.name));
  }

  void look_at_admission(ir::NetworkId id, const Admitters::Asker& asker) {
    words_.push_back(fmt::format("RADIUS for `{}` (udp/1812)", context_.policy().networks[id].name));
    labels_.push_back(asker.place);
    if (asker.device.empty()) {
      helps_.push_back(radius_help(context_, id));
      return;
    }
    const std::string server = known_server(context_, Need::radius).name;
    helps_.push_back(
        fmt::format("let `{0}` ask: `{{from: 'device:{0}', to: {1}, services: [udp/1812-1813]}}`, in a "
                    "conduit of the zone where "
                    "it has its address",
                    asker.device, server.empty() ? "RADIUS-SERVER" : server));
  }

 private:
  // What other networks relay to, if it is where addresses should come from.
  [[nodiscard]] std::string relay_in_use() const {
    const ir::Policy& policy = context_.policy();
    for (const ir::Network& other : policy.networks) {
      if (!other.dhcp || !other.dhcp->relay.valid()) continue;
      const ir::Endpoint& relay = policy.endpoints[other.dhcp->relay];
      const ir::ZoneId home =
          relay.pieces.empty() ? ir::ZoneId() : policy.networks[relay.pieces.front().network].zone;
      if (home.valid() && (is_infrastructure(context_.zone(home)) || is_management(context_.zone(home))))
        return relay.label;
    }
    return "DHCP-SERVER";
  }

  // Where the flow would lead, as far as the policy tells.
  struct Wanted {
    ir::ZoneId home;
    std::string flow, unknown;  // what stands for a server that nobody names
  };
  [[nodiscard]] Wanted wanted(Need need, std::string_view unknown, std::string_view services) const {
    const KnownServer known = known_server(context_, need);
    Wanted wanted;
    wanted.home = known.zone.valid() ? known.zone : zone_where(context_, is_infrastructure);
    if (known.name.empty()) wanted.unknown = unknown;
    wanted.flow = fmt::format("{{from: {}, to: {}, services: [{}]}}", context_.zone(zone_).name,
                              known.name.empty() ? unknown : known.name, services);
    return wanted;
  }

  // A conduit for each zone that serves: two new ones of one name would be a fault of their own.
  void help_flows(bool names, bool time) {
    std::vector<Wanted> all;
    if (names) all.push_back(wanted(Need::names, "DNS-SERVER", "udp/53, tcp/53"));
    if (time) all.push_back(wanted(Need::time, "TIME-SERVER", "udp/123"));
    const bool together = all.size() == 2 && all.front().home == all.back().home;
    if (together) {
      help_conduit(all.front().home, "Names and time", {all.front().flow, all.back().flow});
    } else {
      for (const Wanted& each : all)
        help_conduit(each.home, each.flow.find("53") != std::string::npos ? "Names" : "Time", {each.flow});
    }
    for (const Wanted& each : all) explain_unknown(each.unknown);
  }

  void help_conduit(ir::ZoneId home, std::string_view purpose, const std::vector<std::string>& flows) {
    if (home.valid() && home != zone_) {
      helps_.push_back(add_flow_text(context_, zone_, home, purpose, flows));
    } else {
      helps_.push_back(
          fmt::format("add `- {}` to a conduit with the zone of that server", fmt::join(flows, "` and `- ")));
    }
  }

  void explain_unknown(const std::string& unknown) {
    if (unknown.empty()) return;
    const std::vector<std::string> hosts = infrastructure_hosts(context_);
    helps_.back() += hosts.empty()
                         ? fmt::format("; {} is the host that answers", unknown)
                         : fmt::format("; {} is whichever host answers, say of {}", unknown, quoted(hosts));
  }

  void help_module() {
    const std::string names = known_server(context_, Need::names).name;
    const std::string time = known_server(context_, Need::time).name;
    const std::string& zone = context_.zone(zone_).name;
    helps_.push_back(
        fmt::format("or both at once, by a line under `use:` of the project's file: `- {{module: "
                    "profiles/infusion-pumps, as: "
                    "{}-basics, with: {{pumps: {}, name-servers: {}, time-servers: {}}}}}`",
                    zone, zone, names.empty() ? "DNS-SERVER" : names, time.empty() ? "TIME-SERVER" : time));
  }

  const Context& context_;
  ir::ZoneId zone_;
  std::vector<std::string> words_, helps_;
  std::vector<diagnostics::Label> labels_;
};

}  // namespace

void dependencies_missing(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  const Admitters admitters(context);
  const std::vector<bool> listed = networks_with_hosts(policy);
  for (const ir::ZoneId id : policy.zones.ids()) {
    const ir::Zone& zone = policy.zones[id];
    if (!is_medical(zone) || zone.networks.empty()) continue;
    Missing missing(context, id);
    missing.look_at_services();
    for (const ir::NetworkId network : zone.networks) {
      const ir::Network& here = policy.networks[network];
      if (!here.dhcp && !listed[network.value]) missing.look_at_addresses(here);
      if (const auto asker = admitters.missing(network)) missing.look_at_admission(network, *asker);
    }
    if (missing.empty()) continue;
    findings
        .raise(kind::dependencies_missing, zone.name_range, element_of(zone), zone.name,
               joined(missing.words()))
        .labels(missing.labels())
        .helps(missing.helps())
        .emit();
  }
}

}  // namespace cordon::check
