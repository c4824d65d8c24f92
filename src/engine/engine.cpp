#include "engine/engine.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/interval.hpp"
#include "analysis/lda.hpp"
#include "analysis/pca.hpp"
#include "core/join.hpp"
#include "data/idx.hpp"
#include "pretext/task.hpp"

namespace quarterturn {
namespace {

// MNIST's own size; what a larger file has beyond is never looked at.
constexpr std::uint64_t kMaxTrain = 60'000;
constexpr std::uint64_t kMaxTest = 10'000;
constexpr std::uint64_t kMinTrain = 11;
constexpr std::size_t kImageHeader = 16;
constexpr std::size_t kLabelHeader = 8;
// Rows of one answer: the slowest build takes less than a slice of training for them.
constexpr std::uint64_t kMaxVariantRows = 1'024;
constexpr std::size_t kMaxPoints = 4'000;
// Images or features that one call gives.
constexpr std::uint64_t kMaxGiven = 2'000;
// Generated digits that loading makes: more than the first step of training sees, and the page shows before it.
constexpr std::size_t kFirstMade = 300;
constexpr std::size_t kMadeAtOnce = 1'000;
// The same for a probe, whose pieces are short.
constexpr std::size_t kMadeForProbe = 50;
// What an experiment of the default size takes, with some slack.
constexpr std::size_t kExperimentBytes = 3'000'000;
// A checkpoint with long histories.
constexpr std::size_t kFileBytes = 1'500'000;
constexpr std::size_t kMaxFileBytes = 8'000'000;
constexpr double kMaxDrawingPixels = 16e6;
constexpr double kMaxBenchmarkSeconds = 600.0;

/// All, or those that train their own trunk.
std::string arm_names(bool frozen_too = true) {
  std::string names;
  for (const Run arm : kArms) {
    if (frozen_too || !spec_of(arm).frozen()) append_item(names, name(arm));
  }
  return names;
}

Error no_experiment() { return MessageCode::no_experiment; }
Error no_data() { return MessageCode::no_data; }
Error unknown_network() { return Error{MessageCode::network_unknown, {arm_names()}}; }
Error no_probe() { return MessageCode::no_probe; }
Error no_image() { return MessageCode::image_pixels; }

std::optional<Run> arm_named(std::string_view text) {
  const std::optional<Run> run = run_named(text);
  return run == Run::pretext ? std::nullopt : run;
}

Status set_all(ExperimentSettings& settings, const SettingList& list) {
  for (const GivenSetting& given : list) {
    if (given.value.has_value()) {
      Status status = set(settings, given.path, *given.value);
      if (!status) return status;
    } else {
      const std::string_view path = given.path;
      const std::string_view run = path.substr(0, 5) == "arms." ? path.substr(5) : path;
      if (path != "arms" && !run_named(run).has_value()) {
        return Error{MessageCode::setting_group_unknown, {path, arm_names()}};
      }
    }
  }
  return Ok{};
}

// ---- IDX files outside of the heap ----------------------------------------------------------------------------------

std::vector<std::uint8_t> copy_of(const ByteSource& source, std::size_t first, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  source.read(first, bytes);
  return bytes;
}

struct IdxPair {
  const ByteSource* images;
  const ByteSource* labels;
};

/// The number of images or labels, from the file's header and length.
Result<std::size_t> idx_count(const ByteSource* file, const char* what, bool images) {
  if (file == nullptr) return Error{MessageCode::not_bytes, {what}};
  const std::size_t length = file->size();
  const std::vector<std::uint8_t> start = copy_of(*file, 0, std::min(length, kMaxIdxHeader));
  return images ? idx_image_count(start, length, what) : idx_label_count(start, length, what);
}

/// Checks a pair of files without copying them; gives the number of images.
Result<std::size_t> check_pair(const IdxPair& pair, const char* images_name, const char* labels_name) {
  const Result<std::size_t> images = idx_count(pair.images, images_name, true);
  if (!images) return images.error();
  const Result<std::size_t> labels = idx_count(pair.labels, labels_name, false);
  if (!labels) return labels.error();
  const Status match = check_idx_pair(images.value(), images_name, labels.value(), labels_name);
  if (!match) return match.error();
  constexpr std::size_t kPart = 16384;
  for (std::size_t first = 0; first < labels.value(); first += kPart) {
    const std::size_t count = std::min(kPart, labels.value() - first);
    const Status good = check_idx_labels(copy_of(*pair.labels, kLabelHeader + first, count), first, labels_name);
    if (!good) return good.error();
  }
  return images.value();
}

/// Images [first, first + count) of a pair.
Dataset copy_images(const IdxPair& pair, std::size_t first, std::size_t count) {
  return {copy_of(*pair.images, kImageHeader + first * kImagePixels, count * kImagePixels),
          copy_of(*pair.labels, kLabelHeader + first, count)};
}

// ---- reports --------------------------------------------------------------------------------------------------------

TaskReport report(const PretextTask& task) { return {task.name, task.text, class_names_of(task)}; }

TestReport report(const TestResult& test, std::size_t classes) {
  TestReport out{test.correct, test.count, test.accuracy(), test.loss, {}};
  for (std::size_t label = 0; label < classes; ++label) {
    const auto& row = test.confusion[label];
    out.confusion.emplace_back(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(classes));
  }
  return out;
}

ProgressReport report(const Experiment& experiment) {
  ProgressReport out{experiment.progress(), {}, experiment.failure(), {}};
  out.word = out.phase();
  if (const Recovery* recovery = experiment.recovery(); recovery != nullptr) {
    out.recovery = ProgressReport::Recovery{name(recovery->run), static_cast<double>(recovery->rate)};
  }
  return out;
}

AdvanceReport report(const Advance& advance, const Experiment& experiment) {
  AdvanceReport out;
  out.more = advance.more;
  for (const Advance::Epoch& epoch : advance.epochs) out.epochs.push_back({epoch.record, name(epoch.run)});
  out.progress = report(experiment);
  return out;
}

std::string shape_text(const LayerInfo& layer) {
  const auto number = [](int value) { return static_cast<unsigned>(value); };
  const Shape& size = layer.output;
  if (size.flat()) return join({number(size.channels)});
  return join({number(size.height), "x", number(size.width), "x", number(size.channels)});
}

std::optional<std::vector<float>> tensor_named(std::string_view wanted, const std::vector<TensorInfo>& tensors,
                                               std::span<const float> parameters) {
  for (const TensorInfo& tensor : tensors) {
    if (tensor.name != wanted) continue;
    const std::span<const float> values = parameters.subspan(tensor.offset, tensor.size());
    return std::vector<float>(values.begin(), values.end());
  }
  return std::nullopt;
}

/// The rows 0..count-1.
std::vector<std::uint32_t> first_rows(std::size_t count) {
  std::vector<std::uint32_t> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = static_cast<std::uint32_t>(i);
  return rows;
}

}  // namespace

Engine::Engine(const EngineOptions& options, std::unique_ptr<Compute> compute)
    : has_room_(options.has_room), heap_bytes_(options.heap_bytes), compute_(std::move(compute)) {}

Result<std::unique_ptr<Engine>> Engine::create(const EngineOptions& options) {
  if (options.threads > options.most_threads) {
    return Error{MessageCode::threads_range, {options.most_threads}};
  }
  ComputeOptions wanted;
  wanted.threads = options.threads == 0 ? options.most_threads : static_cast<unsigned>(options.threads);
  wanted.isa = options.isa;
  Result<std::unique_ptr<Compute>> compute = Compute::create(wanted);
  if (!compute) return compute.error();
  return std::unique_ptr<Engine>(new Engine(options, std::move(compute).value()));
}

EngineInfo Engine::info() const {
  EngineInfo info{QUARTERTURN_VERSION, std::string(compute_->isa()), compute_->fused(),
                  compute_->lanes(),   compute_->threads(),          heap_bytes_};
  std::replace(info.isa.begin(), info.isa.end(), '_', '-');
  return info;
}

// ---- data -----------------------------------------------------------------------------------------------------------

Result<DataInfo> Engine::load_generated(std::uint64_t seed, std::uint64_t train_count, std::uint64_t test_count) {
  if (train_count < kMinTrain || train_count > kMaxTrain) {
    return Error{MessageCode::train_count, {kMinTrain, kMaxTrain}};
  }
  if (test_count < 1 || test_count > kMaxTest) return Error{MessageCode::test_count, {kMaxTest}};
  const auto train = static_cast<std::size_t>(train_count);
  const auto test = static_cast<std::size_t>(test_count);
  const Status room = make_room(train, test);
  if (!room) return room.error();
  const GeneratedDigits digits(seed);
  const DataInfo info = take(digits.lay_out(train, test), train, test);
  generated_ = digits;
  make(kFirstMade);
  return info;
}

bool Engine::make_more() {
  make(kMadeAtOnce);
  return generated_.has_value();
}

Result<DataInfo> Engine::load_idx(const IdxSources& files, std::string source) {
  const IdxPair train{files.train_images, files.train_labels};
  const IdxPair test{files.test_images, files.test_labels};
  const Result<std::size_t> images = check_pair(train, "trainImages", "trainLabels");
  if (!images) return images.error();
  if (test.images != nullptr || test.labels != nullptr) {
    const Result<std::size_t> test_images = check_pair(test, "testImages", "testLabels");
    if (!test_images) return test_images.error();
    const auto train_count = static_cast<std::size_t>(std::min<std::uint64_t>(images.value(), kMaxTrain));
    const auto test_count = static_cast<std::size_t>(std::min<std::uint64_t>(test_images.value(), kMaxTest));
    const Status room = make_room(train_count, test_count);
    if (!room) return room.error();
    return take({copy_images(train, 0, train_count), copy_images(test, 0, test_count), std::move(source)},
                images.value(), test_images.value());
  }
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(images.value(), kMaxTrain + kMaxTest));
  const std::size_t test_count = count / 7;
  if (test_count == 0) return too_few_for_test(count, "trainImages");
  const std::size_t train_count = count - test_count;
  const Status room = make_room(train_count, test_count);
  if (!room) return room.error();
  return take({copy_images(train, 0, train_count), copy_images(train, train_count, test_count), std::move(source)},
              images.value() - test_count, test_count);
}

