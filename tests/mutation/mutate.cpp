// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/mutate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <regex>
#include <span>
#include <utility>

namespace cordon::test {
namespace {

using Lines = std::vector<std::string>;

// A mistake at one line; `other` is any number, for choices within. Returns whether it could be made.
using Mistake = bool (*)(Lines& lines, std::size_t at, std::size_t other);

bool replace_word(std::string& line, std::string_view from, std::string_view to) {
  const std::regex word("(^|[^\\w-])" + std::string(from) + "(?![\\w-])");
  const std::string changed =
      std::regex_replace(line, word, "$01" + std::string(to), std::regex_constants::format_first_only);
  if (changed == line) return false;
  line = changed;
  return true;
}

// The first of the pairs that occurs, either way round.
bool turn_words(std::string& line, std::span<const std::pair<const char*, const char*>> pairs) {
  return std::ranges::any_of(pairs, [&](const auto& pair) {
    return replace_word(line, pair.first, pair.second) || replace_word(line, pair.second, pair.first);
  });
}

// Changes the n-th match of the expression's first group by a function of its number.
template <class Change>
bool change_number(std::string& line, const std::regex& expression, std::size_t which, Change change) {
  const std::vector<std::smatch> found(std::sregex_iterator(line.begin(), line.end(), expression), {});
  if (found.empty()) return false;
  const std::smatch& match = found[which % found.size()];
  const int number = std::stoi(match[1].str());
  const int changed = change(number);
  if (changed == number || changed < 0) return false;
  line.replace(static_cast<std::size_t>(match.position(1)), static_cast<std::size_t>(match.length(1)),
               std::to_string(changed));
  return true;
}

bool drop_line(Lines& lines, std::size_t at, std::size_t) {
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
  return true;
}

bool duplicate_line(Lines& lines, std::size_t at, std::size_t) {
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), std::string(lines[at]));
  return true;
}

bool swap_with_next(Lines& lines, std::size_t at, std::size_t) {
  if (at + 1 >= lines.size() || lines[at] == lines[at + 1]) return false;
  std::swap(lines[at], lines[at + 1]);
  return true;
}

bool swap_far(Lines& lines, std::size_t at, std::size_t other) {
  const std::size_t far = other % lines.size();
  if (lines[at] == lines[far]) return false;
  std::swap(lines[at], lines[far]);
  return true;
}

bool turn_action(Lines& lines, std::size_t at, std::size_t) {
  static constexpr std::array<std::pair<const char*, const char*>, 2> pairs{
      {{"permit", "deny"}, {"accept", "drop"}}};
  return turn_words(lines[at], pairs);
}

bool turn_protocol(Lines& lines, std::size_t at, std::size_t) {
  static constexpr std::array<std::pair<const char*, const char*>, 2> pairs{
      {{"tcp", "udp"}, {"icmp", "igmp"}}};
  return turn_words(lines[at], pairs);
}

bool turn_direction(Lines& lines, std::size_t at, std::size_t) {
  static constexpr std::array<std::pair<const char*, const char*>, 5> pairs{{{"in", "out"},
                                                                             {"saddr", "daddr"},
                                                                             {"sport", "dport"},
                                                                             {"iifname", "oifname"},
                                                                             {"source", "destination"}}};
  return turn_words(lines[at], pairs);
}

bool change_port(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex port(R"((?:eq |range |range \d+ |port |\. )(\d{2,5})(?![\d./]))");
  return change_number(lines[at], port, other,
                       [&](int number) { return other % 2 == 0 ? number + 1 : number - 1; });
}

bool change_any_number(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex number(R"((?:^|[^\w.:])(\d{1,5})(?![\w.:/]))");
  return change_number(lines[at], number, other,
                       [&](int value) { return other % 2 == 0 ? value + 1 : value - 1; });
}

bool change_length(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex length(R"(/(\d{1,3})(?!\d))");
  return change_number(lines[at], length, other,
                       [&](int value) { return other % 2 == 0 ? value + 1 : value - 1; });
}

bool change_mask(Lines& lines, std::size_t at, std::size_t other) {
  static constexpr std::array<std::pair<const char*, const char*>, 4> masks{
      {{"255.255.255.0", "255.255.254.0"},
       {"255.255.255.254", "255.255.255.255"},
       {"0.0.0.255", "0.0.1.255"},
       {"0.0.0.1", "0.0.0.3"}}};
  const auto& [from, to] = masks[other % masks.size()];
  return replace_word(lines[at], from, to);
}

bool change_address(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex last_octet(R"(\d{1,3}\.\d{1,3}\.\d{1,3}\.(\d{1,3})(?![\d.]))");
  return change_number(lines[at], last_octet, other,
                       [&](int value) { return other % 2 == 0 ? value ^ 1 : value ^ 16; });
}

bool change_address6(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex group(R"(fd00:(\d{1,4}):)");
  return change_number(lines[at], group, other, [](int value) { return value + 1; });
}

