// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/paths.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

namespace cordon::graph {
namespace {

constexpr std::uint32_t unreachable = UINT32_MAX;

// Finds the best way to end a path that is begun.
class Search {
 public:
  Search(const Digraph& graph, std::span<const std::uint32_t> sources, std::span<const std::uint32_t> targets,
         const std::vector<bool>& through)
      : graph_(graph),
        through_(through),
        sources_(sources.begin(), sources.end()),
        targets_(targets.begin(), targets.end()),
        is_source_(graph.vertex_count()),
        is_target_(graph.vertex_count()) {
    for (const std::uint32_t vertex : sources_) is_source_[vertex] = true;
    for (const std::uint32_t vertex : targets_) is_target_[vertex] = true;
  }

  // The best path that begins with the stops and does not go on with one of `barred`.
  std::optional<Path> complete(std::span<const std::uint32_t> stops, const std::set<std::uint32_t>& barred) {
    measure(stops);
    std::vector<std::uint32_t> next = stops.empty() ? sources_ : following(stops.back(), std::nullopt);
    std::erase_if(next,
                  [&](std::uint32_t stop) { return left_[stop] == unreachable || barred.contains(stop); });
    if (next.empty()) return std::nullopt;
    const auto rank = [&](std::uint32_t stop) { return std::pair{left_[stop], stop}; };
    Path path(stops.begin(), stops.end());
    path.push_back(*std::ranges::min_element(next, {}, rank));
    while (left_[path.back()] > 0) {
      path.push_back(std::ranges::min(following(path.back(), left_[path.back()])));
    }
    return path;
  }

 private:
  [[nodiscard]] bool is_through(std::uint32_t vertex) const { return !through_.empty() && through_[vertex]; }

  // How many stops are left from each vertex to a target when the given stops are taken. Against the arcs;
  // what is passed through costs nothing, so it is looked at first.
  void measure(std::span<const std::uint32_t> stops) {
    left_.assign(graph_.vertex_count(), unreachable);
    std::vector<bool> done(graph_.vertex_count());
    for (const std::uint32_t stop : stops) done[stop] = true;
    std::deque<std::uint32_t> work;
    for (const std::uint32_t target : targets_) {
      left_[target] = 0;
      work.push_back(target);
    }
    while (!work.empty()) {
      const std::uint32_t vertex = work.front();
      work.pop_front();
      if (done[vertex]) continue;
      done[vertex] = true;
      if (!is_source_[vertex]) measure_before(vertex, done, work);
    }
  }

  void measure_before(std::uint32_t vertex, const std::vector<bool>& done, std::deque<std::uint32_t>& work) {
    const bool free = is_through(vertex);
    const std::uint32_t left = left_[vertex] + (free ? 0 : 1);
    for (const std::uint32_t arc : graph_.entering(vertex)) {
      const std::uint32_t before = graph_.arcs()[arc].from;
      if (done[before] || is_target_[before] || left_[before] <= left) continue;
      left_[before] = left;
      if (free) {
        work.push_front(before);
      } else {
        work.push_back(before);
      }
    }
  }

  // The stops that may come next: any, or those on a best way when so many are left.
  [[nodiscard]] std::vector<std::uint32_t> following(std::uint32_t stop, std::optional<std::uint32_t> left) {
    std::vector<std::uint32_t> found, work{stop};
    std::vector<bool> seen(graph_.vertex_count());
    while (!work.empty()) {
      const std::uint32_t vertex = work.back();
      work.pop_back();
      for (const std::uint32_t arc : graph_.leaving(vertex)) {
        const std::uint32_t next = graph_.arcs()[arc].to;
        if (seen[next] || is_source_[next] || left_[next] == unreachable) continue;
        seen[next] = true;
        const bool free = is_through(next);
        if (left && left_[next] != *left - (free ? 0 : 1)) continue;
        (free ? work : found).push_back(next);
      }
    }
    return found;
  }

  const Digraph& graph_;
  const std::vector<bool>& through_;
  std::vector<std::uint32_t> sources_, targets_;
  std::vector<bool> is_source_, is_target_;
  std::vector<std::uint32_t> left_;
};

// A path, and the first stop in which it differs from the one that it was derived from.
struct Candidate {
  Path path;
  std::size_t differs = 0;
  friend bool operator<(const Candidate& a, const Candidate& b) {
    return a.path.size() != b.path.size() ? a.path.size() < b.path.size() : a.path < b.path;
  }
};

// Where the paths so far go on after so many stops of the path.
std::set<std::uint32_t> continuations(const std::vector<Path>& paths, std::span<const std::uint32_t> stops) {
  std::set<std::uint32_t> found;
  for (const Path& path : paths) {
    if (path.size() > stops.size() && std::ranges::equal(std::span(path).first(stops.size()), stops))
      found.insert(path[stops.size()]);
  }
  return found;
}

}  // namespace

std::optional<Path> shortest_path(const Digraph& graph, std::span<const std::uint32_t> sources,
                                  std::span<const std::uint32_t> targets, const std::vector<bool>& through) {
  return Search(graph, sources, targets, through).complete({}, {});
}

// All paths but the best differ from it in some first stop; the best of each of these classes is a candidate.
// Classes before the one a candidate came from were opened with the path it came from (Lawler).
std::vector<Path> shortest_paths(const Digraph& graph, std::span<const std::uint32_t> sources,
                                 std::span<const std::uint32_t> targets, std::size_t count,
                                 const std::vector<bool>& through) {
  Search search(graph, sources, targets, through);
  std::vector<Path> paths;
  std::set<Candidate> candidates;
  if (std::optional<Path> best = search.complete({}, {}))
    candidates.insert({.path = std::move(*best), .differs = 0});
  while (!candidates.empty() && paths.size() < count) {
    const Candidate found = std::move(candidates.extract(candidates.begin()).value());
    paths.push_back(found.path);
    for (std::size_t kept = found.differs; kept < found.path.size() && paths.size() < count; ++kept) {
      const std::span<const std::uint32_t> stops = std::span(found.path).first(kept);
      if (auto other = search.complete(stops, continuations(paths, stops)))
        candidates.insert({.path = std::move(*other), .differs = kept});
    }
  }
  return paths;
}

}  // namespace cordon::graph
