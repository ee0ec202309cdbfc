// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How far the packets of a question get over the devices of a network, all of them at once.
#ifndef COMPILER_CHANGE_RUNNING_WALK_H
#define COMPILER_CHANGE_RUNNING_WALK_H

#include <vector>

#include "compiler/change/running_permits.h"

namespace cordon::change {

// Round by round: what arrived anew in the last one goes on in this one.
class RunningPermits::Walk {
 public:
  struct Rule {
    bool sure = true;   // through filters that are understood, else through others as well
    bool once = false;  // to no device twice
  };
  Walk(RunningPermits& net, const PacketSet& asked, const Rule& rule);

  // What gets to its end.
  [[nodiscard]] PacketSet run();

 private:
  void set_out();
  void leave_device(VertexId vertex);
  [[nodiscard]] PacketSet routed_by(VertexId vertex, EdgeId out, const PacketSet& packets);
  [[nodiscard]] bool next_round();
  void go_on(VertexId vertex);
  void go_out(EdgeId out, const PacketSet& forwarded);
  void put_on(EdgeId out, const PacketSet& packets, bool onward);
  void arrive(EdgeId in, const PacketSet& packets, bool onward);
  [[nodiscard]] PacketSet passed(EdgeId edge, Stage stage, const PacketSet& packets);
  [[nodiscard]] bool passes_through(EdgeId edge) const;

  RunningPermits& net_;
  PacketSet asked_, delivered_;
  Rule rule_;
  struct Arrivals {
    PacketSet known, now, next;
  };
  std::vector<Arrivals> forwarded_, own_;  // by edge
  std::vector<PacketSet> visited_;         // by vertex
  std::vector<VertexId> now_, next_;       // where something arrived
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_RUNNING_WALK_H
