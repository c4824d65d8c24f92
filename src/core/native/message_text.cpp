#include "core/native/message_text.hpp"

#include <algorithm>

#include "core/decimal.hpp"
#include "core/join.hpp"

namespace quarterturn {
namespace {

using enum MessageCode;

constexpr std::string_view kGenerated = "generated:";

constexpr std::array<MessageWords, kMessageCodes> kWords = {{
    {words, "words text", "{text}"},

    // IDX files
    {idx_empty, "idxEmpty file", "{file}: the file is empty; fetch it again"},
    {idx_gzip, "idxGzip file", "{file}: still compressed with gzip; decompress it first"},
    {idx_short, "idxShort file bytes", "{file}: truncated within the IDX header ({bytes} bytes); fetch the file again"},
    {idx_unlike, "idxUnlike file",
     "{file}: not an IDX file (it does not begin with two zero bytes); give an IDX file such as MNIST's"},
    {idx_type_unknown, "idxTypeUnknown file type",
     "{file}: not an IDX file (unknown element type {type}); give an IDX file such as MNIST's"},
    {idx_type, "idxType file type",
     "{file}: its elements are of type {type}; only unsigned bytes can be read, convert it"},
    {idx_signed_byte, "idxSignedByte", "signed byte"},
    {idx_short_integer, "idxShortInteger", "16-bit integer"},
    {idx_integer, "idxInteger", "32-bit integer"},
    {idx_float, "idxFloat", "float"},
    {idx_double, "idxDouble", "double"},
    {idx_rank, "idxRank file rank", "{file}: an IDX file of {rank} dimensions; images have 3 and labels have 1"},
    {idx_header_short, "idxHeaderShort file bytes header",
     "{file}: truncated within the IDX header ({bytes} of {header} bytes); fetch the file again"},
    {idx_truncated, "idxTruncated file dimensions bytes",
     "{file}: truncated: its header claims {dimensions} elements, but only {bytes} bytes follow; fetch the file again"},
    {idx_excess, "idxExcess file bytes dimensions",
     "{file}: {bytes} bytes follow after the {dimensions} elements of its header; fetch the file again"},
    {idx_labels_given, "idxLabelsGiven file dimensions",
     "{file}: it holds labels (dimensions {dimensions}); give the images, an IDX file of N x 28 x 28"},
    {idx_no_images, "idxNoImages file dimensions",
     "{file}: it holds no list of images (dimensions {dimensions}); give the images, an IDX file of N x 28 x 28"},
    {idx_image_size, "idxImageSize file height width",
     "{file}: its images are {height}x{width}; only 28x28 can be used, resize them"},
    {idx_none, "idxNone file", "{file}: it holds no images; give a file with at least one"},
    {idx_images_given, "idxImagesGiven file dimensions",
     "{file}: it holds images (dimensions {dimensions}); give the labels, an IDX file of one dimension"},
    {idx_no_labels, "idxNoLabels file dimensions",
     "{file}: it holds no list of labels (dimensions {dimensions}); give the labels, an IDX file of one dimension"},
    {idx_label, "idxLabel file label position classes most",
     "{file}: label {label} at position {position}; the networks know {classes} classes, labels must be 0 to {most}"},
    {idx_pair, "idxPair file labels images imagesFile",
     "{file}: {labels} labels for the {images} images of {imagesFile}; give images and labels that belong together"},
    {idx_few, "idxFew file images",
     "{file}: {images} images are too few to set a seventh aside as test set; give 7 or more, or test files"},
    {idx_missing, "idxMissing file other", "{file}: missing, while {other} is there; give both test files or neither"},

    // data
    {no_data, "noData", "no data is loaded; load data first"},
    {label_count, "labelCount set labels images",
     "the {set} set has {labels} labels for {images} images; give one label an image"},
    {label_class, "labelClass position set label",
     "label {position} of the {set} set is {label}; the networks know the classes 0..9"},
    {train_few, "trainFew images",
     "the training set has {images} images, too few for a pretext part and a labelled part; give 11 or more"},
    {test_empty, "testEmpty", "the test set has no images; give at least one"},
    {train_count, "trainCount least most", "trainCount must be a whole number {least}..{most}"},
    {test_count, "testCount most", "testCount must be a whole number 1..{most}"},
    {replace_sizes, "replaceSizes", "give 784 pixels and a label for each image, and one image at least"},
    {replace_place, "replacePlace first last images",
     "images {first}..{last} must lie in the training set, which has {images}"},
    {set_unknown, "setUnknown", "the set must be \"train\" or \"test\""},
    {index_range, "indexRange last", "the index must be 0..{last}"},
    {turns_range, "turnsRange", "quarterTurns must be 0..3"},
    {task_unknown, "taskUnknown task known", "there is no pretext task \"{task}\"; there are {known}"},
    {variant_range, "variantRange last", "variant must be 0..{last}"},
    {images_range, "imagesRange most", "count must be 1..{most} and stay within the set"},
    {drawing_side, "drawingSide most", "width and height of a drawing must be 1..{most}"},
    {drawing_bytes, "drawingBytes",
     "the drawing must be a Uint8Array of width * height grey values, at most 16 million"},
    {drawing_size, "drawingSize size most",
     "drawing: the size {size} is out of range; width and height must be 1 to {most}"},
    {drawing_pixels, "drawingPixels pixels size", "drawing: {pixels} pixels for a size of {size}; give width x height"},

    // settings
    {setting_range, "settingRange setting value range", "{setting} is {value}; give {range}"},
    {range_count, "rangeCount least most", "a whole number {least}..{most}"},
    {range_above, "rangeAbove least", "a number above {least}"},
    {range_below, "rangeBelow least most", "a number from {least}, below {most}"},
    {range_real, "rangeReal least most", "a number from {least} to {most}"},
    {range_flag, "rangeFlag", "true or false"},
    {range_seed, "rangeSeed", "a whole number from 0 on, or a string of digits below 2^64"},
    {range_arms, "rangeArms known", "a list of {known}, each at most once, with commas between, or none"},
    {range_word, "rangeWord choices", "{choices:or}"},
    {setting_unknown, "settingUnknown group entry known", "{group} has no entry \"{entry}\"; it knows {known}"},
    {setting_object, "settingObject group", "{group} must be an object"},
    {setting_group_unknown, "settingGroupUnknown entry known",
     "settings has no entry \"{entry}\"; its groups are pretext, arms and, in arms, {known}"},
    {split_too_large, "splitTooLarge run split rows",
     "{run}.validationSplit of {split} leaves nothing of {rows} to train on; lower it"},
    {labels_fewer, "labelsFewer labels wanted",
     "labels: {labels} are used instead of {wanted}, because the labelled part of the data has no more"},

    // memory, threads and processors
    {no_memory_experiment, "noMemoryExperiment labels images threads",
     "no memory for an experiment with {labels} labels beside {images} images and {threads} threads; load fewer "
     "images, "
     "choose fewer threads or lower labels"},
    {no_memory_data, "noMemoryData train test threads mebibytes",
     "{train} + {test} images do not fit beside {threads} threads into the engine's {mebibytes} MiB; give fewer images "
     "or choose fewer threads"},
    {no_memory_data_dropped, "noMemoryDataDropped train test threads mebibytes",
     "{train} + {test} images do not fit beside {threads} threads into the engine's {mebibytes} MiB; give fewer images "
     "or choose fewer threads (the data set before had to be dropped to try)"},
    {no_memory_drawing, "noMemoryDrawing images threads",
     "no memory for the drawing beside {images} images and {threads} threads; load fewer images or choose fewer "
     "threads"},
    {no_memory_file, "noMemoryFile images threads",
     "no memory for the file beside {images} images and {threads} threads; load fewer images or choose fewer threads"},
    {no_memory_arms, "noMemoryArms images threads",
     "no memory for the arms beside {images} images and {threads} threads; load fewer images or choose fewer threads"},
    {no_memory_benchmark, "noMemoryBenchmark images threads",
     "no memory for the benchmark beside {images} images and {threads} threads; load fewer images or choose fewer "
     "threads"},
    {no_memory_probe, "noMemoryProbe images threads",
     "no memory for the probe beside {images} images and {threads} threads; load fewer images or choose fewer threads"},
    {no_memory_threads, "noMemoryThreads threads",
     "no memory for the workspaces of {threads} threads; ask for fewer threads"},
    {threads_range, "threadsRange most",
     "threads must be a whole number 0..{most}; this module was started for {most}"},
    {threads_most, "threadsMost threads most", "{threads} threads asked for; at most {most} are possible"},
    {thread_none_left, "threadNoneLeft thread threads",
     "thread {thread} of {threads} could not be started (the system has no more); ask for fewer threads"},
    {thread_refused, "threadRefused thread threads",
     "thread {thread} of {threads} could not be started (the system refused); ask for fewer threads"},
    {isa_none, "isaNone",
     "this machine runs none of the instruction sets compiled in; build the program on this machine"},
    {isa_unknown, "isaUnknown isa known",
     "instruction set '{isa}' is not to be had here; this build and machine have {known}"},

    // the experiment
    {no_experiment, "noExperiment", "no experiment is under way; start one first"},
    {network_unknown, "networkUnknown known", "the network must be rotnet or an arm: {known}"},
    {learning_rate, "learningRate", "the learning rate must be a number above 0"},
    {arms_early, "armsEarly", "the pretext run is not finished, so the arms cannot begin again on it; finish it first"},
    {arms_differ, "armsDiffer setting",
     "{setting} differs from that of the finished pretext run; keep it, or start a new experiment"},
    {cannot_go_on, "cannotGoOn why", "the run cannot go on: {why}"},
    {nothing_failed, "nothingFailed", "nothing has failed, so there is nothing to go on from"},
    {run_stopped, "runStopped run epoch step what rate next",
     "{run} stopped in epoch {epoch}, step {step}: {what} at learning rate {rate}; {next}"},
    {arm_unknown, "armUnknown arm known", "this experiment has no arm \"{arm}\"; it has {known}"},
    {arm_untested, "armUntested arm", "{arm} has not been tested yet; train it to its end first"},
    {run_failed, "runFailed run what rate next",
     "{run} failed after its training: {what} at learning rate {rate}; {next}"},
    {run_has_failed, "runHasFailed", "the run has failed"},
    {bad_loss, "badLoss", "the loss is not finite"},
    {bad_weight, "badWeight", "a weight is not finite"},
    {bad_optimizer, "badOptimizer", "the optimiser's state is not finite"},
    {bad_validation, "badValidation", "the validation loss is not finite"},
    {bad_test, "badTest", "the test loss is not finite"},
    {next_start_again, "nextStartAgain", "lower the rate and start again"},
    {next_beginning, "nextBeginning rate", "it is back at its beginning: lower the rate, say to {rate}, and go on"},
    {next_epoch, "nextEpoch epoch rate",
     "it is back at the end of epoch {epoch}: lower the rate, say to {rate}, and go on"},
    {next_step, "nextStep epoch step rate",
     "it is back at epoch {epoch}, step {step}: lower the rate, say to {rate}, and go on"},
    {piece_unknown, "pieceUnknown piece known", "no benchmark is called '{piece}'; there are {known}"},
    {piece_no_image, "pieceNoImage", "the benchmark needs at least one image"},
    {seconds_range, "secondsRange", "seconds must lie in 0..600"},

    // looks into the networks
    {image_pixels, "imagePixels", "the image must be a Uint8Array of 784 pixels"},
    {rotations_range, "rotationsRange most", "count must be a whole number 1..{most} within the set"},
    {rotations_weights, "rotationsWeights", "weights must be \"now\", \"keep\" or \"kept\""},
    {nothing_kept, "nothingKept", "no weights are kept; ask with \"keep\" first"},
    {features_images, "featuresImages", "the images must be a Uint8Array of 1 to 2000 times 784 pixels"},
    {features_weights, "featuresWeights", "weights must be \"random\" or 19104 numbers"},
    {axes_points, "axesPoints", "the points must be a Float32Array of 1 to 4000 times 288 numbers"},
    {axes_labels, "axesLabels", "give one label for each point"},
    {features_diverged, "featuresDiverged", "the features are not finite numbers; the training has diverged"},
    {features_not_finite, "featuresNotFinite", "the features are not finite numbers"},
    {no_probe, "noProbe", "no probe is under way; begin one first"},
    {probe_unfinished, "probeUnfinished", "the probe is not finished; advance it until it is done"},
    {probe_features, "probeFeatures known",
     "the features of a probe must be pretext, untrained, pixels or an arm that trains its own: {known}"},
    {probe_budgets, "probeBudgets most", "a probe needs 1 to {most} numbers of labels"},
    {probe_labels, "probeLabels most labels",
     "the labels of a probe must be 1..{most}, the labelled images there are; not {labels}"},
    {probe_penalty, "probePenalty", "the penalty of a probe must be a number above 0"},
    {probe_draws, "probeDraws most", "the draws of a probe must be 1..{most}"},
    {probe_no_labels, "probeNoLabels", "a probe needs labelled images"},
    {eigenvectors, "eigenvectors",
     "the eigenvectors of the features did not converge; a feature is not finite or far too large"},
    {lda_classes, "ldaClasses", "discriminants need points of at least two classes"},
    {lda_features, "ldaFeatures", "discriminants need at least one feature"},
    {lda_same, "ldaSame", "discriminants need classes whose points differ"},
    {lda_covariance, "ldaCovariance",
     "the covariance within the classes is not positive definite; the features differ too much in size"},
    {tensor_unknown, "tensorUnknown tensor",
     "there is no tensor \"{tensor}\"; names are like rotnet.conv1.kernel or supervised.head.bias"},

    // safetensors
    {file_large, "fileLarge", "the file is too large to be one of this program's"},
    {safetensors, "safetensors detail",
     "safetensors: {detail:ends}; the file is damaged or of another kind, make it again"},
    {header_twice, "headerTwice tensor", "{tensor}: the header names it twice"},
    {header_misplaced, "headerMisplaced kind", "the header: {kind} does not belong here"},
    {entry_misplaced, "entryMisplaced tensor kind", "{tensor}: {kind} does not belong here"},
    {field_misplaced, "fieldMisplaced tensor field kind", "{tensor}, {field}: {kind} does not belong here"},
    {field_twice, "fieldTwice tensor field", "{tensor}: the header gives its {field} twice"},
    {json_object, "jsonObject", "an object"},
    {json_array, "jsonArray", "an array"},
    {json_string, "jsonString", "a string"},
    {json_number, "jsonNumber", "a number"},
    {json_negative, "jsonNegative", "a negative number"},
    {json_fraction, "jsonFraction", "a number with a fraction"},
    {json_truth, "jsonTruth", "a truth value"},
    {json_null, "jsonNull", "null"},
    {entry_incomplete, "entryIncomplete tensor", "{tensor}: dtype, shape or data_offsets is missing"},
    {offsets_two, "offsetsTwo tensor", "{tensor}: data_offsets must be two numbers"},
    {offsets_outside, "offsetsOutside tensor first last bytes",
     "{tensor}: data_offsets {first}..{last} lie outside the {bytes} bytes of data"},
    {type_unknown, "typeUnknown tensor type", "{tensor}: dtype {type} is unknown"},
    {shape_bytes, "shapeBytes tensor shape bytes", "{tensor}: {shape} does not fit its {bytes} bytes"},
    {file_short, "fileShort bytes", "the file has only {bytes} bytes"},
    {header_long, "headerLong header bytes", "a header of {header} bytes is announced, the file has {bytes}"},
    {header_no_json, "headerNoJson byte", "the header is not JSON (at its byte {byte})"},
    {bytes_overlap, "bytesOverlap tensor", "{tensor}: its bytes overlap another tensor's"},
    {bytes_unused, "bytesUnused tensor", "{tensor}: bytes before it belong to no tensor"},
    {bytes_left, "bytesLeft", "bytes at the end belong to no tensor"},
    {tensor_missing, "tensorMissing tensor", "{tensor}: the file has no such tensor"},
    {tensor_unlike, "tensorUnlike tensor found wanted", "{tensor}: found {found}, wanted {wanted}"},

    // checkpoints and weights
    {checkpoint_unreadable, "checkpointUnreadable detail", "checkpoint: {detail}"},
    {checkpoint_none, "checkpointNone", "checkpoint: the file is no checkpoint; load weights alone as weights"},
    {checkpoint_version, "checkpointVersion version newest",
     "checkpoint: the file has version {version}, this program reads versions 1 and {newest}; use the program that "
     "made "
     "it"},
    {checkpoint_data, "checkpointData made present",
     "checkpoint: it was made with other data ({made:data}), not with {present:data}; load that data first"},
    {checkpoint_digits, "checkpointDigits made present",
     "checkpoint: it was made with built-in digits of version {made}, this program makes version {present}; go on in "
     "the program that made it, or write them there with 'quarterturn digits' and load those files first"},
    {checkpoint_preset, "checkpointPreset preset",
     "checkpoint: it was made with the preset {preset}; choose that preset first"},
    {checkpoint_damaged, "checkpointDamaged detail",
     "checkpoint: {detail}; the file is damaged or not made by this program"},
    {entry_wrong, "entryWrong entry", "its entry {entry} is missing or wrong"},
    {failure_unlike, "failureUnlike", "its state and its failure do not agree"},
    {weight_not_finite, "weightNotFinite position tensor", "element {position} of {tensor} is not a finite number"},
    {no_count, "noCount entry", "{entry} holds a number that is no count"},
    {history_shape, "historyShape entry columns", "{entry} must be F64 [epochs, {columns}]"},
    {history_unlike, "historyUnlike run", "the history of {run} does not fit its settings"},
    {state_unlike, "stateUnlike run", "{run} does not agree with the state of the experiment"},
    {no_digit, "noDigit tensor", "{tensor} holds a number that is no digit"},
    {arm_not_listed, "armNotListed arm", "its list of arms has no {arm}"},
    {position_unlike, "positionUnlike", "the position is not one of this run"},
    {weights_unknown, "weightsUnknown tensor example",
     "weights: {tensor} is no tensor of these networks; names are like {example}"},
    {weights_late, "weightsLate tensor run",
     "weights: {tensor} is already in training; load weights before {run} begins"},
    {weights_task, "weightsTask made task",
     "weights: their pretext task is \"{made}\", that of this experiment is \"{task}\"; choose that task first"},
    {weights_unlike, "weightsUnlike detail", "weights: {detail}; give weights of these networks"},
    {weights_not_finite, "weightsNotFinite position tensor",
     "weights: element {position} of {tensor} is not a finite number; give weights of a run that went well"},
    {weights_none, "weightsNone example",
     "weights: the file has no tensors of these networks, such as {example}; give weights that were saved here"},

    // what JavaScript gives
    {not_bytes, "notBytes file", "{file} must be a Uint8Array"},
    {argument_number, "argumentNumber position", "argument {position} must be a number"},
    {argument_whole, "argumentWhole position", "argument {position} must be a whole number from 0 on"},
    {argument_string, "argumentString position", "argument {position} must be a string"},
    {argument_array, "argumentArray position type", "argument {position} must be a {type}"},
    {argument_files, "argumentFiles position", "argument {position} must be an object of Uint8Arrays"},
    {argument_object, "argumentObject position", "argument {position} must be an object"},
    {argument_large, "argumentLarge position",
     "argument {position} must be shorter: it does not fit into the engine's memory"},
    {setting_kind, "settingKind setting", "{setting} must be an object, a number, a string, true or false"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].code) != i) return false;
  }
  return true;
}
static_assert(in_order());

