// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The zone map as a picture: one file, no script, nothing fetched. What colour says, a word or a sign says
// too.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/report/escape.h"
#include "compiler/report/zone_layout.h"
#include "compiler/report/zone_map.h"

namespace cordon::report {
namespace {

constexpr std::size_t shown_name = 24, shown_facts = 34,
                      shown_label = 26;  // characters that a box, a line have room for

constexpr std::string_view style =
    "<style>\n"
    "text{font-family:sans-serif;fill:#1b1b1b}\n"
    ".band{fill:#f4f6f8;stroke:#d5dbe1}.level{font-size:12px;fill:#51606f}\n"
    ".zone{fill:#ffffff;stroke:#3b5b7a;stroke-width:1.5}.bad{stroke:#b00020;stroke-width:3}\n"
    ".name{font-size:14px;font-weight:bold}.facts{font-size:11px;fill:#51606f}.found{font-size:11px;fill:#"
    "b00020}\n"
    ".line{fill:none;stroke:#6b7c8d;stroke-width:1.3}.attack{fill:none;stroke:#b00020;stroke-width:3}\n"
    ".label{font-size:10px;stroke:#ffffff;stroke-width:3px;paint-order:stroke;text-anchor:middle}\n"
    "</style>\n";

// `z` boxes leave a line vertically and come to the next row vertically.
std::string curve(const Route& route) {
  const Point first = route.points.front();
  std::string path = fmt::format("M{} {}", first.x, first.y);
  for (std::size_t at = 0; at + 1 < route.points.size(); at += 2) {
    const Point &a = route.points[at], &b = route.points[at + 1];
    if (at > 0) path += fmt::format("L{} {}", a.x, a.y);
    if (a.y == b.y) {  // within a row: an arch above it
      const int rise = a.y - 34 - std::min(20, std::abs(a.x - b.x) / 40);
      path += fmt::format("C{} {} {} {} {} {}", a.x, rise, b.x, rise, b.x, b.y);
    } else if (a.x == b.x && route.points.size() == 2 && std::abs(a.y - b.y) < 40) {  // a loop at the side
      path += fmt::format("C{} {} {} {} {} {}", a.x + 34, a.y - 8, b.x + 34, b.y + 8, b.x, b.y);
    } else {
      const int middle = (a.y + b.y) / 2;
      path += fmt::format("C{} {} {} {} {} {}", a.x, middle, b.x, middle, b.x, b.y);
    }
  }
  return path;
}

void draw_bands(std::string& out, const Layout& layout) {
  for (const Band& band : layout.bands) {
    fmt::format_to(std::back_inserter(out),
                   "<rect class=\"band\" x=\"8\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n"
                   "<text class=\"level\" x=\"18\" y=\"{}\">{}</text>\n",
                   band.y, layout.width - 16, band.height, band.y + 15,
                   band.level ? fmt::format("security level {}", *band.level) : "no security level");
  }
}

void draw_arcs(std::string& out, const ZoneMap& map, const Layout& layout) {
  for (std::size_t at = 0; at < map.arcs.size(); ++at) {
    const MapArc& arc = map.arcs[at];
    const Route& route = layout.routes[at];
    const std::string found = marks_text(arc.marks);
    fmt::format_to(std::back_inserter(out),
                   "<g><title>{} to {}: {} by conduit {}{}{}</title>\n"
                   "<path class=\"{}\" marker-end=\"url(#head{})\" d=\"{}\"/>",
                   xml_text(map.zones[arc.from].name), xml_text(map.zones[arc.to].name),
                   xml_text(arc.services), xml_text(arc.conduit), found.empty() ? "" : ", " + found,
                   arc.attacked ? ", on an attack path" : "", arc.attacked ? "attack" : "line",
                   arc.attacked ? "-attack" : "", curve(route));
    if (arc.from != arc.to) {
      fmt::format_to(std::back_inserter(out), "<text class=\"label\" x=\"{}\" y=\"{}\">{}{}{}</text>",
                     route.label.x, route.label.y, arc.attacked ? "&#9888; " : "",
                     arc.marks.any() ? "! " : "", xml_text(shortened(arc.conduit, shown_label)));
    }
    out += "</g>\n";
  }
}

void draw_zones(std::string& out, const ZoneMap& map, const Layout& layout) {
  for (std::size_t at = 0; at < map.zones.size(); ++at) {
    const MapZone& zone = map.zones[at];
    const Box& box = layout.zones[at];
    const std::string found = marks_text(zone.marks);
    fmt::format_to(std::back_inserter(out),
                   "<g><title>{}: {}{}</title>\n"
                   "<rect class=\"zone{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/>"
                   "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>"
                   "<text class=\"facts\" x=\"{}\" y=\"{}\">{}</text>",
                   xml_text(zone.name), xml_text(zone_facts(zone)),
                   zone.attacked ? ", on an attack path" : "",
                   zone.attacked || zone.marks.errors > 0 ? " bad" : "", box.x, box.y, box.width, box.height,
                   box.x + 10, box.y + 20, xml_text(shortened(zone.name, shown_name)), box.x + 10, box.y + 36,
                   xml_text(shortened(zone_facts(zone), shown_facts)));
    if (zone.marks.any() || zone.attacked) {
      fmt::format_to(std::back_inserter(out), "<text class=\"found\" x=\"{}\" y=\"{}\">{}{}{}</text>",
                     box.x + 10, box.y + 52, zone.attacked ? "&#9888; attack path" : "",
                     zone.attacked && !found.empty() ? ", " : "", found);
    }
    out += "</g>\n";
  }
}

std::string arrow_head(std::string_view id, std::string_view color) {
  return fmt::format(
      "<marker id=\"{}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
      "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"{}\"/></marker>",
      id, color);
}

}  // namespace

std::string write_svg(const ZoneMap& map) {
  const Layout layout = lay_out(map);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "role=\"img\">\n"
      "<title>Zones and conduits{2}</title>\n{3}<defs>{4}{5}</defs>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
      layout.width, layout.height, map.title.empty() ? "" : " of " + xml_text(map.title), style,
      arrow_head("head", "#6b7c8d"), arrow_head("head-attack", "#b00020"));
  draw_bands(out, layout);
  draw_arcs(out, map, layout);
  draw_zones(out, map, layout);
  return out + "</svg>\n";
}

}  // namespace cordon::report
