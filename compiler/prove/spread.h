// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How far packets of one network get when only some interfaces let them in and out.
//
// A walk that passes a device twice has a path as its shortcut, since what is open belongs to interfaces
// and not to pairs of them: so walks will do, and each network costs one search.
#ifndef COMPILER_PROVE_SPREAD_H
#define COMPILER_PROVE_SPREAD_H

#include <functional>
#include <vector>

#include "compiler/prove/forwarding.h"
#include "compiler/prove/tracks.h"

namespace cordon::prove {

class Spread {
 public:
  // Whether packets are received, or sent, by the interface without being stopped.
  using Open = std::function<bool(EdgeId, Stage)>;

  Spread(const Forwarding& forwarding, Open open);

  // Every network that is reached, but for the first itself.
  [[nodiscard]] std::vector<ir::NetworkId> from(ir::NetworkId start);

  [[nodiscard]] bool is_open(EdgeId edge, Stage stage) const { return open_(edge, stage); }

 private:
  void leave(EdgeId in, std::vector<ir::NetworkId>& found);

  const Forwarding* forwarding_;
  Open open_;
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> vertices_, networks_;  // the last round that came by
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_SPREAD_H
