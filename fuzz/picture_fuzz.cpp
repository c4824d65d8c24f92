// PNG, PGM and PPM pictures, through to the 28x28 image that the networks see.
#include <algorithm>
#include <string>

#include "data/drawing.hpp"
#include "data/native/files.hpp"
#include "data/native/photo.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn::fuzz {

Status picture(Bytes input) {
  const Result<Picture> read = parse_picture(input, "picture");
  if (!read) return read.error();
  const Picture& picture = read.value();
  require(picture.width >= 1 && picture.width <= kMaxDrawingSide, "a width out of range");
  require(picture.height >= 1 && picture.height <= kMaxDrawingSide, "a height out of range");
  require(picture.pixels.size() == picture.width * picture.height, "pixels do not fit width and height");

  // Written as PGM it is the same picture; and only small ones are centred, so that a fuzzer gets on.
  if (picture.pixels.size() > 64 * kKiB) return Ok{};
  const std::string head = "P5 " + std::to_string(picture.width) + " " + std::to_string(picture.height) + " 255\n";
  std::vector<std::uint8_t> pgm(head.begin(), head.end());
  pgm.insert(pgm.end(), picture.pixels.begin(), picture.pixels.end());
  const Result<Picture> again = parse_picture(pgm, "again");
  require(again.ok() && again.value().pixels == picture.pixels && again.value().width == picture.width,
          "a picture changes when written again");

  const auto ink = picture_to_ink(picture.pixels, picture.width, picture.height);
  require(ink.ok() && ink.value().size() == picture.pixels.size(), "a picture has no ink to be found");
  const auto centred = centre_drawing(ink.value(), picture.width, picture.height);
  require(centred.ok(), "a picture cannot be centred");
  const bool has_ink = std::ranges::any_of(ink.value(), [](std::uint8_t v) { return v == 255; });
  const bool shows_ink = std::ranges::any_of(centred.value(), [](std::uint8_t v) { return v != 0; });
  require(!has_ink || shows_ink, "ink is lost in centring");

  const auto found = find_digit(picture.pixels, picture.width, picture.height);
  require(found.ok() && found.value().ink.size() == found.value().width * found.value().height,
          "a picture has no digit to be looked for");
  require(centre_drawing(found.value().ink, found.value().width, found.value().height).ok(),
          "a digit that was found cannot be centred");
  return Ok{};
}

}  // namespace quarterturn::fuzz
