#include "training/safetensors.hpp"

#define JSON_NOEXCEPTION
#define JSON_NO_IO
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace quarterturn {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeader = 100'000'000;  // the format's own limit
constexpr std::string_view kMetadata = "__metadata__";

/// Bytes an element; 0 for a type that the format does not have.
std::size_t element_size(std::string_view type) {
  if (type == "F64" || type == "I64" || type == "U64") return 8;
  if (type == "F32" || type == "I32" || type == "U32") return 4;
  if (type == "F16" || type == "BF16" || type == "I16" || type == "U16") return 2;
  if (type == "BOOL" || type == "U8" || type == "I8" || type == "F8_E4M3" || type == "F8_E5M2") return 1;
  return 0;
}

/// Product of the dimensions times the element size, or nothing where that leaves 64 bits.
std::optional<std::uint64_t> byte_count(std::span<const std::uint64_t> shape, std::uint64_t element) {
  std::uint64_t bytes = element;
  for (const std::uint64_t dimension : shape) {
    if (dimension != 0 && bytes > UINT64_MAX / dimension) return std::nullopt;
    bytes *= dimension;
  }
  return bytes;
}

struct HeaderEntry {
  std::optional<std::string> type;
  std::optional<std::vector<std::uint64_t>> shape;
  std::optional<std::vector<std::uint64_t>> offsets;
};

/// Reads the header event by event: unlike a JSON tree this sees duplicate names, and it goes no deeper than the
/// format does. Every function returns false to stop; `error` then says why.
class HeaderReader {
 public:
  using json = nlohmann::json;

  std::map<std::string, HeaderEntry, std::less<>> entries;
  std::map<std::string, std::string, std::less<>> metadata;
  std::string error;

  bool start_object(std::size_t) {
    if (place_ == Place::start) {
      place_ = Place::top;
    } else if (place_ == Place::top_value) {
      place_ = name_ == kMetadata ? Place::metadata : Place::entry;
    } else {
      return unexpected("an object");
    }
    return true;
  }
  bool end_object() {
    place_ = place_ == Place::top ? Place::end : Place::top;
    return true;
  }
  bool key(std::string& text) {
    if (place_ == Place::top) {
      name_ = text;
      if (!seen_.insert(text).second) return fail(text + ": the header names it twice");
      if (text != kMetadata) entries.try_emplace(text);
      place_ = Place::top_value;
    } else if (place_ == Place::metadata) {
      field_ = text;
      place_ = Place::metadata_value;
    } else {
      field_ = text;
      place_ = Place::entry_value;
    }
    return true;
  }
  bool string(std::string& text) {
    if (place_ == Place::metadata_value) {
      metadata[field_] = text;
      place_ = Place::metadata;
      return true;
    }
    if (place_ == Place::entry_value && field_ == "dtype") {
      std::optional<std::string>& type = entries.find(name_)->second.type;
      if (type.has_value()) return fail(name_ + ": the header gives its dtype twice");
      type = text;
      place_ = Place::entry;
      return true;
    }
    return unexpected("a string");
  }
  bool start_array(std::size_t) {
    if (place_ != Place::entry_value || (field_ != "shape" && field_ != "data_offsets")) return unexpected("an array");
    HeaderEntry& entry = entries.find(name_)->second;
    std::optional<std::vector<std::uint64_t>>& list = field_ == "shape" ? entry.shape : entry.offsets;
    if (list.has_value()) return fail(name_ + ": the header gives its " + field_ + " twice");
    list.emplace();
    list_ = &*list;
    place_ = Place::list;
    return true;
  }
  bool end_array() {
    place_ = Place::entry;
    return true;
  }
  bool number_unsigned(std::uint64_t value) {
    if (place_ != Place::list) return unexpected("a number");
    list_->push_back(value);
    return true;
  }
  bool number_integer(std::int64_t) { return unexpected("a negative number"); }
  bool number_float(double, const std::string&) { return unexpected("a number with a fraction"); }
  bool null() { return unexpected("null"); }
  bool boolean(bool) { return unexpected("a truth value"); }
  bool binary(std::vector<std::uint8_t>&) { return unexpected("binary data"); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    return fail("the header is not JSON (at its byte " + std::to_string(position) + ")");
  }

 private:
  enum class Place { start, top, top_value, metadata, metadata_value, entry, entry_value, list, end };

  bool fail(std::string message) {
    error = std::move(message);
    return false;
  }
  bool unexpected(const char* what) {
    const std::string where = name_.empty() ? "the header" : name_;
    return fail(where + (field_.empty() ? "" : ", " + field_) + ": " + what + " does not belong here");
  }

  Place place_ = Place::start;
  std::string name_;
  std::string field_;
  std::set<std::string, std::less<>> seen_;
  std::vector<std::uint64_t>* list_ = nullptr;
};

Error fault(std::string message) { return {"safetensors: " + std::move(message)}; }

/// The entry as a view into `data`, or what is wrong with it.
Result<TensorView> view_entry(const std::string& name, const HeaderEntry& entry, std::span<const std::uint8_t> data) {
  if (!entry.type.has_value() || !entry.shape.has_value() || !entry.offsets.has_value()) {
    return fault(name + ": dtype, shape or data_offsets is missing");
  }
  if (entry.offsets->size() != 2) return fault(name + ": data_offsets must be two numbers");
  const std::size_t element = element_size(*entry.type);
  if (element == 0) return fault(name + ": dtype " + *entry.type + " is unknown");
  const std::uint64_t first = (*entry.offsets)[0];
  const std::uint64_t last = (*entry.offsets)[1];
  if (first > last || last > data.size()) {
    return fault(name + ": data_offsets " + std::to_string(first) + ".." + std::to_string(last) + " lie outside the " +
                 std::to_string(data.size()) + " bytes of data; is the file cut short?");
  }
  const std::optional<std::uint64_t> wanted = byte_count(*entry.shape, element);
  if (!wanted.has_value() || *wanted != last - first) {
    return fault(name + ": " + describe(*entry.type, *entry.shape) + " does not fit its " +
                 std::to_string(last - first) + " bytes");
  }
  return TensorView{*entry.type, *entry.shape,
                    data.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first))};
}

