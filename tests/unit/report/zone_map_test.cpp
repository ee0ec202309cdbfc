// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/zone_map.h"

#include <random>
#include <string>

#include <doctest/doctest.h>

#include "compiler/report/zone_layout.h"

namespace cordon::report {
namespace {

ZoneMap random_map(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  ZoneMap map;
  map.title = "site \"<&>\"";
  const std::size_t zones = 1 + random() % 25;
  for (std::size_t at = 0; at < zones; ++at) {
    MapZone zone;
    zone.name = "zone-" + std::to_string(at);
    if (random() % 6 != 0) zone.level = static_cast<std::uint8_t>(random() % 5);
    map.zones.push_back(zone);
  }
  for (std::size_t arcs = random() % 60; arcs > 0; --arcs) {
    MapArc arc;
    arc.from = random() % zones;
    arc.to = random() % zones;
    arc.conduit = "c" + std::to_string(arcs);
    arc.services = "tcp/443";
    map.arcs.push_back(arc);
  }
  return map;
}

bool overlap(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// Strictly inside: a line may end at the edge of its own box.
bool holds(const Box& box, Point point) {
  return point.x > box.x && point.x < box.x + box.width && point.y > box.y && point.y < box.y + box.height;
}

TEST_CASE("no two zones overlap, and all are on the page") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const ZoneMap map = random_map(seed);
    const Layout layout = lay_out(map);
    REQUIRE(layout.zones.size() == map.zones.size());
    for (std::size_t a = 0; a < layout.zones.size(); ++a) {
      REQUIRE(layout.zones[a].x >= 0);
      REQUIRE(layout.zones[a].x + layout.zones[a].width <= layout.width);
      REQUIRE(layout.zones[a].y + layout.zones[a].height <= layout.height);
      for (std::size_t b = a + 1; b < layout.zones.size(); ++b)
        REQUIRE(!overlap(layout.zones[a], layout.zones[b]));
    }
  }
}

TEST_CASE("lower levels stand above higher ones, zones without a level at the foot") {
  const ZoneMap map = random_map(7);
  const Layout layout = lay_out(map);
  for (std::size_t a = 0; a < map.zones.size(); ++a) {
    for (std::size_t b = 0; b < map.zones.size(); ++b) {
      const int first = map.zones[a].level ? *map.zones[a].level : 9;
      const int second = map.zones[b].level ? *map.zones[b].level : 9;
      if (first < second) CHECK(layout.zones[a].y < layout.zones[b].y);
    }
  }
}

TEST_CASE("no line passes through a zone") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const ZoneMap map = random_map(seed);
    const Layout layout = lay_out(map);
    REQUIRE(layout.routes.size() == map.arcs.size());
    for (const Route& route : layout.routes) {
      REQUIRE(route.points.size() >= 2);
      // What joins two gaps is vertical, and the points of a gap lie between two rows.
      for (std::size_t at = 1; at + 1 < route.points.size(); at += 2)
        REQUIRE(route.points[at].x == route.points[at + 1].x);
      for (std::size_t at = 0; at + 1 < route.points.size(); ++at) {
        const Point a = route.points[at], b = route.points[at + 1];
        for (int step = 0; step <= 20; ++step) {
          const Point point{a.x + (b.x - a.x) * step / 20, a.y + (b.y - a.y) * step / 20};
          for (const Box& box : layout.zones) REQUIRE(!holds(box, point));
        }
      }
    }
  }
}

TEST_CASE("the same map gives the same bytes, and its words stay words") {
  const ZoneMap map = random_map(11);
  for (const MapFormat& format : map_formats()) {
    const std::string text = format.write(map);
    CHECK(text == format.write(map));
    CHECK(text.find("\"<&>\"") == std::string::npos);
  }
}

}  // namespace
}  // namespace cordon::report
