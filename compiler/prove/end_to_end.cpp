// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/end_to_end.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "compiler/prove/bound_filters.h"
#include "compiler/prove/check_ports.h"
#include "compiler/prove/enforcement.h"
#include "compiler/prove/judge.h"
#include "compiler/prove/memory.h"
#include "compiler/prove/traffic.h"
#include "compiler/prove/wanted.h"

namespace cordon::prove {
namespace {

class Prover {
 public:
  Prover(const ir::Policy& policy, std::span<const ReadDevice> devices, const Effort& effort)
      : policy_(policy), devices_(devices), effort_(effort), forwarding_(policy), ways_(forwarding_) {}

  Proof run() {
    bind();
    check_enforcement(forwarding_, bound_, proof_.violations);
    judge_filters();
    check_ports(policy_, devices_, proof_);
    find_asymmetric_state(forwarding_, bound_, proof_.assumptions);
    find_residue(forwarding_, bound_, effort_.budget, proof_);
    return std::move(proof_);
  }

 private:
  void bind() {
    bound_.resize(policy_.devices.size());
    for (const ReadDevice& read : devices_) {
      readings_.push_back(std::make_unique<BoundFilters>(policy_.devices[read.device], read));
      bound_[read.device.value] = readings_.back().get();
      if (readings_.back()->pairs() && !readings_.back()->tracks())
        refuse(read.device, "filters without memory between pairs of interfaces are not taken into account");
    }
    for (const ir::DeviceId device : policy_.devices.ids()) {
      const ir::Device& item = policy_.devices[device];
      if (item.configured() && bound_[device.value] == nullptr)
        refuse(device, fmt::format("the configuration of `{}` was not read", item.name));
    }
  }

  void refuse(ir::DeviceId device, std::string text) {
    proof_.undecided.push_back({.device = device, .text = std::move(text), .lines = {}});
  }

  [[nodiscard]] Traffic::Watches watches() const {
    Traffic::Watches watches(forwarding_.edges().size());
    for (const EdgeId edge : forwarding_.edges().ids()) {
      const Edge& item = forwarding_.edges()[edge];
      const BoundFilters* bound = bound_[item.device.value];
      if (bound == nullptr) continue;
      const Watch watch = bound->replies_pass() ? Watch::opens : Watch::opens_and_replies;
      for (const Stage stage : stages) {
        const bool everywhere = stage == Stage::own && !bound->everywhere().empty();
        if (everywhere || bound->pairs() || !bound->at(item.interface, stage).empty())
          watches[edge.value][static_cast<std::size_t>(stage)] = watch;
      }
    }
    return watches;
  }

  void judge_filters() {
    const Traffic traffic(forwarding_, ways_, watches());
    const Wanted wanted(forwarding_, traffic);
    std::vector<Findings> findings(readings_.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < readings_.size(); i = next++)
        findings[i] = Judge(forwarding_, wanted, *readings_[i], effort_.budget).run();
    };
    in_parallel(work);
    for (Findings& found : findings) {
      std::ranges::move(found.violations, std::back_inserter(proof_.violations));
      std::ranges::move(found.undecided, std::back_inserter(proof_.undecided));
    }
  }

  template <class Work>
  void in_parallel(const Work& work) const {
    const auto machine = static_cast<std::size_t>(std::max(1U, std::thread::hardware_concurrency()));
    const std::size_t asked = effort_.jobs > 0 ? static_cast<std::size_t>(effort_.jobs) : machine;
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(asked, readings_.size()); ++i) threads.emplace_back(work);
    work();
  }

  const ir::Policy& policy_;
  std::span<const ReadDevice> devices_;
  Effort effort_;
  Forwarding forwarding_;
  Ways ways_;
  std::vector<std::unique_ptr<BoundFilters>> readings_;
  std::vector<const BoundFilters*> bound_;  // by device
  Proof proof_;
};

}  // namespace

const char* to_string(Obligation obligation) {
  switch (obligation) {
    case Obligation::enforcement:
      return "enforcement";
    case Obligation::origin_of_sources:
      return "origin of sources";
    case Obligation::soundness:
      return "soundness";
    case Obligation::completeness:
      return "completeness";
    case Obligation::layer_2:
      return "layer 2";
  }
  return "";
}

Proof prove_end_to_end(const ir::Policy& policy, std::span<const ReadDevice> devices, const Effort& effort) {
  return Prover(policy, devices, effort).run();
}

}  // namespace cordon::prove
