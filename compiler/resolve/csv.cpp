// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/csv.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "compiler/base/spelling.h"
#include "compiler/resolve/resolver.h"
#include "compiler/syntax/printable.h"

namespace cordon::resolve {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 63 || text[0] < 'a' || text[0] > 'z') return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

CsvReader::CsvReader(std::string_view text, source::FileId file, char separator,
                     std::deque<std::string>& storage)
    : text_(text), file_(file), separator_(separator), storage_(storage) {
  if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

void CsvReader::skip_line_end() {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
}

bool CsvReader::next(std::vector<CsvField>& record) {
  record.clear();
  while (at_ < text_.size() && at_line_end()) skip_line_end();
  if (at_ >= text_.size() || failed_) return false;
  for (;;) {
    record.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted_field() : plain_field());
    if (failed_) return false;
    if (at_line_end()) break;
    ++at_;  // the separator
  }
  skip_line_end();
  return true;
}

CsvField CsvReader::plain_field() {
  const std::size_t begin = at_;
  while (!at_line_end() && text_[at_] != separator_) ++at_;
  const std::string_view text = trimmed(text_.substr(begin, at_ - begin));
  const std::size_t from = text.empty() ? begin : static_cast<std::size_t>(text.data() - text_.data());
  return {text, range(from, from + text.size())};
}

CsvField CsvReader::quoted_field() {
  const std::size_t begin = at_++;
  std::string unquoted;
  for (;;) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) {
      failed_ = true;
      failure_ = range(begin, begin + 1);
      return {};
    }
    unquoted += text_.substr(at_, quote - at_);
    at_ = quote + 1;
    if (at_ >= text_.size() || text_[at_] != '"') break;
    unquoted += '"';
    ++at_;
  }
  if (!at_line_end() && text_[at_] != separator_) {
    failed_ = true;
    failure_ = range(at_, at_ + 1);
  }
  storage_.push_back(std::move(unquoted));
  return {storage_.back(), range(begin, at_)};
}

namespace {

// Which column of the file holds which field of a host.
struct Columns {
  static constexpr std::size_t absent = SIZE_MAX;
  std::size_t name = absent, network = absent, ipv4 = absent, ipv6 = absent, description = absent;
};

std::size_t* field_of(Columns& columns, std::string_view field) {
  if (field == "name") return &columns.name;
  if (field == "network") return &columns.network;
  if (field == "ipv4") return &columns.ipv4;
  if (field == "ipv6") return &columns.ipv6;
  return field == "description" ? &columns.description : nullptr;
}

// Headings equal to the keys of a host, but for those that `columns:` names. Nothing when one is missing,
// which is then said.
std::optional<Columns> columns_of(const syntax::CsvHosts& csv, const std::vector<CsvField>& heading,
                                  const std::string& path, diagnostics::Diagnostics& diagnostics) {
  Columns columns;
  for (std::size_t index = heading.size(); index-- > 0;) {
    std::size_t* column = field_of(columns, heading[index].text);
    if (column != nullptr) *column = index;
  }
  const syntax::Text assumed{"name", csv.file.range};
  bool complete = true;
  const auto missing = [&](const syntax::Text& title) {
    NearestName nearest(title.value);
    for (const CsvField& each : heading) nearest.consider(each.text);
    auto builder = diagnostics.build(kind::csv_missing_column, title.range, path, title.value);
    builder.label(heading.front().range, "the heading of the file");
    if (!nearest.result().empty()) builder.help("did you mean `{}`?", syntax::for_message(nearest.result()));
    if (&title == &assumed)
      builder.help("say which heading holds it, for example `columns: {{name: hostname}}`");
    builder.emit();
    complete = false;
  };
  bool named = false;
  for (const auto& [field, title] : csv.columns) {
    named = named || field.value == "name";
    const auto found = std::ranges::find(heading, title.value, &CsvField::text);
    std::size_t* column = field_of(columns, field.value);
    if (found != heading.end() && column != nullptr) {
      *column = static_cast<std::size_t>(found - heading.begin());
    } else {
      missing(title);
    }
  }
  if (!named && columns.name == Columns::absent) missing(assumed);
  return complete ? std::optional(columns) : std::nullopt;
}

syntax::Text field_text(const std::vector<CsvField>& record, std::size_t column) {
  if (column >= record.size() || record[column].text.empty()) return {};
  return {record[column].text, record[column].range};
}

}  // namespace

// Every row becomes a host, as if it had been written under `hosts:`.
void Resolver::read_inventory(ScopeId scope, const syntax::CsvHosts& csv, const syntax::File& file) {
  const std::string path =
      (std::filesystem::path(project_.sources.path(file.file)).parent_path() / csv.file.value)
          .lexically_normal()
          .generic_string();
  const auto inventory = project_.inventories.find(path);
  if (inventory == project_.inventories.end()) return;  // reported when it was read
  inventory_broken_ = true;                             // until the end is reached
  const char separator = csv.separator.present() ? csv.separator.value.front() : ',';
  CsvReader reader(project_.sources.text(inventory->second), inventory->second, separator, inventory_texts_);
  std::vector<CsvField> heading;
  if (!reader.next(heading)) {
    diagnostics_
        .build(kind::csv_malformed, reader.failed() ? reader.failure() : csv.file.range, path,
               "has no heading")
        .help("the first line names the columns")
        .emit();
    return;
  }
  const std::optional<Columns> columns = columns_of(csv, heading, path, diagnostics_);
  if (!columns) return;
  bool complete = true;
  std::vector<CsvField> record;
  while (reader.next(record)) {
    complete = add_inventory_row(scope, csv, record, heading.size(), columns->name,
                                 {columns->network, columns->ipv4, columns->ipv6}) &&
               complete;
  }
  inventory_broken_ = !complete || reader.failed();
  if (reader.failed()) {
    diagnostics_.build(kind::csv_malformed, reader.failure(), path, "has a quote that does not fit")
        .help("a field in quotes ends with a quote before the separator; a quote inside is doubled")
        .emit();
  }
}

bool Resolver::add_inventory_row(ScopeId scope, const syntax::CsvHosts& csv,
                                 const std::vector<CsvField>& record, std::size_t width,
                                 std::size_t name_column, const std::array<std::size_t, 3>& columns) {
  const Range row{record.front().range.file, record.front().range.begin, record.back().range.end};
  if (record.size() != width) {
    diagnostics_.build(kind::csv_width, row, record.size(), width)
        .help("write an empty field where there is nothing to say")
        .emit();
    return false;
  }
  syntax::Host host;
  host.range = row;
  host.name = field_text(record, name_column);
  if (!is_name(host.name.value)) {
    diagnostics_
        .build(kind::csv_bad_name, host.name.present() ? host.name.range : row,
               syntax::for_message(host.name.value))
        .help("a name is small letters, digits and `-`, begins with a letter and has 63 characters at most")
        .emit();
    return false;
  }
  host.network = field_text(record, columns[0]);
  if (!host.network.present()) host.network = csv.network;
  if (!host.network.present()) {
    diagnostics_.build(kind::host_without_network, row, host.name.value)
        .help("fill the network's column, or give `network:` beside `file:`")
        .emit();
    return false;
  }
  host.ipv4 = field_text(record, columns[1]);
  host.ipv6 = field_text(record, columns[2]);
  inventory_hosts_.push_back(host);
  hosts_.push_back({&inventory_hosts_.back(), scope});
  return true;
}

}  // namespace cordon::resolve