void append_json(std::string& json, std::string_view text) {
  json += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (byte < 0x20) {
      json += "\\u00";
      json += "0123456789abcdef"[byte >> 4];
      json += "0123456789abcdef"[byte & 15];
    } else {
      json += byte < 0x80 ? c : '?';
    }
  }
  json += '"';
}

template <class T>
std::span<const std::uint8_t> as_bytes_of(std::span<const T> values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()};
}

}  // namespace

std::string describe(std::string_view type, std::span<const std::uint64_t> shape) {
  std::string text(type);
  text += " [";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i != 0) text += ", ";
    text += std::to_string(shape[i]);
  }
  return text + "]";
}

Result<SafetensorsView> SafetensorsView::parse(std::span<const std::uint8_t> file) {
  if (file.size() < kLengthBytes) return fault("the file has only " + std::to_string(file.size()) + " bytes");
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::uint64_t{file[i]} << (8 * i);
  if (length > kMaxHeader || length > file.size() - kLengthBytes) {
    return fault("a header of " + std::to_string(length) + " bytes is announced, the file has " +
                 std::to_string(file.size()) + "; is this a safetensors file?");
  }
  const std::span<const std::uint8_t> header = file.subspan(kLengthBytes, static_cast<std::size_t>(length));
  const std::span<const std::uint8_t> data = file.subspan(kLengthBytes + static_cast<std::size_t>(length));

  HeaderReader reader;
  if (!nlohmann::json::sax_parse(header.begin(), header.end(), &reader)) return fault(reader.error);

  SafetensorsView view;
  view.metadata_ = std::move(reader.metadata);
  std::vector<std::pair<TensorView, const std::string*>> places;
  for (const auto& [name, entry] : reader.entries) {
    Result<TensorView> tensor = view_entry(name, entry, data);
    if (!tensor) return tensor.error();
    places.emplace_back(tensor.value(), &name);
    view.tensors_.emplace(name, std::move(tensor).value());
  }
  // By address, an empty tensor before the one that begins where it lies.
  std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.bytes.data(), a.first.bytes.size()) <
           std::pair(b.first.bytes.data(), b.first.bytes.size());
  });
  const std::uint8_t* end = data.data();
  for (const auto& [tensor, name] : places) {
    if (tensor.bytes.data() < end) return fault(*name + ": its bytes overlap another tensor's");
    if (tensor.bytes.data() > end) return fault(*name + ": bytes before it belong to no tensor");
    end = tensor.bytes.data() + tensor.bytes.size();
  }
  if (end != data.data() + data.size()) return fault("bytes at the end belong to no tensor");
  return view;
}