Result<DataInfo> Engine::replace_images(std::uint64_t first, std::span<const std::uint8_t> pixels,
                                        std::span<const std::uint8_t> labels, std::string source) {
  if (!data_) return no_data();
  const std::size_t count = data_->train.count();
  if (labels.empty() || pixels.size() != labels.size() * kImagePixels) {
    return Error{MessageCode::replace_sizes};
  }
  if (first >= count || labels.size() > count - first) {
    return Error{MessageCode::replace_place, {first, first + (labels.size() - 1), count}};
  }
  const Status good = check_idx_labels(labels, 0, "labels");
  if (!good) return good.error();
  make_all();
  experiment_.reset();
  probe_.reset();
  kept_.reset();
  const auto place = static_cast<std::ptrdiff_t>(first);
  std::copy(pixels.begin(), pixels.end(),
            data_->train.pixels.begin() + place * static_cast<std::ptrdiff_t>(kImagePixels));
  std::copy(labels.begin(), labels.end(), data_->train.labels.begin() + place);
  data_->source = std::move(source);
  return data_info();
}

Result<DataInfo> Engine::data_info() const {
  if (!data_) return no_data();
  const std::size_t train = data_->train.count();
  const std::size_t test = data_->test.count();
  return DataInfo{data_->source, train, test, train_available_, test_available_, notebook_splits(train, test)};
}

