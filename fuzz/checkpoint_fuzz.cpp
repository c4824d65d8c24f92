// Saved runs and weights. The first byte of the input says what the rest is:
//   f  a file, given to restore()
//   w  a file, given to load_weights()
//   p  edits of a good checkpoint, since a whole one is too large to mutate: which checkpoint, then any number of
//      m ENTRY LENGTH TEXT       that metadata entry gets this text
//      v TABLE PLACE NUMBER      that number of a table (settings, history, position, result) gets this value (8 bytes)
//      r TABLE ROWS              the table's rows are cut to, or repeated up to, so many
//      d TENSOR                  the tensor is left out
//      t TENSOR                  the tensor is said to be F64 where it was F32, and the other way round
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "data/digits.hpp"
#include "fuzz/targets.hpp"
#include "training/experiment.hpp"
#include "training/safetensors.hpp"

namespace quarterturn::fuzz {
namespace {

/// A tiny experiment, and its checkpoints at the beginning, within every run and at the end.
class Bench {
 public:
  Bench() : data_(generated_source(7, 33, 6)) {
    ComputeOptions options;
    options.threads = 1;
    auto compute = Compute::create(options);
    require(compute.ok(), "no engine");
    compute_ = std::move(compute).value();
    const auto experiment = fresh();
    for (std::uint32_t step = 0; !experiment->progress().finished; ++step) {
      if (step % 3 == 0) checkpoints_.push_back(experiment->checkpoint());
      static_cast<void>(experiment->step());
    }
    checkpoints_.push_back(experiment->checkpoint());
  }

  [[nodiscard]] std::unique_ptr<Experiment> fresh() const {
    ExperimentSettings settings;
    for (FitSettings& fit : settings.fit) {
      fit.epochs = 2;
      fit.batch = 1;
      fit.validation_split = 0.3F;
    }
    settings[Run::pretext] = {50, 2, 0.001F, true, 0.0F, 0};
    auto experiment = Experiment::create(*compute_, data_, settings);
    require(experiment.ok(), "no experiment");
    return std::move(experiment).value();
  }
  [[nodiscard]] const std::vector<std::uint8_t>& checkpoint(std::size_t which) const {
    return checkpoints_[which % checkpoints_.size()];
  }

 private:
  DataSource data_;
  std::unique_ptr<Compute> compute_;
  std::vector<std::vector<std::uint8_t>> checkpoints_;
};

/// Takes bytes from the input's front; zeros when there are no more.
class Taker {
 public:
  explicit Taker(Bytes bytes) : bytes_(bytes) {}
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  std::uint8_t byte() { return bytes(1).empty() ? std::uint8_t{0} : last_[0]; }
  Bytes bytes(std::size_t count) {
    last_ = bytes_.first(std::min(count, bytes_.size()));
    bytes_ = bytes_.subspan(last_.size());
    return last_;
  }

 private:
  Bytes bytes_;
  Bytes last_;
};

struct Tensor {
  std::string name;
  std::string type;
  std::vector<std::uint64_t> shape;
  std::vector<std::uint8_t> bytes;
};

std::vector<std::uint8_t> edited(Bytes checkpoint, Bytes edits) {
  const auto view = SafetensorsView::parse(checkpoint);
  require(view.ok(), "the program's own checkpoint cannot be read");
  std::vector<Tensor> tensors;
  std::vector<std::size_t> tables;
  for (const auto& [name, tensor] : view.value().tensors()) {
    if (tensor.type == "F64" || tensor.type == "U64") tables.push_back(tensors.size());
    tensors.push_back({name, tensor.type, tensor.shape, {tensor.bytes.begin(), tensor.bytes.end()}});
  }
  const std::vector<std::pair<std::string, std::string>>& entries = view.value().metadata();
  std::vector<std::pair<std::string, std::string>> metadata = entries;

  Taker input(edits);
  while (!input.empty()) {
    const std::uint8_t kind = input.byte();
    const std::uint8_t which = input.byte();
    Tensor& table = tensors[tables[which % tables.size()]];
    switch (kind) {
      case 'm': {
        const Bytes text = input.bytes(input.byte() % 32);
        // The last of equals counts.
        metadata.emplace_back(entries[which % entries.size()].first, std::string(text.begin(), text.end()));
        break;
      }
      case 'v': {
        const std::size_t place = input.byte();
        const Bytes number = input.bytes(sizeof(double));
        const std::size_t count = table.bytes.size() / sizeof(double);
        if (count == 0) break;
        std::copy(number.begin(), number.end(),
                  table.bytes.begin() + static_cast<std::ptrdiff_t>(place % count * sizeof(double)));
        break;
      }
      case 'r': {
        const std::size_t rows = input.byte();
        if (table.shape.size() != 2 || table.bytes.empty()) break;
        const std::size_t row = table.bytes.size() / static_cast<std::size_t>(table.shape[0]);
        std::vector<std::uint8_t> bytes(rows * row);
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = table.bytes[i % table.bytes.size()];
        table.bytes = std::move(bytes);
        table.shape[0] = rows;
        break;
      }
      case 'd':
        tensors[which % tensors.size()].name.clear();
        break;
      case 't': {
        Tensor& tensor = tensors[which % tensors.size()];
        const std::uint64_t halves = tensor.bytes.size() / sizeof(float);
        tensor.type = tensor.type == "F32" && halves % 2 == 0 ? "F64" : "F32";
        tensor.shape = {tensor.type == "F64" ? halves / 2 : halves};
        break;
      }
      default:
        break;
    }
  }

  SafetensorsWriter writer;
  for (const auto& [key, value] : metadata) writer.add_metadata(key, value);
  for (const Tensor& tensor : tensors) {
    if (!tensor.name.empty()) writer.add(tensor.name, tensor.type, tensor.shape, tensor.bytes);
  }
  return writer.write();
}

}  // namespace

Status checkpoint(Bytes input) {
  static const Bench bench;
  const Bytes rest = input.empty() ? input : input.subspan(1);
  const char kind = input.empty() ? 'f' : static_cast<char>(input[0]);
  const auto experiment = bench.fresh();
  const std::string before = experiment->signature();
  if (kind == 'w') {
    const Status loaded = experiment->load_weights(rest);
    require(loaded.ok() || experiment->signature() == before, "refused weights leave a trace");
    return loaded;
  }
  std::vector<std::uint8_t> file(rest.begin(), rest.end());
  if (kind == 'p') file = edited(bench.checkpoint(rest.empty() ? 0 : rest[0]), rest.empty() ? rest : rest.subspan(1));
  Status restored = experiment->restore(file);
  require(restored.ok() || experiment->signature() == before, "a refused checkpoint leaves a trace");
  if (!restored) return restored;

  const std::vector<std::uint8_t> saved = experiment->checkpoint();
  const auto twin = bench.fresh();
  require(twin->restore(saved).ok(), "a restored run cannot be saved and restored");
  require(twin->checkpoint() == saved, "a run changes when it is saved and restored");
  static_cast<void>(experiment->step());
  static_cast<void>(twin->step());
  require(twin->signature() == experiment->signature(), "two runs from one checkpoint go apart");
  return Ok{};
}

}  // namespace quarterturn::fuzz
