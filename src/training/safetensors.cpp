#include "training/safetensors.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/join.hpp"
#include "core/json_reader.hpp"

namespace quarterturn {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeader = 100'000'000;  // the format's own limit
constexpr std::string_view kMetadata = "__metadata__";

/// Bytes an element; 0 for a type that the format does not have.
std::size_t element_size(std::string_view type) {
  struct Size {
    std::string_view type;
    std::size_t bytes;
  };
  constexpr std::array<Size, 15> kSizes = {{{"F64", 8},
                                            {"I64", 8},
                                            {"U64", 8},
                                            {"F32", 4},
                                            {"I32", 4},
                                            {"U32", 4},
                                            {"F16", 2},
                                            {"BF16", 2},
                                            {"I16", 2},
                                            {"U16", 2},
                                            {"BOOL", 1},
                                            {"U8", 1},
                                            {"I8", 1},
                                            {"F8_E4M3", 1},
                                            {"F8_E5M2", 1}}};
  for (const Size& size : kSizes) {
    if (size.type == type) return size.bytes;
  }
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
  std::string name;
  std::optional<std::string> type;
  std::optional<std::vector<std::uint64_t>> shape;
  std::optional<std::vector<std::uint64_t>> offsets;
};

/// Event by event, so that it goes no deeper than the format does. Where it stops, `error` says why.
class HeaderReader final : public JsonEvents {
 public:
  std::vector<HeaderEntry> entries;  // in the order of the file; a name may come twice
  std::vector<std::pair<std::string, std::string>> metadata;
  Message error;

  bool start_object() override {
    if (place_ == Place::start) {
      place_ = Place::top;
    } else if (place_ == Place::top_value) {
      place_ = name_ == kMetadata ? Place::metadata : Place::entry;
    } else {
      return other(MessageCode::json_object);
    }
    return true;
  }
  bool end_object() override {
    place_ = place_ == Place::top ? Place::end : Place::top;
    return true;
  }
  bool key(const std::string& text) override {
    if (place_ == Place::top) {
      name_ = text;
      if (text != kMetadata) {
        entries.push_back({text, {}, {}, {}});
      } else if (has_metadata_) {
        error = {MessageCode::header_twice, {text}};
        return false;
      } else {
        has_metadata_ = true;
      }
      place_ = Place::top_value;
    } else {
      field_ = text;
      place_ = place_ == Place::metadata ? Place::metadata_value : Place::entry_value;
    }
    return true;
  }
  bool string(const std::string& text) override {
    if (place_ == Place::metadata_value) {
      metadata.emplace_back(field_, text);
      place_ = Place::metadata;
      return true;
    }
    if (place_ == Place::entry_value && field_ == "dtype") {
      std::optional<std::string>& type = entries.back().type;
      if (type.has_value()) return field_twice();
      type = text;
      place_ = Place::entry;
      return true;
    }
    return other(MessageCode::json_string);
  }
  bool start_array() override {
    if (place_ != Place::entry_value || (field_ != "shape" && field_ != "data_offsets"))
      return other(MessageCode::json_array);
    std::optional<std::vector<std::uint64_t>>& list = field_ == "shape" ? entries.back().shape : entries.back().offsets;
    if (list.has_value()) return field_twice();
    list.emplace();
    list_ = &*list;
    place_ = Place::list;
    return true;
  }
  bool end_array() override {
    place_ = Place::entry;
    return true;
  }
  bool count(std::uint64_t value) override {
    if (place_ != Place::list) return other(MessageCode::json_number);
    list_->push_back(value);
    return true;
  }
  bool other(MessageCode kind) override {
    const Message what = kind;
    if (name_.empty()) {
      error = {MessageCode::header_misplaced, {what}};
    } else if (field_.empty()) {
      error = {MessageCode::entry_misplaced, {name_, what}};
    } else {
      error = {MessageCode::field_misplaced, {name_, field_, what}};
    }
    return false;
  }

 private:
  enum class Place { start, top, top_value, metadata, metadata_value, entry, entry_value, list, end };

  bool field_twice() {
    error = {MessageCode::field_twice, {name_, field_}};
    return false;
  }

