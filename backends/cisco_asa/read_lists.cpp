// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines of access lists, where lists are bound, and who may use the device itself.
#include <algorithm>

#include "backends/cisco_asa/read_limits.h"
#include "backends/cisco_asa/read_walker.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

source::Range from_word(const CommandLine& line, std::size_t at) {
  return {line.range.file, line.range_of(at).begin, line.range.end};
}

}  // namespace

// `access-list NAME [line N] [extended] permit|deny|remark …`.
bool Walker::read_list_command(const CommandLine& line) {
  if (line.word(0) != "access-list") return false;
  const bool setting =
      line.words.size() == 3 && (line.word(1) == "deny-flow-max" || line.word(1) == "alert-interval");
  if (setting || line.words.size() < 3) {
    ignore();
    return true;
  }
  add_list_line(line, text_.lists[std::string(line.word(1))]);
  return true;
}

void Walker::add_list_line(const CommandLine& line, AccessList& list) {
  std::size_t at = 2;
  std::size_t place = list.lines.size();
  if (line.word(at) == "line") {
    const auto given = number<std::size_t>(line.word(at + 1));
    if (!given || *given == 0)
      return list.problems.push_back({line.range, "the place of a line is not understood"});
    place = std::min(place, *given - 1);
    at += 2;
  }
  if (line.word(at) == "extended") ++at;
  const std::string_view word = line.word(at);
  if (word == "standard" || word == "ethertype" || word == "webtype") {
    list.other_kind = true;
    return ignore();
  }
  if (word != "permit" && word != "deny" && word != "remark")
    return list.problems.push_back({line.range, "this line of the list is not understood"});
  if (place < list.lines.size() && ++list.insertions > most_insertions)
    return list.problems.push_back({line.range, "too many lines are put between others"});
  const bool remark = word == "remark";
  list.lines.insert(list.lines.begin() + static_cast<std::ptrdiff_t>(place),
                    {from_word(line, remark ? at + 1 : at), remark});
}

// `access-group LIST in|out interface IF [control-plane]`, `access-group LIST global`.
bool Walker::read_binding_command(const CommandLine& line, bool add) {
  if (line.word(0) != "access-group") return false;
  const std::string_view direction = line.word(2);
  const BoundList bound = add ? BoundList{std::string(line.word(1)), line.range} : BoundList{};
  if (direction == "global" && line.words.size() == 3) {
    text_.global = bound;
    return true;
  }
  const std::string_view option = line.word(5);
  const bool understood = (direction == "in" || direction == "out") && line.word(3) == "interface" &&
                          !line.word(4).empty() && line.words.size() <= 6 &&
                          (option.empty() || option == "control-plane");
  if (!understood) {
    refuse(line.range, "where the list is bound is not understood");
    return true;
  }
  Bindings& bindings = text_.bindings[std::string(line.word(4))];
  (option == "control-plane" ? bindings.control_plane
   : direction == "in"       ? bindings.in
                             : bindings.out) = bound;
  return true;
}

void Walker::set_management_line(const CommandLine& line, std::size_t at, bool add, ServiceText& service) {
  const std::string_view said = line.rest(at);
  std::erase_if(service.lines, [&](source::Range known) { return sources_.text(known) == said; });
  if (add) service.lines.push_back(from_word(line, at));
}

// `ssh|telnet|http ADDRESS MASK IF`, `[ipv6] icmp permit|deny …`, `http server enable [PORT]`.
bool Walker::read_management_command(const CommandLine& line, bool add) {
  const std::string_view word = line.word(0);
  ManagementText& management = text_.management;
  constexpr std::uint16_t https = 443;
  const bool acts = line.word(1) == "permit" || line.word(1) == "deny";
  const bool acts6 = begins(line, {"ipv6", "icmp"}) && (line.word(2) == "permit" || line.word(2) == "deny");
  const bool about_access = text_.address(line.word(1)) || packet::parse_prefix(line.word(1));
  if (begins(line, {"http", "server", "enable"})) {
    management.http_port.reset();
    if (add) management.http_port = line.words.size() > 3 ? number<std::uint16_t>(line.word(3)) : https;
  } else if (word == "icmp" && acts) {
    set_management_line(line, 1, add, management.icmp);
  } else if (acts6) {
    set_management_line(line, 2, add, management.icmp6);
  } else if (about_access && word == "ssh") {
    set_management_line(line, 1, add, management.ssh);
  } else if (about_access && word == "telnet") {
    set_management_line(line, 1, add, management.telnet);
  } else if (about_access && word == "http") {
    set_management_line(line, 1, add, management.http);
  } else {
    return false;
  }
  return true;
}

}  // namespace cordon::backends::cisco_asa::reading
