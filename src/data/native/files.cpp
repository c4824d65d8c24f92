#include "data/native/files.hpp"

#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "core/native/message_text.hpp"
#include "data/drawing.hpp"
#include "data/idx.hpp"
#include "data/native/idx_folder.hpp"

namespace quarterturn {
namespace {

namespace fs = std::filesystem;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

Error fault(std::string_view name, const std::string& what) { return error_of(std::string(name) + ": " + what); }

std::string bytes_text(std::size_t bytes) {
  return bytes >= (std::size_t{1} << 20) ? std::to_string(bytes >> 20) + " MiB" : std::to_string(bytes) + " bytes";
}

bool is_gzip(std::span<const std::uint8_t> bytes) { return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B; }

}  // namespace

namespace {

/// The size is not asked for beforehand, so that pipes can be read as well.
Result<std::vector<std::uint8_t>> read_stream(std::FILE* file, std::string_view name, std::size_t limit) {
  std::vector<std::uint8_t> bytes;
  std::size_t chunk = std::size_t{1} << 16;
  for (;;) {
    const std::size_t before = bytes.size();
    bytes.resize(before + chunk);
    const std::size_t got = std::fread(bytes.data() + before, 1, chunk, file);
    bytes.resize(before + got);
    if (bytes.size() > limit) {
      return fault(name, "larger than " + bytes_text(limit) + "; give a smaller file");
    }
    if (got < chunk) {
      break;
    }
    chunk = std::min<std::size_t>(2 * chunk, std::size_t{1} << 24);
  }
  if (std::ferror(file) != 0) {
    return fault(name, std::string("cannot be read (") + std::strerror(errno) + "); check the file");
  }
  return bytes;
}

}  // namespace

Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t limit) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return fault(path, "is a folder; name a file");
  }
  const File file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) {
    return fault(path, std::string("cannot be opened (") + std::strerror(errno) + "); check the path");
  }
  return read_stream(file.get(), path, limit);
}

Result<std::vector<std::uint8_t>> read_standard_input(std::size_t limit) {
  return read_stream(stdin, "standard input", limit);
}

Status write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  File file(std::fopen(path.c_str(), "wb"));
  if (file == nullptr) {
    return fault(path, std::string("cannot be written (") + std::strerror(errno) + "); check the folder");
  }
  const bool written = bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
  const bool closed = std::fclose(file.release()) == 0;  // a full disk may show only here
  if (!written || !closed) {
    return fault(path, std::string("could not be written whole (") + std::strerror(errno) + "); check the disk");
  }
  return Ok{};
}

Result<std::vector<std::uint8_t>> gunzip(std::span<const std::uint8_t> bytes, std::string_view name,
                                         std::size_t limit) {
  if (!is_gzip(bytes)) {
    return fault(name, "not a gzip file; give a .gz file or the plain one");
  }
  if (bytes.size() > std::numeric_limits<uInt>::max()) {
    return fault(name, "larger than 4 GiB; give a smaller file");
  }
  z_stream stream{};
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) {
    return fault(name, "no memory left to decompress it");
  }
  struct End {
    z_stream* stream;
    ~End() { inflateEnd(stream); }
  } const end{&stream};

  std::vector<std::uint8_t> out;
  stream.next_in = const_cast<Bytef*>(bytes.data());  // zlib's old signature; it does not write there
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::vector<std::uint8_t> chunk(std::size_t{1} << 18);
  for (;;) {
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    const int state = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = chunk.size() - stream.avail_out;
    if (got > limit - out.size()) {
      return fault(name, "decompresses to more than " + bytes_text(limit) + "; give a smaller file");
    }
    out.insert(out.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(got));
    if (state == Z_STREAM_END) {
      if (stream.avail_in == 0) {
        return out;
      }
      // gzip allows several members in one file.
      if (!is_gzip({stream.next_in, stream.avail_in})) {
        return fault(name, std::to_string(stream.avail_in) +
                               " bytes follow after the end of the gzip data; fetch the file again");
      }
      inflateReset(&stream);
    } else if (state == Z_MEM_ERROR) {
      return fault(name, "no memory left to decompress it");
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      return fault(name, std::string("corrupt gzip data (") + (stream.msg != nullptr ? stream.msg : "unknown fault") +
                             "); fetch the file again");
    } else if (stream.avail_in == 0 && got < chunk.size()) {
      return fault(name, "truncated gzip data; fetch the file again");
    }
  }
}