Result<std::string> Engine::data_hash() {
  if (!data_) return no_data();
  make_all();
  return quarterturn::data_hash(*data_);
}

Result<DigitImage> Engine::image(std::string_view set, std::uint64_t index, std::uint64_t quarter_turns) {
  const Result<Place> place = find(set, index, 1);
  if (!place) return place.error();
  if (quarter_turns >= kTurns) return Error{MessageCode::turns_range};
  return quarter_turned(place.value().set->image(place.value().index), static_cast<unsigned>(quarter_turns));
}

Result<std::uint8_t> Engine::label(std::string_view set, std::uint64_t index) {
  const Result<Place> place = find(set, index, 1);
  if (!place) return place.error();
  return place.value().set->labels[place.value().index];
}

Result<Engine::LabelledImages> Engine::images(std::string_view set, std::uint64_t first, std::uint64_t count) {
  const Result<Place> place = find(set, first, static_cast<std::size_t>(kMaxGiven));
  if (!place) return place.error();
  const auto [from, start] = place.value();
  if (count < 1 || count > std::min<std::uint64_t>(kMaxGiven, from->count() - start)) {
    return Error{MessageCode::images_range, {kMaxGiven}};
  }
  const auto length = static_cast<std::size_t>(count);
  return LabelledImages{std::span(from->pixels).subspan(start * kImagePixels, length * kImagePixels),
                        std::span(from->labels).subspan(start, length)};
}