bool lose_word(Lines& lines, std::size_t at, std::size_t other) {
  static constexpr std::array<const char*, 12> words{"established", "log",  "host",    "any",
                                                     "extended",    "new",  "related", "range",
                                                     "eq",          "goto", "vmap",    "counter"};
  return replace_word(lines[at], words[other % words.size()], "");
}

// A name that another line has at the same place.
bool take_other_name(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex name(
      R"((object-group |access-group |traffic-filter |access-list |@|goto |jump )([\w.-]{3,}))");
  std::smatch mine, theirs;
  const std::string line = lines[at];
  if (!std::regex_search(line, mine, name)) return false;
  for (std::size_t step = 1; step < lines.size(); ++step) {
    const std::string& candidate = lines[(at + other + step) % lines.size()];
    if (!std::regex_search(candidate, theirs, name) || theirs[1] != mine[1] || theirs[2] == mine[2]) continue;
    lines[at].replace(static_cast<std::size_t>(mine.position(2)), static_cast<std::size_t>(mine.length(2)),
                      theirs[2].str());
    return true;
  }
  return false;
}

bool drop_list_item(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex item(R"((,\s*[^,{}]+)|([^,{} ]+,))");
  const std::string line = lines[at];
  const std::vector<std::smatch> found(std::sregex_iterator(line.begin(), line.end(), item), {});
  if (found.empty()) return false;
  const std::smatch& match = found[other % found.size()];
  lines[at].erase(static_cast<std::size_t>(match.position()), static_cast<std::size_t>(match.length()));
  return true;
}

bool add_vlan(Lines& lines, std::size_t at, std::size_t other) {
  if (lines[at].find("allowed vlan") == std::string::npos) return false;
  lines[at] += "," + std::to_string(2 + other % 4000);
  return true;
}

// What other tools have done: members of two groups in one, because their names came out the same.
bool merge_groups(Lines& lines, std::size_t at, std::size_t other) {
  static const std::regex definition(R"(^\s*(?:object-group (?:v6-)?\w+ |set )([\w.-]{3,}))");
  std::smatch mine, theirs;
  const std::string line = lines[at];
  if (!std::regex_search(line, mine, definition)) return false;
  for (std::size_t step = 1; step < lines.size(); ++step) {
    const std::string& candidate = lines[(at + other + step) % lines.size()];
    if (!std::regex_search(candidate, theirs, definition) || theirs[1] == mine[1]) continue;
    const std::string from = mine[1].str(), to = theirs[1].str();
    for (std::string& each : lines) replace_word(each, from, to);
    return true;
  }
  return false;
}

// What other tools have done: replies that could as well be new connections.
bool lose_established(Lines& lines, std::size_t at, std::size_t) {
  return replace_word(lines[at], "established", "");
}

// What other tools have done: a port operator that was not understood, and left out.
bool lose_ports(Lines& lines, std::size_t at, std::size_t) {
  static const std::regex ports(
      R"( (?:(?:eq|neq|lt|gt) \w+|range \w+ \w+|(?:tcp|udp|th) [sd]port (?:\{[^}]*\}|\S+)))");
  const std::string changed =
      std::regex_replace(lines[at], ports, "", std::regex_constants::format_first_only);
  return std::exchange(lines[at], changed) != changed;
}

struct NamedMistake {
  std::string_view kind;
  Mistake make;
};
constexpr NamedMistake mistakes[] = {
    {"drop a line", drop_line},
    {"duplicate a line", duplicate_line},
    {"swap with the next line", swap_with_next},
    {"swap with a far line", swap_far},
    {"permit for deny", turn_action},
    {"another protocol", turn_protocol},
    {"another direction", turn_direction},
    {"another port", change_port},
    {"another number", change_any_number},
    {"another prefix length", change_length},
    {"another mask", change_mask},
    {"another IPv4 address", change_address},
    {"another IPv6 network", change_address6},
    {"lose a word", lose_word},
    {"another group or list", take_other_name},
    {"lose an item of a list", drop_list_item},
    {"one VLAN more", add_vlan},
    {"two groups of one name", merge_groups},
    {"lose `established`", lose_established},
    {"lose the ports", lose_ports},
};

std::string joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

Mutator::Mutator(std::string_view text, std::uint64_t seed) : random_(seed) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines_.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::size_t Mutator::draw(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

std::optional<Mutant> Mutator::next() {
  if (lines_.empty()) return std::nullopt;
  const NamedMistake& mistake = mistakes[draw(std::size(mistakes))];
  const std::size_t at = draw(lines_.size());
  const std::size_t other = draw(1U << 20U);
  Lines changed = lines_;
  if (!mistake.make(changed, at, other) || changed == lines_) return std::nullopt;
  return Mutant{.kind = mistake.kind, .line = at + 1, .text = joined(changed)};
}

}  // namespace cordon::test
