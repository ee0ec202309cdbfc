// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Expectations that stand in a configuration as comments, and what a reading says to them.
//
//   ! expect: in=Vlan10 out=Vlan20 tcp 10.0.0.1:1024 > 10.0.1.1:80 [type=8] [flags=syn+ack] [later] permit ;
//   ref: … ! expect: in=Vlan10 own udp 10.0.0.1:68 > 10.0.0.254:67 deny ; ref: … ! expect: gap 12 the words
//   of a reason ; ref: … ! expect: gaps 0 | ignored 2 | filters 3 ; ref: … ! expect: interface Vlan10 is vlan
//   10 10.0.0.1/24 ; ref: …     the texts of `interface_text` and so on ! expect: port … is … | vlan 10 is …
//   | interface Vlan10 missing ; ref: …
//
// Protocols are names or numbers; IPv6 addresses stand in brackets; TCP flags are none unless said. Packets
// are new unless `established` or `related` stands there. Interfaces go by their ports or their names.
#ifndef TESTS_SUPPORT_READ_EXPECTATIONS_H
#define TESTS_SUPPORT_READ_EXPECTATIONS_H

#include <filesystem>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/config/reading.h"
#include "compiler/packet/match.h"

namespace cordon::test {

using ReadConfiguration = config::Reading (*)(const source::Sources&, std::span<const source::FileId>);

struct Read {
  source::Sources sources;
  source::FileId file;
  config::Reading reading;
};
void read_into(Read& read, ReadConfiguration reader, std::string text);

// What the reading says of a packet, by the composition that reading.h states. `out` empty: for the device.
[[nodiscard]] config::Action verdict(const config::Reading& reading, std::string_view in,
                                     std::string_view out, const packet::Packet& packet);

// Checks every expectation in the text; returns how many there were.
std::size_t check_expectations(std::string_view name, const std::string& text, ReadConfiguration reader);

// Files of `tests/FOLDER`, by name, and what is in one.
[[nodiscard]] std::vector<std::filesystem::path> configurations(std::string_view folder);
[[nodiscard]] std::string text_of(const std::filesystem::path& path);

// Whatever the text, a reading can be worked with.
[[nodiscard]] bool is_sound(const config::Reading& reading);

// Some bytes changed, taken out or doubled, or the rest cut off.
[[nodiscard]] std::string damaged(std::string text, std::mt19937& random);

// What every reader of configurations has to bear, tried with the files of a folder.
void check_line_ends(std::string_view folder, ReadConfiguration reader);
void check_damage(std::string_view folder, ReadConfiguration reader);
void check_truncation(std::string_view folder, ReadConfiguration reader);

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_READ_EXPECTATIONS_H