// ---- the experiment -------------------------------------------------------------------------------------------------

Status Engine::start(const SettingList& settings) {
  if (!data_) return no_data();
  ExperimentSettings wanted;
  Status status = set_all(wanted, settings);
  if (status) status = Experiment::check(*data_, wanted);
  if (!status) return status;
  experiment_.reset();  // two would not fit beside all of MNIST
  probe_.reset();
  Result<std::unique_ptr<Experiment>> made = Experiment::create(*compute_, *data_, wanted);
  if (!made) return made.error();
  experiment_ = std::move(made).value();
  kept_.reset();
  return Ok{};
}

Status Engine::with_arms(const SettingList& settings) {
  if (!experiment_) return no_experiment();
  ExperimentSettings wanted = experiment_->settings();
  if (Status known = set_all(wanted, settings); !known) return known;
  if (!has_room_(kExperimentBytes)) return no_room(MessageCode::no_memory_arms);
  return experiment_->with_arms(wanted);
}

Result<SettingsReport> Engine::settings() const {
  if (!experiment_) return no_experiment();
  const ExperimentSettings& settings = experiment_->settings();
  return SettingsReport{settings,
                        settings.labels,
                        name(settings.preset),
                        report(experiment_->task()),
                        experiment_->rate_changed_midway(),
                        experiment_->note(),
                        experiment_->arithmetic()};
}

Result<AdvanceReport> Engine::advance(double milliseconds) {
  if (!experiment_) return no_experiment();
  // The first step is not kept waiting for digits that it does not see.
  const bool first = first_step_is_ready();
  if (!first) make_all();
  return report(experiment_->advance(first ? 0.0 : milliseconds), *experiment_);
}

Result<AdvanceReport> Engine::step() {
  if (!experiment_) return no_experiment();
  if (!first_step_is_ready()) make_all();
  return report(experiment_->step(), *experiment_);
}

Result<ProgressReport> Engine::progress() const {
  if (!experiment_) return no_experiment();
  return report(*experiment_);
}

Result<std::vector<EpochReport>> Engine::history(std::string_view run) const {
  if (!experiment_) return no_experiment();
  const Result<Run> which = find_arm(run, true);
  if (!which) return which.error();
  std::vector<EpochReport> epochs;
  for (const EpochRecord& record : experiment_->history(which.value())) epochs.push_back({record, name(which.value())});
  return epochs;
}

Status Engine::set_learning_rate(std::string_view run, double rate) {
  if (!experiment_) return no_experiment();
  const Result<Run> which = find_arm(run, true);
  if (!which) return which.error();
  const auto value = static_cast<float>(rate);
  if (!std::isfinite(value) || value <= 0.0F) return Error{MessageCode::learning_rate};
  experiment_->set_learning_rate(which.value(), value);
  return Ok{};
}

Status Engine::go_on(double rate) {
  if (!experiment_) return no_experiment();
  return experiment_->go_on(static_cast<float>(rate));
}

Result<ResultsReport> Engine::results() const {
  if (!experiment_) return no_experiment();
  ResultsReport out;
  out.task = experiment_->task().name;
  if (const TestResult* pretext = experiment_->pretext_result(); pretext != nullptr) {
    out.pretext = report(*pretext, experiment_->task().classes);
  }
  for (const Run arm : experiment_->settings().arms) {
    ResultsReport::Arm& entry = out.arms.emplace_back(ResultsReport::Arm{name(arm), std::nullopt});
    const ArmResult* result = experiment_->result(arm);
    if (result == nullptr) continue;
    entry.result =
        ArmReport{report(result->test, kDigits), report(result->full_test, kDigits), experiment_->stopped_early(arm)};
  }
  return out;
}

Result<std::span<const std::uint8_t>> Engine::predicted(std::string_view arm) const {
  if (!experiment_) return no_experiment();
  const Result<Run> which = find_arm(arm);
  if (!which) return which.error();
  if (experiment_->result(which.value()) == nullptr) {
    return Error{MessageCode::arm_untested, {name(which.value())}};
  }
  return experiment_->predicted(which.value());
}

