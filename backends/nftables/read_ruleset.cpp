// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_ruleset.h"

#include <algorithm>
#include <iterator>

namespace cordon::backends::nftables::reading {
namespace {

template <class T>
struct Word {
  std::string_view word;
  T value;
};

constexpr Word<TableFamily> families[] = {{"ip", TableFamily::ip},         {"ip6", TableFamily::ip6},
                                          {"inet", TableFamily::inet},     {"arp", TableFamily::arp},
                                          {"bridge", TableFamily::bridge}, {"netdev", TableFamily::netdev}};
constexpr Word<Hook> hooks[] = {{"prerouting", Hook::prerouting},
                                {"input", Hook::input},
                                {"forward", Hook::forward},
                                {"output", Hook::output},
                                {"postrouting", Hook::postrouting},
                                {"ingress", Hook::ingress},
                                {"egress", Hook::egress}};
constexpr Word<ChainType> types[] = {
    {"filter", ChainType::filter}, {"nat", ChainType::nat}, {"route", ChainType::route}};

template <class T, std::size_t size>
T find(const Word<T> (&words)[size], std::string_view word, T otherwise) {
  const auto* const found = std::ranges::find(words, word, &Word<T>::word);
  return found == std::end(words) ? otherwise : found->value;
}

template <class T>
T& find_or_make(std::deque<T>& all, std::map<std::string, T*, std::less<>>& names, std::string_view name,
                Range range) {
  const auto found = names.find(name);
  if (found != names.end()) return *found->second;
  T& made = all.emplace_back();
  made.name = std::string(name);
  made.range = range;
  names.emplace(made.name, &made);
  return made;
}

Table* find_table(Ruleset& ruleset, const Place& place) {
  const auto found = ruleset.tables.find({place.family, place.table});
  return found == ruleset.tables.end() ? nullptr : found->second.get();
}

bool names_set(std::string_view what) { return what == "set" || what == "map" || what == "meter"; }

}  // namespace

Chain& Table::chain(std::string_view called, Range place) {
  return find_or_make(chains, chain_names, called, place);
}
Set& Table::set(std::string_view called, Range place) { return find_or_make(sets, set_names, called, place); }

Table& Ruleset::table(const TableKey& key, Range range) {
  std::unique_ptr<Table>& table = tables[key];
  if (!table) {
    table = std::make_unique<Table>();
    table->family = key.first;
    table->name = key.second;
    table->range = range;
  }
  return *table;
}

bool delete_object(Ruleset& ruleset, std::string_view what, const Place& place) {
  Table* const table = find_table(ruleset, place);
  if (what == "table") {
    ruleset.tables.erase({place.family, place.table});
  } else if (what == "chain") {
    if (table != nullptr) table->chain_names.erase(place.name);
  } else if (names_set(what)) {
    if (table != nullptr) table->set_names.erase(place.name);
  } else {
    return false;
  }
  return true;
}

bool flush_object(Ruleset& ruleset, std::string_view what, const Place& place) {
  if (what == "ruleset") {
    ruleset.tables.clear();
    return true;
  }
  Table* const table = find_table(ruleset, place);
  if (what == "table") {
    if (table != nullptr) std::ranges::for_each(table->chains, [](Chain& chain) { chain.rules.clear(); });
  } else if (what == "chain") {
    if (table == nullptr) return true;
    const auto found = table->chain_names.find(place.name);
    if (found != table->chain_names.end()) found->second->rules.clear();
  } else if (names_set(what)) {
    if (table == nullptr) return true;
    const auto found = table->set_names.find(place.name);
    if (found != table->set_names.end()) found->second->elements.clear();
  } else {
    return false;
  }
  return true;
}

bool find_family(std::string_view word, TableFamily& family) {
  const auto* const found = std::ranges::find(families, word, &Word<TableFamily>::word);
  if (found == std::end(families)) return false;
  family = found->value;
  return true;
}

Hook hook_named(std::string_view word) { return find(hooks, word, Hook::other); }
ChainType chain_type_named(std::string_view word) { return find(types, word, ChainType::other); }

}  // namespace cordon::backends::nftables::reading