Result<std::vector<std::uint8_t>> inflated(Result<std::vector<std::uint8_t>> bytes, std::string_view name,
                                           std::size_t limit) {
  if (!bytes || !is_gzip(bytes.value())) {
    return bytes;
  }
  return gunzip(bytes.value(), name, limit);
}

Result<std::vector<std::uint8_t>> read_maybe_gzip(const std::string& path, std::size_t limit) {
  return inflated(read_file(path, limit), path, limit);
}

namespace {

/// The first line of SOURCE.txt, at most 200 printable bytes; empty where there is none.
std::string described_source(const std::string& folder) {
  const fs::path path = fs::path(folder) / "SOURCE.txt";
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) {
    return {};
  }
  const Result<std::vector<std::uint8_t>> bytes = read_file(path.string(), std::size_t{1} << 16);
  if (!bytes) {
    return {};
  }
  std::string line;
  for (const std::uint8_t byte : bytes.value()) {
    if (byte < 0x20 || byte == 0x7F || line.size() == 200) {
      break;
    }
    line.push_back(static_cast<char>(byte));
  }
  return line;
}

}  // namespace

Result<DataSource> load_mnist_folder(const std::string& folder) {
  const Result<IdxFolder> found = find_idx_files(folder);
  if (!found) {
    return found.error();
  }
  const IdxFolder& files = found.value();
  std::array<std::string, 4> paths = files.paths;
  std::array<std::vector<std::uint8_t>, 4> bytes;
  const IdxNames names;
  const std::array<std::string, 4> official = {names.train_images, names.train_labels, names.test_images,
                                               names.test_labels};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (paths[i].empty()) {
      paths[i] = (fs::path(files.folder) / official[i]).string();
      continue;
    }
    Result<std::vector<std::uint8_t>> content = read_maybe_gzip(paths[i]);
    if (!content) {
      return content.error();
    }
    if (content.value().empty()) {
      return fault(paths[i], "the file is empty; fetch it again");
    }
    bytes[i] = std::move(content).value();
  }
  const std::string origin = (files.set.empty() ? "" : files.set + " in ") + "folder " + files.folder;
  Result<DataSource> data =
      load_mnist_bytes({bytes[0], bytes[1], bytes[2], bytes[3]}, origin, {paths[0], paths[1], paths[2], paths[3]});
  if (data && recognise(data.value()).empty()) {
    const std::string described = described_source(files.folder);
    if (!described.empty()) {
      data.value().source = described + " (" + std::to_string(data.value().train.count()) + " train, " +
                            std::to_string(data.value().test.count()) + " test)";
    }
  }
  return data;
}

Result<std::vector<std::uint8_t>> load_idx_images(const std::string& path) {
  const Result<std::vector<std::uint8_t>> bytes = read_maybe_gzip(path);
  if (!bytes) {
    return bytes.error();
  }
  return parse_idx_images(bytes.value(), path);
}