/// The value of `facts` that has this name.
const MessageValue* value_named(const Message& message, std::string_view facts, std::string_view name) {
  for (const MessageValue& value : message.values) {
    facts.remove_prefix(facts.find(' ') + 1);
    if (facts.substr(0, facts.find(' ')) == name) return &value;
  }
  return nullptr;
}

std::string text_of(const MessageValue& value) {
  switch (value.kind) {
    case MessageValue::Kind::text:
      return value.text;
    case MessageValue::Kind::count:
      return join({value.count});
    case MessageValue::Kind::single:
      return decimal(static_cast<float>(value.number));
    case MessageValue::Kind::real:
      return decimal(value.number, 9);
    case MessageValue::Kind::message:
      break;
  }
  return message_text(value.message.front());
}

/// The two ends of a long text.
std::string ends(std::string text) {
  constexpr std::size_t kEnd = 120;
  if (text.size() > 2 * kEnd) text.replace(kEnd, text.size() - 2 * kEnd, " ... ");
  return text;
}

/// "a", "b" or "c" of a|b|c.
std::string choices(std::string_view list) {
  std::string text;
  while (true) {
    const std::size_t end = list.find('|');
    text += join({"\"", list.substr(0, end), "\""});
    if (end == std::string_view::npos) return text;
    list.remove_prefix(end + 1);
    text += list.find('|') == std::string_view::npos ? " or " : ", ";
  }
}

}  // namespace

