// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Access lists: one of each family for every filter, never empty and never left undefined, since an
// interface bound to such a list is open.
//
// The unwritten last entries of an IPv6 list permit neighbour discovery. The last entry that is
// written here denies everything and comes before them, so a list permits what it lists.

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/common/names.h"
#include "backends/common/remarks.h"
#include "compiler/base/check.h"

namespace cordon::backends::cisco_ios {
namespace {

using config::Action;
using config::Device;
using config::Filter;
using config::Role;
using config::Rule;
using packet::AddressSet;
using packet::Family;

std::vector<const Rule*> rules_of(const Filter& filter, Family family) {
  std::vector<const Rule*> found;
  for (const Rule& rule : filter.rules) {
    if (rule.family == family) found.push_back(&rule);
  }
  return found;
}

void begin_list(Family family, std::string_view name, Writer& out) {
  out << (family == Family::ipv4 ? Literal("ip access-list extended ") : Literal("ipv6 access-list "));
  out.word(name).end();
}

// Writes the entries of one list, counting in tens.
class ListWriter {
 public:
  ListWriter(const Device& device, const Spelling& spelling, const Operands& operands, Family family,
             Writer& out)
      : device_(device), spelling_(spelling), operands_(operands), family_(family), out_(out) {}

  void write(const std::vector<const Rule*>& rules) {
    const std::vector<Remark> notes = remarks(device_, rules, max_remark);
    auto note = notes.begin();
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (note != notes.end() && note->rule == i) {
        begin_entry();
        (out_ << "remark ").comment(note->text, max_remark).end(rules[i]->origin);
        ++note;
      }
      write_rule(*rules[i]);
    }
    if (rules.empty() || !denies_everything(*rules.back())) write_last_deny();
  }

 private:
  void begin_entry() {
    sequence_ += 10;
    out_ << (family_ == Family::ipv4 ? Literal(" ") : Literal(" sequence ")) << sequence_ << " ";
  }

  void write_last_deny() {
    begin_entry();
    out_ << "deny " << every_protocol() << " any any log";
    out_.end();
  }

  void write_rule(const Rule& rule) {
    const AddressText& source = operands_.addresses[rule.source.value];
    const AddressText& destination = operands_.addresses[rule.destination.value];
    const ServiceTexts& services = operands_.services[rule.services.value];
    const bool grouped = family_ == Family::ipv4 && !spelling_.avoids_groups(rule);
    if (grouped && !services.group.protocol.empty()) {
      write_addresses(rule, services.group, source, destination, grouped);
      for (const ServiceText& service : services.beside) {
        write_addresses(rule, service, source, destination, grouped);
      }
    } else {
      for (const ServiceText& service : services.spelled) {
        write_addresses(rule, service, source, destination, grouped);
      }
    }
  }

  void write_addresses(const Rule& rule, const ServiceText& service, const AddressText& source,
                       const AddressText& destination, bool grouped) {
    for_each_text(source, grouped, [&](const std::string& from) {
      for_each_text(destination, grouped,
                    [&](const std::string& to) { write_entry(rule, service, from, to); });
    });
  }

  template <class Visit>
  static void for_each_text(const AddressText& text, bool grouped, Visit visit) {
    if (grouped && !text.group.empty()) {
      visit(text.group);
    } else {
      std::ranges::for_each(text.spelled, visit);
    }
  }

  // Sets that overlap may spell out the same entry twice, which the switch refuses.
  [[nodiscard]] bool written_before(const Rule& rule, const ServiceText& service, const std::string& from,
                                    const std::string& to) {
    std::string entry = rule.action == Action::permit ? "permit" : "deny";
    for (const std::string* part :
         {&service.protocol, &from, &service.source, &to, &service.destination, &service.tail})
      (entry += '\n') += *part;
    entry += static_cast<char>('0' + rule.fragments);
    return !written_.insert(std::move(entry)).second;
  }

