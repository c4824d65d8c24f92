// gzip as files are read: several members, a limit on what comes out.
#include <zlib.h>

#include <vector>

#include "data/native/files.hpp"
#include "fuzz/targets.hpp"

namespace quarterturn::fuzz {
namespace {

constexpr std::size_t kLimit = kMiB;

std::vector<std::uint8_t> zipped(Bytes plain) {
  z_stream stream{};
  require(deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib cannot begin");
  std::vector<std::uint8_t> out(deflateBound(&stream, static_cast<uLong>(plain.size())));
  stream.next_in = const_cast<Bytef*>(plain.data());
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib cannot end");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

Status gzip(Bytes input) {
  const auto plain = gunzip(input, "file.gz", kLimit);
  if (!plain) return plain.error();
  require(plain.value().size() <= kLimit, "more comes out than the limit allows");
  const auto again = gunzip(zipped(plain.value()), "again.gz", kLimit);
  require(again.ok() && again.value() == plain.value(), "data change when zipped again");
  return Ok{};
}

}  // namespace quarterturn::fuzz
