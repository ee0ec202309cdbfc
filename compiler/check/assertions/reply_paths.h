// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whether a reply finds its way back, whichever path the connection and the reply take.
//
// Filters without memory list the replies, so they are no obstacle. Two things are. Stated routing may lead
// there and not back. And a device that tracks connections refuses the reply of one that it has not seen:
// so each of them, taken with those that share its table (`state-sync`), has to lie on every path or on none.
#ifndef COMPILER_CHECK_ASSERTIONS_REPLY_PATHS_H
#define COMPILER_CHECK_ASSERTIONS_REPLY_PATHS_H

#include <map>
#include <tuple>
#include <vector>

#include "compiler/check/context.h"

namespace cordon::check {

class ReplyPaths {
 public:
  explicit ReplyPaths(const Context& context);

  struct Result {
    bool there = false;  // some path leads there; otherwise nothing has to come back
    bool back = false;
    ir::DeviceId bypassed;  // tracks connections on some paths and not on all; invalid: none does
    [[nodiscard]] bool answered() const { return !there || (back && !bypassed.valid()); }
  };
  const Result& between(graph::PlaceId from, graph::PlaceId to, ir::Family family);

 private:
  // Devices that share one table of connections.
  struct Trackers {
    ir::DeviceId first;
    std::vector<bool> vertices;
  };

  [[nodiscard]] Result find(graph::PlaceId from, graph::PlaceId to, ir::Family family) const;
  [[nodiscard]] bool on_some_path(const Trackers& trackers, const graph::Place& from,
                                  const graph::Place& to) const;
  // Whether a path leads there that none of these vertices is on.
  [[nodiscard]] bool leads_without(const std::vector<bool>& left_out, graph::PlaceId from, graph::PlaceId to,
                                   ir::Family family) const;

  const Context& context_;
  std::vector<Trackers> trackers_;
  std::map<std::tuple<graph::PlaceId, graph::PlaceId, ir::Family>, Result> known_;
};

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ASSERTIONS_REPLY_PATHS_H
