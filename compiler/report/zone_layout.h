// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where zones and conduits stand on a page: a layered layout, the same on every machine.
//
// A layer is a security level, the least trusted on top; a level with many zones has several rows. A conduit
// that passes rows goes through a place of its own in each of them, so that no line crosses a box. Zones and
// places are put in order row by row, by the middle of what they are joined to (barycentres), for a fixed
// number of sweeps; ties go by name. After K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding
// of Hierarchical System Structures", 1981. Near-linear in the number of rows that conduits pass.
#ifndef COMPILER_REPORT_ZONE_LAYOUT_H
#define COMPILER_REPORT_ZONE_LAYOUT_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/report/zone_map.h"

namespace cordon::report {

struct Point {
  int x = 0, y = 0;
};

struct Box {
  int x = 0, y = 0, width = 0, height = 0;  // of its upper left corner
};

// The band of a security level.
struct Band {
  std::optional<std::uint8_t> level;
  int y = 0, height = 0;
};

struct Route {
  // Ends at the arrow's head. Points are in pairs: a line leaves the first of a pair downwards or upwards and
  // comes to the second, within one gap between rows; what joins two pairs is vertical.
  std::vector<Point> points;
  Point label;  // the middle of its text
};

struct Layout {
  int width = 0, height = 0;
  std::vector<Box> zones;     // as in the map
  std::vector<Route> routes;  // of each arc
  std::vector<Band> bands;
};

[[nodiscard]] Layout lay_out(const ZoneMap& map);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_ZONE_LAYOUT_H