const std::array<MessageWords, kMessageCodes>& message_words() { return kWords; }

std::string message_text(const Message& message) {
  const MessageWords& known = kWords[static_cast<std::size_t>(message.code)];
  std::string line;
  std::string_view rest = known.text;
  while (true) {
    const std::size_t open = rest.find('{');
    line += rest.substr(0, open);
    if (open == std::string_view::npos) return line;
    const std::size_t close = rest.find('}', open);
    const std::string_view mark = rest.substr(open + 1, close - open - 1);
    rest.remove_prefix(close + 1);
    const std::size_t colon = mark.find(':');
    const MessageValue* value = value_named(message, known.facts, mark.substr(0, colon));
    if (value == nullptr) continue;
    std::string shown = text_of(*value);
    if (message.code != words) shown = printable(shown);
    const std::string_view how = colon == std::string_view::npos ? std::string_view() : mark.substr(colon + 1);
    line += how == "ends"   ? ends(std::move(shown))
            : how == "or"   ? choices(shown)
            : how == "data" ? data_title(shown)
                            : shown;
  }
}

std::string message_text(const std::optional<Message>& message) {
  return message.has_value() ? message_text(*message) : std::string();
}

std::string data_title(std::string_view source) {
  if (!source.starts_with(kGenerated)) return std::string(source);
  const std::size_t colon = source.find(':', kGenerated.size());
  if (colon == std::string_view::npos) return std::string(source);
  const std::string_view version = source.substr(kGenerated.size(), colon - kGenerated.size());
  const std::size_t end = std::min(source.find_first_not_of("0123456789", colon + 1), source.size());
  return join({"built-in generated digits, version ", version, ", seed ", source.substr(colon + 1, end - colon - 1),
               " (not handwriting)", source.substr(end)});
}

Error error_of(const std::string& line) { return {MessageCode::words, {line}}; }

}  // namespace quarterturn