Result<PairedDifference> Engine::paired(std::string_view first, std::string_view second) const {
  const Result<std::span<const std::uint8_t>> one = predicted(first);
  if (!one) return one.error();
  const Result<std::span<const std::uint8_t>> other = predicted(second);
  if (!other) return other.error();
  return paired_difference(one.value(), other.value(), data_->test.labels);
}

Result<std::string> Engine::signature() const {
  if (!experiment_) return no_experiment();
  return experiment_->signature();
}

// ---- looks into the networks ----------------------------------------------------------------------------------------

Result<Experiment::Prediction> Engine::predict(std::span<const std::uint8_t> pixels) {
  if (!experiment_) return no_experiment();
  if (pixels.size() != kImagePixels) return no_image();
  return experiment_->predict(pixels);
}

Result<std::vector<float>> Engine::variants(std::string_view set, std::uint64_t first, std::uint64_t count,
                                            std::string_view weights) {
  if (!experiment_) return no_experiment();
  const std::size_t classes = experiment_->task().classes;
  const std::uint64_t most = kMaxVariantRows / classes;
  const Result<Place> place = find(set, first, static_cast<std::size_t>(most));
  if (!place) return place.error();
  const auto [from, start] = place.value();
  if (count < 1 || count > std::min<std::uint64_t>(most, from->count() - start)) {
    return Error{MessageCode::rotations_range, {most}};
  }
  const bool kept = weights == "kept";
  if (weights == "keep") {
    if (!kept_.has_value() || kept_->outputs() != classes) kept_.emplace(Network::pretext(0, classes));
    const std::span<const float> present = experiment_->rotnet().parameters();
    std::copy(present.begin(), present.end(), kept_->parameters().begin());
  } else if (weights != "now" && !kept) {
    return Error{MessageCode::rotations_weights};
  }
  if (kept && (!kept_.has_value() || kept_->outputs() != classes)) return Error{MessageCode::nothing_kept};

  std::vector<std::uint32_t> index(pretext_rows(static_cast<std::size_t>(count), classes));
  std::vector<std::uint8_t> variant(index.size());
  for (std::size_t row = 0; row < index.size(); ++row) {
    index[row] = static_cast<std::uint32_t>(start + row / classes);
    variant[row] = static_cast<std::uint8_t>(row % classes);
  }
  ImageBatch batch;
  batch.pixels = from->pixels.data();
  batch.image = index;
  batch.variant = variant;
  batch.maps = experiment_->maps();
  batch.preset = experiment_->settings().preset;
  std::vector<float> probabilities(index.size() * classes);
  (kept ? *kept_ : experiment_->rotnet()).predict(*compute_, batch, probabilities);
  return probabilities;
}

Result<std::vector<TaskReport>> Engine::tasks() const {
  std::vector<TaskReport> all;
  for (const PretextTask& task : pretext_tasks()) all.push_back(report(task));
  return all;
}

Result<DigitImage> Engine::variant(std::string_view task, std::uint64_t variant,
                                   std::span<const std::uint8_t> pixels) const {
  const PretextTask* found = pretext_task_named(task);
  if (found == nullptr) {
    std::string names;
    for (const PretextTask& known : pretext_tasks()) append_item(names, known.name);
    return Error{MessageCode::task_unknown, {task, names}};
  }
  if (variant >= found->classes) return Error{MessageCode::variant_range, {found->classes - 1}};
  if (pixels.size() != kImagePixels) return no_image();
  return mapped(pixels, map_of(*found, static_cast<std::size_t>(variant)));
}

Result<Activations> Engine::activations(std::string_view network, std::span<const std::uint8_t> pixels,
                                        std::uint64_t quarter_turns) const {
  if (!experiment_) return no_experiment();
  const bool rotnet = network == "rotnet";
  const Result<Run> arm = rotnet ? Result<Run>(Run::pretext) : find_arm(network);
  if (!arm) return arm_named(network).has_value() ? arm.error() : unknown_network();
  if (pixels.size() != kImagePixels) return no_image();
  if (quarter_turns >= kTurns) return Error{MessageCode::turns_range};
  const auto look = [&](const Network& with) {
    return quarterturn::activations(with.parameters().first(kTrunkParameters), pixels,
                                    static_cast<unsigned>(quarter_turns), experiment_->settings().preset);
  };
  return rotnet ? look(experiment_->rotnet()) : look(experiment_->classifier(arm.value()));
}

