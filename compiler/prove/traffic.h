// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the policy wants at every position that a filter stands at: rows of addresses and services.
#ifndef COMPILER_PROVE_TRAFFIC_H
#define COMPILER_PROVE_TRAFFIC_H

#include <array>
#include <map>
#include <memory>
#include <vector>

#include "compiler/prove/tracks.h"

namespace cordon::prove {

using ServicesId = Id<struct ProvedServicesTag>;

enum class Purpose : std::uint8_t {
  opens,   // a new connection
  reply,   // the other direction of one
  excused  // may pass, and nothing is lost without it
};

struct Row {
  SetId source, destination;
  ServicesId services;
  Purpose purpose = Purpose::opens;
  bool elsewhere = false;
  const source::Range* asked = nullptr;  // the policy line; lasts as long as the policy
};

// What a position needs to know: nothing is gathered where no filter stands.
enum class Watch : std::uint8_t { nothing, opens, opens_and_replies };

class Traffic {
 public:
  // `watches` by edge and stage.
  using Watches = std::vector<std::array<Watch, std::size(stages)>>;

  Traffic(const Forwarding& forwarding, Ways& ways, Watches watches);

  [[nodiscard]] const std::vector<Row>& rows(EdgeId edge, Stage stage) const {
    return rows_[edge.value][static_cast<std::size_t>(stage)];
  }
  [[nodiscard]] const ir::Addresses& addresses(SetId id) const { return sets_[id]; }
  [[nodiscard]] const packet::ServiceSet& services(ServicesId id, packet::Family family) const {
    return services_[id][static_cast<std::size_t>(family)];
  }

 private:
  using Services = std::array<packet::ServiceSet, std::size(packet::families)>;

  [[nodiscard]] ServicesId add_services(const packet::ServiceSet& terms);
  void add_connections(EndId from, EndId to, ServicesId opens, ServicesId replies,
                       const source::Range& asked);
  void add_rows(EndId from, EndId to, const Row& row);
  void add_flows();
  void add_zone(const ir::Zone& zone);
  void add_renewals();
  void add_relays(const ir::Network& network, EndId servers);
  void drop_copies();

  const Forwarding* forwarding_;
  Sets sets_;
  std::unique_ptr<Ends> ends_;  // these two only while rows are gathered
  std::unique_ptr<Tracer> tracer_;
  Watches watches_;
  IdVector<ServicesId, Services> services_;
  std::vector<std::array<std::vector<Row>, std::size(stages)>> rows_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_TRAFFIC_H
