// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/zone_layout.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace cordon::report {
namespace {

// Pixels.
constexpr int box_width = 190, box_height = 60;
constexpr int passage_width = 22;  // what a line needs in a row that it passes
constexpr int across = 26;         // between neighbours of a row
constexpr int margin = 40, band_title = 22;
constexpr int least_gap = 70, label_step = 15, label_steps = 5;
constexpr std::size_t row_length = 7;  // zones
constexpr int sweeps = 12;
constexpr std::uint8_t no_level = 255;

// A zone, or the place at which an arc passes a row.
struct Item {
  std::size_t zone = SIZE_MAX;
  std::size_t row = 0;
  int x = 0;                              // of its left edge
  std::vector<std::size_t> above, below;  // items it is joined to
  [[nodiscard]] bool passage() const { return zone == SIZE_MAX; }
  [[nodiscard]] int width() const { return passage() ? passage_width : box_width; }
  [[nodiscard]] int middle() const { return x + width() / 2; }
};

// Where a line starts on one side of a box.
struct Port {
  int towards = 0;  // the middle of what it leads to
  std::size_t arc = 0;
  bool upper = false;  // the arc's upper end
  friend auto operator<=>(const Port&, const Port&) = default;
};

class Layers {
 public:
  explicit Layers(const ZoneMap& map) : map_(map) {
    place_zones();
    add_passages();
    for (int sweep = 0; sweep < sweeps; ++sweep) order(sweep % 2 == 0);
    set_columns();
    set_ports();
  }

  Layout layout() {
    set_rows();
    Layout layout;
    layout.zones.resize(map_.zones.size());
    for (const Item& item : items_) {
      if (!item.passage()) layout.zones[item.zone] = {item.x, row_y_[item.row], box_width, box_height};
    }
    for (std::size_t arc = 0; arc < map_.arcs.size(); ++arc) layout.routes.push_back(route(arc));
    layout.bands = bands();
    layout.width = page_width_ + 2 * margin;
    layout.height = height_;
    place_labels(layout);
    return layout;
  }

 private:
  static std::uint8_t key(const MapZone& zone) { return zone.level ? *zone.level : no_level; }

  void place_zones() {
    std::map<std::uint8_t, std::vector<std::size_t>> by_level;
    for (std::size_t at = 0; at < map_.zones.size(); ++at) by_level[key(map_.zones[at])].push_back(at);
    for (const auto& [level, zones] : by_level) {
      const std::size_t rows = (zones.size() + row_length - 1) / row_length;
      for (std::size_t at = 0; at < zones.size(); ++at) {
        const std::size_t row = rows_.size() + at % rows;
        Item item;
        item.zone = zones[at];
        item.row = row;
        items_.push_back(item);
      }
      for (std::size_t row = 0; row < rows; ++row) level_of_row_.push_back(level);
      rows_.resize(rows_.size() + rows);
    }
    item_of_zone_.resize(map_.zones.size());
    for (std::size_t at = 0; at < items_.size(); ++at) {
      rows_[items_[at].row].push_back(at);
      item_of_zone_[items_[at].zone] = at;
    }
  }

  // From the upper end of an arc to its lower one.
  void add_passages() {
    for (const MapArc& arc : map_.arcs) {
      std::size_t upper = item_of_zone_[arc.from], lower = item_of_zone_[arc.to];
      if (items_[upper].row > items_[lower].row) std::swap(upper, lower);
      std::vector<std::size_t> chain{upper};
      for (std::size_t row = items_[upper].row + 1; row < items_[lower].row; ++row) {
        Item item;
        item.row = row;
        rows_[row].push_back(items_.size());
        chain.push_back(items_.size());
        items_.push_back(item);
      }
      chain.push_back(lower);
      if (items_[upper].row != items_[lower].row) {
        for (std::size_t at = 1; at < chain.size(); ++at) {
          items_[chain[at - 1]].below.push_back(chain[at]);
          items_[chain[at]].above.push_back(chain[at - 1]);
        }
      }
      chains_.push_back(std::move(chain));
    }
  }

  // Rows downwards by what is above each item, or upwards by what is below.
  void order(bool downwards) {
    std::vector<double> place(items_.size());
    const auto note = [&](const std::vector<std::size_t>& row) {
      for (std::size_t at = 0; at < row.size(); ++at)
        place[row[at]] = (static_cast<double>(at) + 0.5) / static_cast<double>(row.size());
    };
    for (const auto& row : rows_) note(row);
    for (std::size_t step = 0; step < rows_.size(); ++step) {
      auto& row = rows_[downwards ? step : rows_.size() - 1 - step];
      std::vector<std::pair<double, std::size_t>> keys;
      for (const std::size_t item : row) {
        const auto& joined = downwards ? items_[item].above : items_[item].below;
        const double sum =
            std::accumulate(joined.begin(), joined.end(), 0.0,
                            [&](double total, std::size_t other) { return total + place[other]; });
        keys.emplace_back(joined.empty() ? place[item] : sum / static_cast<double>(joined.size()), item);
      }
      std::ranges::stable_sort(keys, {}, &std::pair<double, std::size_t>::first);
      for (std::size_t at = 0; at < row.size(); ++at) row[at] = keys[at].second;
      note(row);
    }
  }

  void set_columns() {
    std::vector<int> widths;
    for (const auto& row : rows_) {
      int width = 0;
      for (const std::size_t item : row) width += items_[item].width() + across;
      widths.push_back(width - across);
      page_width_ = std::max(page_width_, width - across);
    }
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      int x = margin + (page_width_ - widths[row]) / 2;
      for (const std::size_t item : rows_[row]) {
        items_[item].x = x;
        x += items_[item].width() + across;
      }
    }
  }