Result<DigitImage> Engine::centre_drawing(std::span<const std::uint8_t> grey, std::uint64_t width,
                                          std::uint64_t height) const {
  if (width < 1 || width > kMaxDrawingSide || height < 1 || height > kMaxDrawingSide) {
    return Error{MessageCode::drawing_side, {kMaxDrawingSide}};
  }
  if (static_cast<double>(width) * static_cast<double>(height) > kMaxDrawingPixels || grey.size() != width * height) {
    return Error{MessageCode::drawing_bytes};
  }
  if (!has_room_(kFileBytes)) return no_room(MessageCode::no_memory_drawing);
  return quarterturn::centre_drawing(grey, static_cast<std::size_t>(width), static_cast<std::size_t>(height));
}

Result<std::vector<LayerReport>> Engine::layers(std::string_view network) const {
  const std::optional<Run> arm = arm_named(network);
  if (network != "rotnet" && !arm.has_value()) return unknown_network();
  std::vector<LayerReport> rows;
  for (const LayerInfo& layer : arm.has_value()
                                    ? layer_table(kClassifier, spec_of(*arm).frozen() ? kTrunkLayers : 0)
                                    : layer_table(experiment_ ? experiment_->rotnet().architecture() : kRotNet)) {
    rows.push_back({std::string(layer.name), layer.kind, shape_text(layer), layer.parameters, layer.trainable});
  }
  return rows;
}

Result<std::vector<float>> Engine::features(std::span<const std::uint8_t> images, const Trunk& trunk) const {
  if (!experiment_) return no_experiment();
  if (images.empty() || images.size() % kImagePixels != 0 || images.size() > kMaxGiven * kImagePixels) {
    return Error{MessageCode::features_images};
  }
  if (!trunk.name.empty() && trunk.name != "random") return Error{MessageCode::features_weights};
  if (trunk.weights.has_value() && trunk.weights->size() != kTrunkParameters) {
    return Error{MessageCode::features_weights};
  }
  const std::vector<std::uint32_t> index = first_rows(images.size() / kImagePixels);
  ImageBatch batch;
  batch.pixels = images.data();
  batch.image = index;
  batch.preset = experiment_->settings().preset;
  std::vector<float> features(index.size() * kFeatures);
  // A copy: kernels read past the end of what is no buffer of theirs.
  AlignedBuffer<float> weights(kTrunkParameters);
  const std::span<const float> named =
      trunk.name.empty() ? experiment_->rotnet().parameters().first(kTrunkParameters) : experiment_->untrained_trunk();
  std::ranges::copy(trunk.weights.value_or(named), weights.data());
  extract_features(*compute_, weights.span(), batch, features);
  return features;
}

Result<AxesReport> Engine::axes(std::span<const float> points,
                                std::optional<std::span<const std::uint8_t>> labels) const {
  if (points.empty() || points.size() % kFeatures != 0 || points.size() > kMaxPoints * kFeatures) {
    return Error{MessageCode::axes_points};
  }
  if (!std::all_of(points.begin(), points.end(), [](float value) { return std::isfinite(value); })) {
    return Error{MessageCode::features_diverged};
  }
  const std::size_t rows = points.size() / kFeatures;
  if (labels.has_value()) {
    if (labels->size() != rows) return Error{MessageCode::axes_labels};
    Result<Discriminant> found = discriminate(points, kFeatures, *labels);
    if (!found) return found.error();
    return AxesReport{std::move(found.value().mean), std::move(found.value().axes), found.value().explained};
  }
  Result<Projection> found = project(points, kFeatures);
  if (!found) return found.error();
  return AxesReport{std::move(found.value().mean), std::move(found.value().axes), found.value().explained};
}

