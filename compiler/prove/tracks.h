// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where packets from one end to another may be seen, and which of them: products of addresses at positions.
#ifndef COMPILER_PROVE_TRACKS_H
#define COMPILER_PROVE_TRACKS_H

#include <cstdint>
#include <map>
#include <vector>

#include "compiler/prove/ends.h"

namespace cordon::prove {

// Where a filter may stand at an interface: `received` and `sent` see what is forwarded, `own` what is for
// the device itself.
enum class Stage : std::uint8_t { received, sent, own };
inline constexpr Stage stages[] = {Stage::received, Stage::sent, Stage::own};

struct Track {
  Stage stage = Stage::received;
  EdgeId edge;
  SetId source, destination;
  bool elsewhere = false;  // for the device's address in a host network, by way of another gateway of it
};

class Tracer {
 public:
  Tracer(const Forwarding& forwarding, Ways& ways, Sets& sets, const Ends& ends)
      : forwarding_(&forwarding), ways_(&ways), sets_(&sets), ends_(&ends) {}

  [[nodiscard]] const std::vector<Track>& trace(EndId from, EndId to);

 private:
  // Where two sites of the ends meet; `place` is an edge of the core, or a vertex with its hosts.
  enum class Kind : std::uint8_t { received, received_own, sent, entered, entered_own, left, left_own };
  struct Meeting {
    Kind kind;
    std::uint32_t place, from, to;  // groups of parts of one site
    friend auto operator<=>(const Meeting&, const Meeting&) = default;
  };
  struct Group {
    SiteId site;
    std::vector<Part> parts;
    SetId addresses;  // of all parts
  };
  struct Job {
    packet::Family family;  // the ways' one; of both where they do not differ
    std::vector<Group> from, to;
    std::vector<Meeting> meetings;
    std::vector<Track> tracks;
  };

  void trace(EndId from, EndId to, packet::Family family, std::vector<Track>& tracks);
  [[nodiscard]] std::vector<Group> groups(const End& end, packet::Family family);
  void meet(Job& job, std::uint32_t from, std::uint32_t to);
  void settle(Job& job, std::span<const Meeting> place);
  void settle_core(Job& job, std::span<const Meeting> place);
  void settle_hosts(Job& job, std::span<const Meeting> place);
  void add_hosts(Job& job, const Meeting& place, const Part& part, SetId other);
  void settle_elsewhere(Job& job, const Part& own);
  [[nodiscard]] SetId sources_elsewhere(const Job& job, const Part& own, EdgeId edge) const;
  void add(Job& job, Track track, bool onward);

  const Forwarding* forwarding_;
  Ways* ways_;
  Sets* sets_;
  const Ends* ends_;
  std::map<std::pair<EndId, EndId>, std::vector<Track>> known_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_TRACKS_H
