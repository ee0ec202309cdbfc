// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The zones and conduits of a policy as they are drawn, with what was found marked on them.
#ifndef COMPILER_REPORT_ZONE_MAP_H
#define COMPILER_REPORT_ZONE_MAP_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/report/run.h"

namespace cordon::report {

// Open findings about a zone or a conduit.
struct Marks {
  std::size_t errors = 0, warnings = 0;
  [[nodiscard]] bool any() const { return errors + warnings > 0; }
};

struct MapZone {
  std::string name, type;
  std::optional<std::uint8_t> level;  // SL-T
  std::size_t networks = 0, hosts = 0;
  bool isolates = false;
  Marks marks;
  bool attacked = false;  // an attack path starts in it, crosses it or ends in it
};

// What a conduit opens in one direction. Flows to devices are arcs within the zone of their other end.
struct MapArc {
  std::size_t from = 0, to = 0;  // zones
  std::string conduit, services;
  std::size_t flows = 0;
  Marks marks;
  bool attacked = false;  // a step of an attack path
};

struct ZoneMap {
  std::string title;
  std::vector<MapZone> zones;  // by name
  std::vector<MapArc> arcs;    // by conduit, then direction
};

// An attack path is the path of an open error or warning that leads through more than one flow, or from where
// nobody is trusted.
[[nodiscard]] ZoneMap zone_map(const Run& run);

struct MapFormat {
  std::string_view name;    // `svg`
  std::string_view ending;  // of files
  std::string_view purpose;
  std::string (*write)(const ZoneMap&) = nullptr;
};
[[nodiscard]] std::span<const MapFormat> map_formats();
[[nodiscard]] const MapFormat* find_map_format(std::string_view name);  // null: there is none

[[nodiscard]] std::string write_dot(const ZoneMap& map);
[[nodiscard]] std::string write_graphml(const ZoneMap& map);
[[nodiscard]] std::string write_mermaid(const ZoneMap& map);
[[nodiscard]] std::string write_svg(const ZoneMap& map);

// `2 errors, 1 warning`; empty without any.
[[nodiscard]] std::string marks_text(const Marks& marks);
// `medical-device, SL 3, 4 networks, isolates`
[[nodiscard]] std::string zone_facts(const MapZone& zone);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_ZONE_MAP_H