Status Engine::begin_probe(std::string_view features, std::span<const std::uint32_t> labels,
                           std::optional<double> penalty, std::optional<std::uint64_t> draws) {
  if (!experiment_) return no_experiment();
  ProbePlan plan{{labels.begin(), labels.end()}, penalty, draws.value_or(1)};
  std::optional<Run> trained;  // the run that trains the features
  if (features == "pretext") {
    trained = Run::pretext;
  } else if (features != "untrained" && features != "pixels") {
    trained = arm_named(features);
    if (!trained.has_value() || spec_of(*trained).frozen()) {
      return Error{MessageCode::probe_features, {arm_names(false)}};
    }
    const Result<Run> arm = find_arm(features);
    if (!arm) return arm.error();
  }
  if (const Status status = ProbeRun::check(*data_, plan); !status) return status.error();
  probe_.reset();
  if (!has_room_(
          ProbeRun::bytes(plan, experiment_->splits().downstream.count(), features == "pixels", data_->test.count()))) {
    return no_room(MessageCode::no_memory_probe);
  }
  Result<std::unique_ptr<ProbeRun>> made = ProbeRun::create(*compute_, *data_, experiment_->settings().preset,
                                                            probed_trunk(*experiment_, features), std::move(plan));
  if (!made) return made.error();
  probe_ = std::move(made).value();
  probed_ = {std::string(features), 0, 0, {}};
  if (trained.has_value()) {
    probed_.epoch = static_cast<std::uint32_t>(experiment_->history(*trained).size());
    const Progress now = experiment_->progress();
    if (!now.finished && now.run == *trained) probed_.step = now.step;
  }
  return Ok{};
}

Result<ProbeProgress> Engine::advance_probe(double milliseconds) {
  if (!probe_) return no_probe();
  if (generated_.has_value()) {
    make(kMadeForProbe);
    return ProbeProgress{};
  }
  const Result<bool> more = probe_->advance(milliseconds);
  if (!more) {
    probe_.reset();
    return more.error();
  }
  return ProbeProgress{!more.value(), probe_->progress()};
}

Result<ProbeReport> Engine::probe_result() const {
  if (!probe_) return no_probe();
  if (probe_->progress() < 1.0) return Error{MessageCode::probe_unfinished};
  ProbeReport out = probed_;
  const auto all = static_cast<double>(probe_->test_images());
  const auto notebook_images = static_cast<double>(probe_->splits().test.count());
  for (const ProbeBudget& budget : probe_->budgets()) {
    ProbeBudgetReport& to = out.budgets.emplace_back();
    const double right = budget.right();
    const Interval interval = wilson_interval(right, all);
    to.labels = budget.labels;
    to.penalty = budget.draws.front().penalty;
    to.right = right;
    to.of = static_cast<std::uint32_t>(probe_->test_images());
    to.accuracy = right / all;
    to.low = interval.low;
    to.high = interval.high;
    to.marks = budget.marks;
    const double notebook = budget.notebook();
    const Interval narrow = wilson_interval(notebook, notebook_images);
    to.notebook = {notebook, static_cast<std::uint32_t>(probe_->splits().test.count()), notebook / notebook_images,
                   narrow.low, narrow.high};
    for (const ProbeDraw& draw : budget.draws) {
      to.draws.push_back({draw.first, draw.penalty, draw.right, draw.right / all});
    }
  }
  return out;
}

Result<std::vector<float>> Engine::tensor(std::string_view full) const {
  if (!experiment_) return no_experiment();
  if (const std::size_t dot = full.find('.'); dot != std::string_view::npos) {
    const std::string_view network = full.substr(0, dot);
    const std::string_view rest = full.substr(dot + 1);
    std::optional<std::vector<float>> found;
    if (network == "rotnet") {
      found = tensor_named(rest, tensors(experiment_->rotnet().architecture()), experiment_->rotnet().parameters());
    }
    if (const Result<Run> arm = find_arm(network); arm) {
      found = tensor_named(rest, tensors(kClassifier), experiment_->classifier(arm.value()).parameters());
    }
    if (found.has_value()) return std::move(*found);
  }
  return Error{MessageCode::tensor_unknown, {full}};
}

// ---- saving ---------------------------------------------------------------------------------------------------------

Result<std::vector<std::uint8_t>> Engine::save_weights() const {
  if (!experiment_) return no_experiment();
  if (!has_room_(kFileBytes)) return no_room(MessageCode::no_memory_file);
  return experiment_->save_weights();
}

Result<std::vector<std::uint8_t>> Engine::checkpoint() {
  if (!experiment_) return no_experiment();
  make_all();
  if (!has_room_(kFileBytes)) return no_room(MessageCode::no_memory_file);
  return experiment_->checkpoint();
}

