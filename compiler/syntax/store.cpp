// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/store.h"

namespace cordon::syntax {

void put_hosts(Reader& reader, const yaml::Entry& entry, const Key& key, void* file) {
  File& into = *static_cast<File*>(file);
  if (entry.value.tag() != yaml::Tag::csv) return reader.read(entry, key, into.hosts);
  CsvHosts& csv = into.csv_hosts.emplace_back();
  csv.range = Reader::item_range(entry);
  reader.read_record(entry.value, *key.type.tagged, entry.key.range(), &csv);
}

void put_columns(Reader& reader, const yaml::Entry& entry, const Key& key, void* csv_hosts) {
  reader.read_record(entry.value, *key.type.record, entry.key.range(), csv_hosts);
}

void put_column(Reader& reader, const yaml::Entry& entry, const Key& key, void* csv_hosts) {
  Text heading;
  reader.read(entry, key, heading);
  static_cast<CsvHosts*>(csv_hosts)->columns.emplace_back(Text{entry.key.text(), entry.key.range()}, heading);
}

void put_separator(Reader& reader, const yaml::Entry& entry, const Key& key, void* csv_hosts) {
  Text& separator = static_cast<CsvHosts*>(csv_hosts)->separator;
  reader.read(entry, key, separator);
  if (separator.value == "tab") separator.value = "\t";
}

void put_ports(Reader& reader, const yaml::Entry& entry, const Key& key, void* device) {
  reader.read_map(entry, key, static_cast<Device*>(device)->ports, device);
}

void put_redundancy(Reader& reader, const yaml::Entry& entry, const Key& key, void* interface) {
  auto& redundancy = static_cast<Interface*>(interface)->redundancy;
  reader.read(entry, key, redundancy);
  redundancy->protocol = {entry.key.text(), entry.key.range()};
}

void put_default(Reader& reader, const yaml::Entry& entry, const Key& key, void* parameter) {
  Parameter& into = *static_cast<Parameter*>(parameter);
  reader.read(entry, key, into.default_values);
  into.has_default = true;
}

void put_assertion(Reader& reader, const yaml::Entry& entry, const Key& key, void* assertion) {
  Assertion& into = *static_cast<Assertion*>(assertion);
  into.kind = {entry.key.text(), entry.key.range()};
  reader.read_record(entry.value, *key.type.record, entry.key.range(), &into);
}

void put_expectation(Reader& reader, const yaml::Entry& entry, const Key& key, void* test) {
  PolicyTest& into = *static_cast<PolicyTest*>(test);
  into.expect = {entry.key.text(), entry.key.range()};
  reader.read_record(entry.value, *key.type.record, entry.key.range(), &into);
}

}  // namespace cordon::syntax