  void write_entry(const Rule& rule, const ServiceText& service, const std::string& from,
                   const std::string& to) {
    if (written_before(rule, service, from, to)) return;
    begin_entry();
    out_ << (rule.action == Action::permit ? Literal("permit ") : Literal("deny "));
    if (service.protocol.empty()) {
      out_ << every_protocol();
    } else {
      out_.words(service.protocol);
    }
    (out_ << " ").words(from);
    if (!service.source.empty()) (out_ << " ").words(service.source);
    (out_ << " ").words(to);
    if (!service.destination.empty()) (out_ << " ").words(service.destination);
    if (!service.tail.empty()) (out_ << " ").words(service.tail);
    if (rule.fragments == static_cast<std::uint8_t>(packet::Fragment::later)) out_ << " fragments";
    if (rule.log) out_ << " log";
    out_.end(rule.origin);
  }

  [[nodiscard]] bool denies_everything(const Rule& rule) const {
    const packet::ServiceSet& terms = device_.services[rule.services].terms;
    return rule.action == Action::deny && device_.addresses[rule.source].addresses.is_all() &&
           device_.addresses[rule.destination].addresses.is_all() && terms.size() == 1 &&
           !terms.front().protocol && rule.fragments == packet::any_fragment;
  }

  [[nodiscard]] Literal every_protocol() const {
    return family_ == Family::ipv4 ? Literal("ip") : Literal("ipv6");
  }

  const Device& device_;
  const Spelling& spelling_;
  const Operands& operands_;
  Family family_;
  Writer& out_;
  std::uint32_t sequence_ = 0;
  std::unordered_set<std::string> written_;
};

std::size_t members(const AddressSet& addresses) { return addresses.prefixes().size(); }

}  // namespace

Spelling::Spelling(const Device& device) : device_(device) {
  const auto add = [this](const std::optional<packet::Address>& address) {
    if (address) own_.push_back(*address);
  };
  for (const config::Interface& interface : device.interfaces) {
    if (interface.ipv4) add(interface.ipv4->address);
    if (interface.ipv6) add(interface.ipv6->address);
    if (!interface.redundancy) continue;
    add(interface.redundancy->ipv4);
    add(interface.redundancy->ipv6);
  }
  std::ranges::sort(own_);
}

bool Spelling::is_own(const AddressSet& addresses) const {
  if (addresses.empty()) return false;
  const packet::AddressRange& first = addresses.ranges().front();
  return first.first == first.last &&
         std::ranges::binary_search(own_, packet::Address{addresses.family(), first.first});
}

bool Spelling::avoids_groups(const Rule& rule) const {
  if (rule.role == Role::infrastructure || rule.role == Role::own_address) return true;
  const AddressSet& source = device_.addresses[rule.source].addresses;
  const AddressSet& destination = device_.addresses[rule.destination].addresses;
  if (is_own(source) || is_own(destination)) return true;
  return rule.action == Action::deny && members(source) * members(destination) <= max_spelled_deny;
}

std::vector<ListNames> write_access_lists(const Device& device, const Operands& operands, Writer& out) {
  const Spelling spelling(device);
  std::vector<Writer> bodies;
  std::vector<NamedThing> things;
  for (const Filter& filter : device.filters) {
    for (const Family family : packet::families) {
      Writer body(filter.rules.size() * 64);
      ListWriter(device, spelling, operands, family, body).write(rules_of(filter, family));
      things.push_back({filter.name + (family == Family::ipv4 ? "" : "-v6"), digest(body.text())});
      bodies.push_back(std::move(body));
    }
  }
  const std::vector<std::string> names = versioned_names(things, max_list_name);
  std::vector<ListNames> lists;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool v4 = i % 2 == 0;
    begin_list(v4 ? Family::ipv4 : Family::ipv6, names[i], out);
    out.append(bodies[i]);
    out.line("!");
    if (v4) lists.push_back({names[i], names[i + 1]});
  }
  return lists;
}

}  // namespace cordon::backends::cisco_ios