namespace {

Error size_fault(std::string_view name, std::uint64_t width, std::uint64_t height) {
  return fault(name, "the picture is " + std::to_string(width) + "x" + std::to_string(height) +
                         "; width and height must be 1 to " + std::to_string(kMaxDrawingSide));
}

bool size_fits(std::uint64_t width, std::uint64_t height) {
  return width >= 1 && height >= 1 && width <= kMaxDrawingSide && height <= kMaxDrawingSide;
}

/// Whether so few bytes can hold what the header of a PNG claims: deflate makes at most 1,032 bytes of one. The header
/// has been read, so depth and colour type are valid ones in their places.
bool can_hold_pixels(std::span<const std::uint8_t> bytes, std::size_t pixels) {
  constexpr std::array<std::uint8_t, 7> kChannels = {1, 0, 3, 1, 2, 0, 4};  // by colour type
  const std::size_t bits = pixels * bytes[24] * kChannels[bytes[25]];
  return bits / 8 / 1032 <= bytes.size();
}

Result<Picture> parse_png(std::span<const std::uint8_t> bytes, std::string_view name) {
  const auto damaged = [&](const png_image& image) {
    return fault(name, std::string("damaged PNG (") + image.message + "); save it again");
  };
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  struct Free {
    png_image* image;
    ~Free() { png_image_free(image); }
  } const free_image{&image};
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
    return damaged(image);
  }
  if (!size_fits(image.width, image.height)) {
    return size_fault(name, image.width, image.height);
  }
  const bool transparent = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
  const std::size_t pixels = std::size_t{image.width} * image.height;
  if (!can_hold_pixels(bytes, pixels)) {
    return fault(name, "truncated PNG: " + bytes_text(bytes.size()) + " cannot hold the " +
                           std::to_string(image.width) + "x" + std::to_string(image.height) +
                           " pixels of its header; save it again");
  }
  Picture picture{image.width, image.height, {}};
  if (!transparent) {
    image.format = PNG_FORMAT_GRAY;
    picture.pixels.resize(pixels);
    if (png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr) == 0) {
      return damaged(image);
    }
    return picture;
  }
  image.format = PNG_FORMAT_GA;
  std::vector<std::uint8_t> grey_alpha(2 * pixels);
  if (png_image_finish_read(&image, nullptr, grey_alpha.data(), 0, nullptr) == 0) {
    return damaged(image);
  }
  // White paper, unless that would hide everything: then the ink is white and the paper black.
  const auto over = [&](unsigned paper) {
    picture.pixels.resize(pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
      const unsigned alpha = grey_alpha[2 * i + 1];
      picture.pixels[i] = static_cast<std::uint8_t>((grey_alpha[2 * i] * alpha + paper * (255 - alpha) + 127) / 255);
    }
  };
  over(255);
  if (std::all_of(picture.pixels.begin(), picture.pixels.end(), [](std::uint8_t v) { return v >= 250; })) {
    over(0);
  }
  return picture;
}

