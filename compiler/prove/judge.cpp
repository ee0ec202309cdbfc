// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/judge.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/packet/naive.h"
#include "compiler/prove/filter_sets.h"

namespace cordon::prove {
namespace {

constexpr auto fresh = static_cast<std::uint8_t>(packet::State::fresh);
constexpr auto established = static_cast<std::uint8_t>(packet::State::established);
constexpr auto related = static_cast<std::uint8_t>(packet::State::related);

Scope scope_of(const config::Capabilities& capabilities) {
  Scope scope;
  if (capabilities.reassembles == config::Support::yes)
    scope.fragments = static_cast<std::uint8_t>(packet::Fragment::first_or_whole);
  if (capabilities.state == config::StateTracking::full) scope.states = fresh;
  return scope;
}

bool contains(const FilterList& list, config::FilterId filter) {
  return std::ranges::find(list, filter) != list.end();
}

}  // namespace

Judge::Judge(const Forwarding& forwarding, const Wanted& wanted, const BoundFilters& bound,
             const packet::Budget& budget)
    : forwarding_(forwarding),
      wanted_(wanted),
      bound_(bound),
      space_(budget),
      scope_(scope_of(bound.capabilities())) {}

Findings Judge::run() {
  gaps();
  expect_addresses(space_, bound_.read().reading->device);  // and the policy mostly speaks of the same
  for (const Case& item : cases()) judge(item);
  return std::move(findings_);
}

void Judge::gaps() {
  const ReadDevice& read = bound_.read();
  for (const config::Gap& gap : read.reading->gaps)
    findings_.undecided.push_back({.device = read.device, .text = gap.reason, .lines = {gap.range}});
}

std::uint32_t Judge::interface_count() const {
  return static_cast<std::uint32_t>(forwarding_.policy().devices[bound_.read().device].interfaces.size());
}

bool Judge::all_open(const FilterList& filters) const {
  return std::ranges::all_of(filters, [&](config::FilterId filter) { return bound_.is_open(filter); });
}

std::vector<Judge::Case> Judge::cases() const {
  std::vector<Case> found;
  Case all{.post = {.seats = {}, .beside = {}, .whole_device = true},
           .filters = bound_.everywhere(),
           .place = "own",
           .only_loss = bound_.capabilities().own_filter == config::Support::no};
  for (std::uint32_t i = 0; i < interface_count(); ++i) {
    add_cases(i, found);
    all.post.seats.push_back({.edge = forwarding_.edge_of(bound_.read().device, i), .own = true});
  }
  if (!all.filters.empty()) found.push_back(std::move(all));
  if (bound_.pairs()) add_crossings(found);
  return found;
}

// A packet for the device itself has to pass every filter bound to `own`; one that is forwarded, every filter
// bound to `in`. Filters that stand for both are asked for both at once; those that let everything pass stand
// for nothing.
void Judge::add_cases(std::uint32_t interface, std::vector<Case>& cases) const {
  const EdgeId edge = forwarding_.edge_of(bound_.read().device, interface);
  const std::string& name = forwarding_.interface_of(edge).name;
  const ir::FilterMode mode = forwarding_.interface_of(edge).filter;
  const FilterList& in = bound_.at(interface, Stage::received);
  const FilterList& out = bound_.at(interface, Stage::sent);
  const FilterList& own = bound_.at(interface, Stage::own);
  const auto closing = std::ranges::count_if(in, [&](config::FilterId id) { return !bound_.is_open(id); });
  const auto shared = std::ranges::count_if(
      in, [&](config::FilterId id) { return !bound_.is_open(id) && contains(own, id); });
  const bool all_shared = closing > 0 && shared == closing;
  const Seat received{.edge = edge, .received = true}, itself{.edge = edge, .own = true};
  if (!in.empty()) {
    Post post{.seats = {received}, .beside = {}};
    post.seats.front().own = all_shared;
    if (!all_shared) post.beside.push_back(itself);
    cases.push_back({.post = std::move(post),
                     .filters = in,
                     .place = name + " in",
                     .only_loss = bound_.pairs() || closing == 0,
                     .unasked = !all_shared && mode == ir::FilterMode::out});
  }
  if (!out.empty()) {
    Post post{.seats = {{.edge = edge, .sent = true}}, .beside = {}};
    cases.push_back({.post = std::move(post),
                     .filters = out,
                     .place = name + " out",
                     .only_loss = bound_.pairs() || all_open(out),
                     .unasked = mode == ir::FilterMode::in});
  }
  const bool has_more = std::ranges::any_of(own, [&](config::FilterId id) { return !contains(in, id); });
  if (has_more || (shared > 0 && !all_shared)) {
    Post post{.seats = {itself}, .beside = {}};
    if (shared > 0) post.beside.push_back(received);
    // Where nobody asks for a guard, what else is refused is welcome.
    const bool welcome = closing == 0 && bound_.capabilities().own_filter == config::Support::no;
    cases.push_back({.post = std::move(post), .filters = own, .place = name + " own", .only_loss = welcome});
  }
}

// Where filters stand between pairs of interfaces, each pair is judged with all that a packet has to pass.
void Judge::add_crossings(std::vector<Case>& cases) const {
  const auto count = interface_count();
  for (std::uint32_t in = 0; in < count; ++in) {
    for (std::uint32_t out = 0; out < count; ++out) {
      if (auto found = crossing(in, out)) cases.push_back(std::move(*found));
    }
  }
}

std::optional<Judge::Case> Judge::crossing(std::uint32_t in, std::uint32_t out) const {
  const EdgeId from = forwarding_.edge_of(bound_.read().device, in);
  const EdgeId to = forwarding_.edge_of(bound_.read().device, out);
  if (forwarding_.edges()[from].vertex != forwarding_.edges()[to].vertex) return std::nullopt;
  if (in == out && forwarding_.passes_through(forwarding_.edges()[from].network)) return std::nullopt;
  FilterList filters = bound_.between(in, out);
  for (const FilterList* more : {&bound_.at(in, Stage::received), &bound_.at(out, Stage::sent)})
    filters.insert(filters.end(), more->begin(), more->end());
  if (filters.empty()) return std::nullopt;
  return Case{.post = {.seats = {{.edge = from, .received = true}}, .beside = {}},
              .filters = std::move(filters),
              .place = fmt::format("{} to {}", forwarding_.interface_of(from).name,
                                   forwarding_.interface_of(to).name),
              .leaves = Post{.seats = {{.edge = to, .sent = true}}, .beside = {{.edge = from, .own = true}}}};
}

void Judge::judge(const Case& item) {
  const bool spells_states =
      bound_.tracks() && std::ranges::any_of(item.filters, [&](config::FilterId filter) {
        return !bound_.filter(filter).stateful;
      });
  if (judge_rules(item) && (!spells_states || judge_memory(item))) return;
  findings_.undecided.push_back(
      {.device = bound_.read().device,
       .text = fmt::format("what `{}` admits takes too much work to compare", item.place),
       .lines = {}});
}

Judge::Set Judge::universe(Scope scope) {
  Permits everything(scope);
  for (const packet::Family family : packet::families) {
    everything.add_copy(packet::AddressSet::all(family), packet::AddressSet::all(family),
                        {packet::ServiceTerm{}});
  }
  return space_.permitted(everything.rules());
}

Judge::Set Judge::admitted_by(config::FilterId filter) {
  if (const auto known = admitted_.find(filter); known != admitted_.end()) return known->second;
  Set set = space_.permitted(bound_.rules(filter));
  if (set) admitted_.emplace(filter, *set);
  return set;
}

// What passes all of them, of the packets that the platform shows them.
Judge::Set Judge::admitted(const FilterList& filters, Scope scope) {
  Set sum = universe(scope);
  for (const config::FilterId filter : filters) {
    if (!sum) return sum;
    const Set one = admitted_by(filter);
    if (!one) return one;
    sum = space_.intersect(*sum, *one);
  }
  return sum;
}

Judge::Set Judge::needed(const Case& item) {
  Set set = space_.permitted(wanted_.needed(item.post, bound_.tracks(), scope_).rules());
  if (!set || !item.leaves) return set;
  const Set sent = space_.permitted(wanted_.needed(*item.leaves, bound_.tracks(), scope_).rules());
  return sent ? space_.intersect(*set, *sent) : sent;
}

Judge::Set Judge::allowed_at(const Post& post) {
  const Set needed = space_.permitted(wanted_.needed(post, bound_.tracks(), scope_).rules());
  const Set excused = space_.permitted(wanted_.excused(post, bound_.tracks(), scope_).rules());
  if (!needed || !excused) return needed ? excused : needed;
  return space_.unite(*needed, *excused);
}

// What the device itself receives takes no part in the crossing.
Judge::Set Judge::allowed(const Case& item) {
  Set set = allowed_at(item.post);
  if (!set || !item.leaves) return set;
  const Set sent = allowed_at(*item.leaves);
  if (!sent) return sent;
  set = space_.intersect(*set, *sent);
  const Set itself = space_.permitted(
      wanted_.excused({.seats = {}, .beside = item.leaves->beside}, bound_.tracks(), scope_).rules());
  return set && itself ? space_.unite(*set, *itself) : (set ? itself : set);
}

Judge::Set Judge::conversations(const Case& item, Scope scope) {
  const Set set = space_.permitted(wanted_.conversations(item.post, scope).rules());
  if (!set || !item.leaves) return set;
  const Set sent = space_.permitted(wanted_.conversations(*item.leaves, scope).rules());
  return sent ? space_.intersect(*set, *sent) : sent;
}

// False when it could not be decided.
bool Judge::judge_rules(const Case& item) {
  const Set wanted = needed(item), read = admitted(item.filters, scope_);
  if (!wanted || !read) return false;
  if (*wanted == *read) return true;
  const Set lost = space_.subtract(*wanted, *read);
  const Set excess = space_.subtract(*read, *wanted);
  if (!lost || !excess) return false;
  if (const auto witness = space_.witness(*lost))
    report(item, Obligation::completeness, *witness, "is refused, and the policy asks for it");
  return item.only_loss || judge_excess(item, *excess);
}

bool Judge::judge_excess(const Case& item, const packet::PacketSet& excess) {
  if (!space_.witness(excess)) return true;
  const Set may = allowed(item);
  if (!may) return false;
  const Set rest = space_.subtract(excess, *may);
  if (!rest) return false;
  const auto witness = space_.witness(*rest);
  if (!witness) return true;
  if (item.unasked) return judge_crossings(item);
  const bool spoofed = std::ranges::any_of(
      item.post.seats, [&](const Seat& seat) { return wanted_.is_spoofed(seat, *witness); });
  if (spoofed && !item.post.whole_device) {
    report(item, Obligation::origin_of_sources, *witness,
           "passes, and its source cannot be behind the interface");
  } else {
    report(item, Obligation::soundness, *witness, "passes, and nothing in the policy asks for it");
  }
  return true;
}

// Each crossing decides for itself.
bool Judge::judge_crossings(const Case& item) {
  const Seat& seat = item.post.seats.front();
  const std::uint32_t here = forwarding_.edges()[seat.edge].interface;
  for (std::uint32_t there = 0; there < interface_count(); ++there) {
    const auto pair = seat.sent ? std::pair{there, here} : std::pair{here, there};
    if (!crossings_judged_.insert(pair).second) continue;
    const auto found = crossing(pair.first, pair.second);
    if (found && !judge_rules(*found)) return false;
  }
  return true;
}

// Where states are spelled out in rules: packets of connections pass, and as related nothing but errors.
bool Judge::judge_memory(const Case& item) {
  Scope known = scope_, akin = scope_;
  known.states = established;
  akin.states = related;
  const Set wanted = conversations(item, known), read = admitted(item.filters, known);
  if (!wanted || !read) return false;
  const Set lost = space_.subtract(*wanted, *read);
  if (!lost) return false;
  if (const auto witness = space_.witness(*lost))
    report(item, Obligation::completeness, *witness,
           "is refused, and belongs to a connection that the policy asks for");
  if (item.only_loss) return true;
  const Permits about = Wanted::errors(akin);
  const Set errors = space_.permitted(about.rules());
  const Set read_akin = admitted(item.filters, akin);
  if (!errors || !read_akin) return false;
  const Set excess = space_.subtract(*read_akin, *errors);
  if (!excess) return false;
  if (const auto witness = space_.witness(*excess))
    report(item, Obligation::soundness, *witness, "passes as related, and is no error about a connection");
  return true;
}

void Judge::report(const Case& item, Obligation obligation, const packet::Packet& witness, std::string text) {
  findings_.violations.push_back({.obligation = obligation,
                                  .device = bound_.read().device,
                                  .place = item.place,
                                  .witness = witness,
                                  .lines = deciding_lines(item.filters, witness),
                                  .policy = wanted_.asked(item.post, witness),
                                  .text = fmt::format("{} {}", packet::to_string(witness), text)});
}

std::vector<source::Range> Judge::deciding_lines(const FilterList& filters,
                                                 const packet::Packet& witness) const {
  const config::Device& device = bound_.read().reading->device;
  std::vector<source::Range> lines;
  for (const config::FilterId id : filters) {
    const std::vector<config::Rule>& rules = bound_.filter(id).rules;
    const auto first = std::ranges::find_if(rules, [&](const config::Rule& rule) {
      return packet::matches(config::to_match(device, rule), witness);
    });
    if (first != rules.end() && first->origin.valid())
      lines.push_back(bound_.read().reading->line_of(*first));
  }
  return lines;
}

}  // namespace cordon::prove