  // A gap is as high as the labels in it need; arcs within a row go through the gap above it.
  void set_rows() {
    std::vector<std::size_t> labels(rows_.size() + 1);
    for (std::size_t arc = 0; arc < map_.arcs.size(); ++arc) ++labels[gap_of(arc)];
    int y = margin;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const int steps = static_cast<int>(std::min<std::size_t>(labels[row], label_steps));
      y += least_gap + steps * label_step;
      if (row == 0 || level_of_row_[row] != level_of_row_[row - 1]) y += band_title;
      row_y_.push_back(y);
      y += box_height;
    }
    height_ = y + margin;
  }

  // The gap that holds the label: above row g. Arcs within one row pass above it.
  [[nodiscard]] std::size_t gap_of(std::size_t arc) const {
    const std::size_t from = items_[item_of_zone_[map_.arcs[arc].from]].row;
    const std::size_t to = items_[item_of_zone_[map_.arcs[arc].to]].row;
    if (from == to) return from;
    return from < to ? from + 1 : from;
  }

  // Where on a box each line starts: lines on one side of it stand in the order of what they lead to.
  void set_ports() {
    std::map<std::pair<std::size_t, bool>, std::vector<Port>> sides;  // of an item, above or below
    for (std::size_t arc = 0; arc < chains_.size(); ++arc) {
      const auto& chain = chains_[arc];
      const bool same_row = items_[chain.front()].row == items_[chain.back()].row;
      const std::size_t second = chain[1], last_but_one = chain[chain.size() - 2];
      sides[{chain.front(), !same_row}].push_back({items_[second].middle(), arc, true});
      sides[{chain.back(), false}].push_back({items_[last_but_one].middle(), arc, false});
    }
    ports_.resize(chains_.size());
    for (auto& [side, ports] : sides) {
      std::ranges::sort(ports);
      for (std::size_t at = 0; at < ports.size(); ++at) {
        const int x = items_[side.first].x +
                      static_cast<int>((at + 1) * static_cast<std::size_t>(box_width) / (ports.size() + 1));
        (ports[at].upper ? ports_[ports[at].arc].first : ports_[ports[at].arc].second) = x;
      }
    }
  }

  // Of an item on the arc's way, at its lower side when the way goes on from there.
  [[nodiscard]] int port(std::size_t item, bool below, std::size_t arc) const {
    if (items_[item].passage()) return items_[item].middle();
    return below ? ports_[arc].first : ports_[arc].second;
  }

  [[nodiscard]] Route route(std::size_t arc) const {
    const auto& chain = chains_[arc];
    const std::size_t upper = chain.front(), lower = chain.back();
    Route route;
    if (upper == lower) {
      // A loop at the right side: flows to the devices of a zone.
      const Item& item = items_[upper];
      const int right = item.x + box_width, y = row_y_[item.row];
      route.points = {{right, y + box_height / 3}, {right, y + 2 * box_height / 3}};
      return route;
    }
    if (items_[upper].row == items_[lower].row) {
      const int y = row_y_[items_[upper].row];
      route.points = {{ports_[arc].first, y}, {ports_[arc].second, y}};
    } else {
      for (std::size_t at = 1; at < chain.size(); ++at) {
        const Item &top = items_[chain[at - 1]], &bottom = items_[chain[at]];
        route.points.push_back({port(chain[at - 1], true, arc), row_y_[top.row] + box_height});
        route.points.push_back({port(chain[at], false, arc), row_y_[bottom.row]});
      }
    }
    if (item_of_zone_[map_.arcs[arc].from] != upper) std::ranges::reverse(route.points);
    return route;
  }

  // Labels of one gap take turns on a few lines, from left to right.
  void place_labels(Layout& layout) const {
    std::map<std::size_t, std::vector<std::pair<int, std::size_t>>> by_gap;
    for (std::size_t arc = 0; arc < map_.arcs.size(); ++arc) {
      const Point &a = layout.routes[arc].points[0], &b = layout.routes[arc].points[1];
      by_gap[gap_of(arc)].emplace_back((a.x + b.x) / 2, arc);
    }
    for (auto& [gap, arcs] : by_gap) {
      std::ranges::sort(arcs);
      for (std::size_t at = 0; at < arcs.size(); ++at) {
        const auto [x, arc] = arcs[at];
        const int line = static_cast<int>(at % label_steps);
        layout.routes[arc].label = {
            x, row_y_[std::min(gap, row_y_.size() - 1)] - least_gap / 2 - line * label_step};
      }
    }
  }

  [[nodiscard]] std::vector<Band> bands() const {
    std::vector<Band> bands;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const std::uint8_t level = level_of_row_[row];
      const bool fresh = row == 0 || level_of_row_[row - 1] != level;
      if (fresh) {
        Band band;
        if (level != no_level) band.level = level;
        band.y = row_y_[row] - band_title - 4;
        bands.push_back(band);
      }
      bands.back().height = row_y_[row] + box_height + 12 - bands.back().y;
    }
    return bands;
  }

  const ZoneMap& map_;
  std::vector<Item> items_;
  std::vector<std::vector<std::size_t>> rows_;  // items, from left to right
  std::vector<std::uint8_t> level_of_row_;
  std::vector<std::size_t> item_of_zone_;
  std::vector<std::vector<std::size_t>> chains_;  // of each arc, from its upper end to its lower one
  std::vector<std::pair<int, int>> ports_;        // of each arc, at its upper end and its lower one
  std::vector<int> row_y_;
  int page_width_ = 0, height_ = 0;
};

}  // namespace

Layout lay_out(const ZoneMap& map) { return Layers(map).layout(); }

}  // namespace cordon::report