/// Reads the numbers of a PNM header and of the plain (P2, P3) forms: blanks and comments between them.
class PnmReader {
 public:
  PnmReader(std::span<const std::uint8_t> bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  std::optional<std::uint32_t> number() {
    skip_blanks();
    std::optional<std::uint32_t> value;
    while (at_ < bytes_.size() && bytes_[at_] >= '0' && bytes_[at_] <= '9') {
      value = std::min<std::uint32_t>(value.value_or(0) * 10 + (bytes_[at_++] - std::uint32_t{'0'}), 100'000'000);
    }
    return value;
  }
  /// The single blank between header and raw samples.
  bool blank() {
    if (at_ >= bytes_.size() || !is_blank(bytes_[at_])) {
      return false;
    }
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (at_ < bytes_.size() && (is_blank(bytes_[at_]) || bytes_[at_] == '#')) {
      if (bytes_[at_] == '#') {
        while (at_ < bytes_.size() && bytes_[at_] != '\n') {
          ++at_;
        }
      } else {
        ++at_;
      }
    }
  }
  [[nodiscard]] std::span<const std::uint8_t> rest() const { return bytes_.subspan(at_); }

 private:
  static bool is_blank(std::uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

  std::span<const std::uint8_t> bytes_;
  std::size_t at_;
};

/// Rec. 601 luma, as libpng and most scanners use it.
std::uint8_t luma(std::uint32_t r, std::uint32_t g, std::uint32_t b) {
  return static_cast<std::uint8_t>((299 * r + 587 * g + 114 * b + 500) / 1000);
}

Result<Picture> parse_pnm(std::span<const std::uint8_t> bytes, std::string_view name) {
  const char kind = static_cast<char>(bytes[1]);
  const bool plain = kind == '2' || kind == '3';
  const std::size_t channels = kind == '3' || kind == '6' ? 3 : 1;
  const std::string format = channels == 3 ? "PPM" : "PGM";
  PnmReader reader(bytes, 2);
  const std::optional<std::uint32_t> width = reader.number();
  const std::optional<std::uint32_t> height = reader.number();
  const std::optional<std::uint32_t> maximum = reader.number();
  if (!width || !height || !maximum) {
    return fault(name, "damaged " + format + " header (width, height or maximum is missing); save it again");
  }
  if (!size_fits(*width, *height)) {
    return size_fault(name, *width, *height);
  }
  if (*maximum < 1 || *maximum > 65535) {
    return fault(name, "damaged " + format + " header (maximum " + std::to_string(*maximum) +
                           " is not in 1 to 65535); save it again");
  }
  if (!reader.blank()) {
    return fault(name, "damaged " + format + " header (no blank after the maximum); save it again");
  }
  const std::size_t pixels = std::size_t{*width} * *height;
  const std::size_t samples = pixels * channels;
  const std::size_t wide = *maximum > 255 ? 2 : 1;
  const std::size_t least = plain ? 2 * samples - 1 : wide * samples;  // a digit and a blank for each plain sample
  const std::span<const std::uint8_t> raw = reader.rest();
  const auto truncated = [&](std::size_t have) {
    return fault(name, "truncated " + format + ": " + std::to_string(have) + " of " + std::to_string(samples) +
                           " samples; save it again");
  };
  if (plain && raw.size() < least) {
    return fault(name, "truncated " + format + ": " + std::to_string(raw.size()) + " bytes for " +
                           std::to_string(samples) + " samples; save it again");
  }
  if (raw.size() < least) {
    return truncated(raw.size() / wide);
  }
  if (!plain && raw.size() > least) {
    return fault(name, std::to_string(raw.size() - least) + " bytes follow after the samples of the " + format +
                           "; save it again");
  }
  Picture picture{*width, *height, std::vector<std::uint8_t>(pixels)};
  std::array<std::uint32_t, 3> colour{};
  for (std::size_t i = 0; i < samples; ++i) {
    std::uint32_t value = 0;
    if (plain) {
      const std::optional<std::uint32_t> read = reader.number();
      if (!read) {
        reader.skip_blanks();
        return reader.rest().empty() ? truncated(i)
                                     : fault(name, "damaged " + format + " (sample " + std::to_string(i) +
                                                       " is not a number); save it again");
      }
      value = *read;
    } else {
      value = wide == 2 ? std::uint32_t{raw[2 * i]} << 8 | raw[2 * i + 1] : raw[i];
    }
    if (value > *maximum) {
      return fault(name, "damaged " + format + " (sample " + std::to_string(value) + " is above the maximum " +
                             std::to_string(*maximum) + "); save it again");
    }
    const std::uint32_t scaled = (value * 255 + *maximum / 2) / *maximum;
    if (channels == 1) {
      picture.pixels[i] = static_cast<std::uint8_t>(scaled);
    } else {
      colour[i % 3] = scaled;
      if (i % 3 == 2) {
        picture.pixels[i / 3] = luma(colour[0], colour[1], colour[2]);
      }
    }
  }
  return picture;
}

}  // namespace

Result<Picture> parse_picture(std::span<const std::uint8_t> bytes, std::string_view name) {
  constexpr std::array<std::uint8_t, 8> kPng = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (bytes.size() >= 4 && std::equal(kPng.begin(), kPng.begin() + 4, bytes.begin())) {
    return parse_png(bytes, name);
  }
  if (bytes.size() >= 3 && bytes[0] == 'P' &&
      (bytes[1] == '2' || bytes[1] == '3' || bytes[1] == '5' || bytes[1] == '6')) {
    return parse_pnm(bytes, name);
  }
  if (bytes.empty()) {
    return fault(name, "the file is empty; give a PNG, PGM or PPM picture");
  }
  return fault(name, "not a picture that can be read; give a PNG, PGM or PPM picture");
}

Result<Picture> load_picture(const std::string& path) {
  const Result<std::vector<std::uint8_t>> bytes = read_file(path, std::size_t{1} << 28);
  if (!bytes) {
    return bytes.error();
  }
  return parse_picture(bytes.value(), path);
}

}  // namespace quarterturn