Status Engine::load_file(std::span<const std::uint8_t> file, Status (Experiment::*how)(std::span<const std::uint8_t>)) {
  if (!experiment_) return no_experiment();
  if (file.size() > kMaxFileBytes) return Error{MessageCode::file_large};
  if (!has_room_(kFileBytes + kExperimentBytes)) return no_room(MessageCode::no_memory_file);
  return (experiment_.get()->*how)(file);
}

Status Engine::load_weights(std::span<const std::uint8_t> file) { return load_file(file, &Experiment::load_weights); }

Status Engine::restore(std::span<const std::uint8_t> file) {
  make_all();
  return load_file(file, &Experiment::restore);
}

Result<Timing> Engine::benchmark(std::string_view piece, double seconds) {
  if (!data_) return no_data();
  const Result<Piece> which = piece_named(piece);
  if (!which) return which.error();
  if (!(seconds > 0.0 && seconds <= kMaxBenchmarkSeconds)) return Error{MessageCode::seconds_range};
  if (!has_room_(kExperimentBytes)) return no_room(MessageCode::no_memory_benchmark);
  make_all();
  return measure(*compute_, data_->train, which.value(), seconds);
}

// ---- inside ---------------------------------------------------------------------------------------------------------

Result<Run> Engine::find_arm(std::string_view text, bool or_pretext) const {
  const std::optional<Run> run = run_named(text);
  if (or_pretext && run == Run::pretext) return Run::pretext;
  const ArmList& arms = experiment_->settings().arms;
  if (run.has_value() && arms.has(*run)) return *run;
  return Error{MessageCode::arm_unknown, {text, join({or_pretext ? "pretext, " : "", text_of(arms)})}};
}

/// An image; it and `count` - 1 behind it are made by then.
Result<Engine::Place> Engine::find(std::string_view set, std::uint64_t index, std::size_t count) {
  if (!data_) return no_data();
  if (set != "train" && set != "test") return Error{MessageCode::set_unknown};
  const Dataset& found = set == "train" ? data_->train : data_->test;
  if (index >= found.count()) return Error{MessageCode::index_range, {found.count() - 1}};
  if (&found != &data_->train || index + count > kFirstMade) make_all();
  return Place{&found, static_cast<std::size_t>(index)};
}

/// Sees to it that so many images and an experiment fit into the heap. The present data are dropped only where they
/// would not fit beside the new ones.
Status Engine::make_room(std::size_t train, std::size_t test) {
  const std::size_t bytes = (train + test) * (kImagePixels + 1) + kExperimentBytes;
  if (has_room_(bytes)) return Ok{};
  const bool had = data_ != nullptr;
  experiment_.reset();
  probe_.reset();
  kept_.reset();
  generated_.reset();
  data_.reset();
  if (has_room_(bytes)) return Ok{};
  return Error{had ? MessageCode::no_memory_data_dropped : MessageCode::no_memory_data,
               {train, test, compute_->threads(), heap_bytes_ >> 20}};
}

DataInfo Engine::take(DataSource data, std::size_t train_available, std::size_t test_available) {
  experiment_.reset();
  probe_.reset();
  kept_.reset();
  generated_.reset();
  data_ = std::make_unique<DataSource>(std::move(data));
  train_available_ = train_available;
  test_available_ = test_available;
  return data_info().value();
}

Error Engine::no_room(MessageCode code) const {
  return {code, {data_ ? data_->train.count() + data_->test.count() : 0, compute_->threads()}};
}

void Engine::make(std::size_t count) {
  if (!generated_.has_value()) return;
  generated_->make(*data_, count, [this](int tasks, const auto& body) { compute_->run(tasks, body); });
  if (generated_->complete(*data_)) generated_.reset();
}

void Engine::make_all() { make(static_cast<std::size_t>(kMaxTrain + kMaxTest)); }

/// Digits are missing, but none that the step to come, the first of all, looks at: without shuffling it begins with the
/// first images.
bool Engine::first_step_is_ready() const {
  const Progress now = experiment_->progress();
  const FitSettings& fit = experiment_->settings()[Run::pretext];
  const bool made = kFirstMade > fit.batch / experiment_->task().classes + 1;
  return made && generated_.has_value() && now.in(Run::pretext) && now.epoch == 0 && now.step == 0 && fit.epochs > 0 &&
         !fit.shuffle;
}

}  // namespace quarterturn