const TensorView* SafetensorsView::find(std::string_view name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

Result<std::span<const std::uint8_t>> SafetensorsView::get(std::string_view name, std::string_view type,
                                                           std::span<const std::uint64_t> shape) const {
  const TensorView* tensor = find(name);
  if (tensor == nullptr) return Error{std::string(name) + ": the file has no such tensor"};
  if (tensor->type != type || !std::equal(shape.begin(), shape.end(), tensor->shape.begin(), tensor->shape.end())) {
    return Error{std::string(name) + ": found " + describe(tensor->type, tensor->shape) + ", wanted " +
                 describe(type, shape)};
  }
  return tensor->bytes;
}

const std::string* SafetensorsView::metadata(std::string_view key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? nullptr : &found->second;
}

void SafetensorsWriter::add(std::string name, std::string_view type, std::vector<std::uint64_t> shape,
                            std::span<const std::uint8_t> bytes) {
  tensors_.insert_or_assign(std::move(name), TensorView{std::string(type), std::move(shape), bytes});
}

void SafetensorsWriter::add(std::string name, std::vector<std::uint64_t> shape, std::span<const float> values) {
  add(std::move(name), "F32", std::move(shape), as_bytes_of(values));
}

void SafetensorsWriter::add(std::string name, std::vector<std::uint64_t> shape, std::span<const double> values) {
  add(std::move(name), "F64", std::move(shape), as_bytes_of(values));
}

void SafetensorsWriter::add_metadata(std::string key, std::string value) {
  metadata_.insert_or_assign(std::move(key), std::move(value));
}

std::vector<std::uint8_t> SafetensorsWriter::write() const {
  std::string header = "{";
  if (!metadata_.empty()) {
    append_json(header, kMetadata);
    header += ":{";
    bool first = true;
    for (const auto& [key, value] : metadata_) {
      if (!first) header += ',';
      first = false;
      append_json(header, key);
      header += ':';
      append_json(header, value);
    }
    header += '}';
  }
  std::vector<const TensorView*> order;
  std::uint64_t offset = 0;
  for (const std::size_t size : {8U, 4U, 2U, 1U}) {
    for (const auto& [name, tensor] : tensors_) {
      if (element_size(tensor.type) != size) continue;
      if (header.size() > 1) header += ',';
      append_json(header, name);
      header += ":{\"dtype\":";
      append_json(header, tensor.type);
      header += ",\"shape\":[";
      for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        if (i != 0) header += ',';
        header += std::to_string(tensor.shape[i]);
      }
      header +=
          "],\"data_offsets\":[" + std::to_string(offset) + ',' + std::to_string(offset + tensor.bytes.size()) + "]}";
      offset += tensor.bytes.size();
      order.push_back(&tensor);
    }
  }
  header += '}';
  header.resize((header.size() + 7) / 8 * 8, ' ');

  std::vector<std::uint8_t> file;
  file.reserve(kLengthBytes + header.size() + static_cast<std::size_t>(offset));
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    file.push_back(static_cast<std::uint8_t>(std::uint64_t{header.size()} >> (8 * i)));
  }
  file.insert(file.end(), header.begin(), header.end());
  for (const TensorView* tensor : order) file.insert(file.end(), tensor->bytes.begin(), tensor->bytes.end());
  return file;
}

}  // namespace quarterturn