  Place place_ = Place::start;
  std::string name_;
  std::string field_;
  bool has_metadata_ = false;
  std::vector<std::uint64_t>* list_ = nullptr;
};

/// Heap sort through one function pointer: a few hundred bytes of code, where each std::sort adds some thousand.
using Order = bool (*)(const NamedTensor*, const NamedTensor*);
void sort(std::vector<const NamedTensor*>& list, Order before) {
  std::make_heap(list.begin(), list.end(), before);
  std::sort_heap(list.begin(), list.end(), before);
}
std::vector<const NamedTensor*> sorted(const std::vector<NamedTensor>& tensors, Order before) {
  std::vector<const NamedTensor*> list;
  list.reserve(tensors.size());
  for (const NamedTensor& tensor : tensors) list.push_back(&tensor);
  sort(list, before);
  return list;
}

bool by_name(const NamedTensor* a, const NamedTensor* b) { return a->first < b->first; }

/// By address, an empty tensor before the one that begins where it lies.
bool by_place(const NamedTensor* a, const NamedTensor* b) {
  const std::span<const std::uint8_t> x = a->second.bytes;
  const std::span<const std::uint8_t> y = b->second.bytes;
  return x.data() != y.data() ? x.data() < y.data() : x.size() < y.size();
}

/// Order in a file: falling element size, then name.
bool by_size(const NamedTensor* a, const NamedTensor* b) {
  const std::size_t x = element_size(a->second.type);
  const std::size_t y = element_size(b->second.type);
  return x != y ? x > y : a->first < b->first;
}

Error fault(const Message& detail) { return {MessageCode::safetensors, {detail}}; }

/// The entry as a view into `data`, or what is wrong with it.
Result<TensorView> view_entry(const HeaderEntry& entry, std::span<const std::uint8_t> data) {
  const std::string& name = entry.name;
  if (!entry.type.has_value() || !entry.shape.has_value() || !entry.offsets.has_value()) {
    return fault({MessageCode::entry_incomplete, {name}});
  }
  if (entry.offsets->size() != 2) return fault({MessageCode::offsets_two, {name}});
  const std::size_t element = element_size(*entry.type);
  if (element == 0) return fault({MessageCode::type_unknown, {name, *entry.type}});
  const std::uint64_t first = (*entry.offsets)[0];
  const std::uint64_t last = (*entry.offsets)[1];
  if (first > last || last > data.size()) {
    return fault({MessageCode::offsets_outside, {name, first, last, data.size()}});
  }
  const std::optional<std::uint64_t> wanted = byte_count(*entry.shape, element);
  if (!wanted.has_value() || *wanted != last - first) {
    return fault({MessageCode::shape_bytes, {name, describe(*entry.type, *entry.shape), last - first}});
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
    text += join({shape[i]});
  }
  return text + "]";
}

Result<SafetensorsView> SafetensorsView::parse(std::span<const std::uint8_t> file) {
  if (file.size() < kLengthBytes) return fault({MessageCode::file_short, {file.size()}});
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::uint64_t{file[i]} << (8 * i);
  if (length > kMaxHeader || length > file.size() - kLengthBytes) {
    return fault({MessageCode::header_long, {length, file.size()}});
  }
  const std::span<const std::uint8_t> header = file.subspan(kLengthBytes, static_cast<std::size_t>(length));
  const std::span<const std::uint8_t> data = file.subspan(kLengthBytes + static_cast<std::size_t>(length));

  HeaderReader reader;
  std::size_t wrong_byte = 0;
  if (!read_json(header, reader, wrong_byte)) {
    return fault(wrong_byte == 0 ? reader.error : Message(MessageCode::header_no_json, {wrong_byte}));
  }

  std::vector<NamedTensor> tensors;
  tensors.reserve(reader.entries.size());
  for (const HeaderEntry& entry : reader.entries) tensors.push_back({entry.name, {}});
  const NamedTensor* before = nullptr;
  for (const NamedTensor* tensor : sorted(tensors, by_name)) {
    if (before != nullptr && before->first == tensor->first) {
      return fault({MessageCode::header_twice, {tensor->first}});
    }
    before = tensor;
  }
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    Result<TensorView> tensor = view_entry(reader.entries[i], data);
    if (!tensor) return tensor.error();
    tensors[i].second = std::move(tensor).value();
  }
  const std::uint8_t* end = data.data();
  for (const NamedTensor* tensor : sorted(tensors, by_place)) {
    const std::span<const std::uint8_t> bytes = tensor->second.bytes;
    if (bytes.data() != end) {
      return fault({bytes.data() < end ? MessageCode::bytes_overlap : MessageCode::bytes_unused, {tensor->first}});
    }
    end += bytes.size();
  }
  if (end != data.data() + data.size()) return fault(MessageCode::bytes_left);

  SafetensorsView view;
  view.metadata_ = std::move(reader.metadata);
  view.tensors_.reserve(tensors.size());
  for (const NamedTensor* tensor : sorted(tensors, by_name)) view.tensors_.push_back(*tensor);
  return view;
}

const TensorView* SafetensorsView::find(std::string_view name) const {
  for (const NamedTensor& tensor : tensors_) {
    if (tensor.first == name) return &tensor.second;
  }
  return nullptr;
}

Result<std::span<const std::uint8_t>> SafetensorsView::get(std::string_view name, std::string_view type,
                                                           std::span<const std::uint64_t> shape) const {
  const TensorView* tensor = find(name);
  if (tensor == nullptr) return Error{MessageCode::tensor_missing, {name}};
  if (tensor->type != type || !std::equal(shape.begin(), shape.end(), tensor->shape.begin(), tensor->shape.end())) {
    return Error{MessageCode::tensor_unlike, {name, describe(tensor->type, tensor->shape), describe(type, shape)}};
  }
  return tensor->bytes;
}

const std::string* SafetensorsView::metadata(std::string_view key) const {
  const std::string* found = nullptr;
  for (const auto& entry : metadata_) {
    if (entry.first == key) found = &entry.second;  // the last of equals, as readers of JSON have it
  }
  return found;
}

void SafetensorsWriter::add(std::string name, std::string_view type, std::vector<std::uint64_t> shape,
                            std::span<const std::uint8_t> bytes) {
  tensors_.emplace_back(std::move(name), TensorView{std::string(type), std::move(shape), bytes});
}

void SafetensorsWriter::add(std::string name, std::vector<std::uint64_t> shape, std::span<const float> values) {
  add(std::move(name), "F32", std::move(shape), as_bytes_of(values));
}

void SafetensorsWriter::add(std::string name, std::vector<std::uint64_t> shape, std::span<const double> values) {
  add(std::move(name), "F64", std::move(shape), as_bytes_of(values));
}

void SafetensorsWriter::add_copy(std::string name, std::string_view type, std::vector<std::uint64_t> shape,
                                 std::span<const std::uint8_t> bytes) {
  add(std::move(name), type, std::move(shape), copies_.emplace_front(bytes.begin(), bytes.end()));
}

void SafetensorsWriter::add_metadata(std::string key, std::string value) {
  metadata_.emplace_back(std::move(key), std::move(value));
}

std::vector<std::uint8_t> SafetensorsWriter::write() const {
  std::string header = "{";
  if (!metadata_.empty()) {
    append_json(header, kMetadata);
    header += ":{";
    for (const auto& [key, value] : metadata_) {
      if (&key != &metadata_.front().first) header += ',';
      append_json(header, key);
      header += ':';
      append_json(header, value);
    }
    header += '}';
  }
  const std::vector<const NamedTensor*> order = sorted(tensors_, by_size);
  std::uint64_t offset = 0;
  for (const NamedTensor* named : order) {
    const TensorView& tensor = named->second;
    if (header.size() > 1) header += ',';
    append_json(header, named->first);
    header += ":{\"dtype\":";
    append_json(header, tensor.type);
    header += ",\"shape\":[";
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) header += join({i == 0 ? "" : ",", tensor.shape[i]});
    header += join({"],\"data_offsets\":[", offset, ",", offset + tensor.bytes.size(), "]}"});
    offset += tensor.bytes.size();
  }
  header += '}';
  header.resize((header.size() + 7) / 8 * 8, ' ');

  std::vector<std::uint8_t> file(kLengthBytes + header.size() + static_cast<std::size_t>(offset));
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    file[i] = static_cast<std::uint8_t>(std::uint64_t{header.size()} >> (8 * i));
  }
  std::uint8_t* out = std::copy(header.begin(), header.end(), file.data() + kLengthBytes);
  for (const NamedTensor* named : order) {
    out = std::copy(named->second.bytes.begin(), named->second.bytes.end(), out);
  }
  return file;
}

}  // namespace quarterturn
