// Convolution 3x3, stride 2, SAME, 1 -> 64 channels, then ReLU, then max pool 2x2 / 2: [28][28] -> [7][7][64].
//
//   y[i][j][c] = b[c] + sum_tap w[tap][c] x[2i + ky][2j + kx]         SAME pads row 28 and column 28 (0 before, 1
//   after) p[u][v][c] = max over the 2x2 outputs (2u + oy, 2v + ox) of relu(y)
//
// One pool window sees 5x5 pixels. Its four outputs need one table t[tap][offset] = x[4u + 2 oy + ky][4v + 2 ox + kx],
// which serves forward (four sums side by side) and the kernel's gradient (each lane picks its winner's column).
// More than half of MNIST's windows hold no ink at all: their output is relu(b) exactly, and they are skipped.
//
// The output is stored less relu(b): zero on blank windows (see winograd_convolution.hpp for why).
#pragma once

#include <bit>
#include <cstring>

#include "layers/shapes.hpp"
#include "pretext/pixel_map.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

/// How many channel vectors go through a window together: 4 offsets x 2 vectors of sums, as in the 4x2 matrix tile.
inline constexpr int kConv1Vectors = 2;

/// x / 255 without a division: x * kUnitUpper is exact (8 by 9 bits), and adding x * kUnitLower rounds it as the
/// quotient.
inline constexpr float kUnitUpper = 0x1.01p-8F;
inline constexpr float kUnitLower = 0x1.010102p-24F;
static_assert([] {
  for (int x = 0; x < 256; ++x) {
    const auto value = static_cast<float>(x);
    if (value * kUnitUpper + value * kUnitLower != static_cast<float>(x / 255.0)) return false;
  }
  return true;
}());

static_assert(kConv1 == convolution("conv1", kChannels1, 3, 2) && kTrunk.layer(1).window == 2,
              "the window's 5x5 pixels");
static_assert(kChannels1 % (kConv1Vectors * kLanes) == 0, "channels in whole pairs of vectors");
static_assert(kCells1 <= 64, "a bit of the live word for each window");
static_assert(kSide + 1 <= 32 && kSide == 4 * kPooled1, "a row of the picture with its padding");

/// The image in rows of kRow bytes, walked with strides that are constants of the loop.
template <int kRow, int kRowStride, int kColumnStride>
QUARTERTURN_INLINE void copy_strided(const std::uint8_t* first, std::uint8_t* out) {
  QUARTERTURN_ROLLED for (int r = 0; r < kSide; ++r) {
    const std::uint8_t* source = first + r * kRowStride;
    QUARTERTURN_UNROLLED(4) for (int c = 0; c < kSide; ++c) out[r * kRow + c] = source[c * kColumnStride];
  }
}

/// The image as the map shows it, in rows of kRow bytes; `map` null: as it is. Quarter turns have loops of their own,
/// mirrors one with strides; any other map is looked up pixel by pixel.
template <int kRow>
inline void copy_mapped(const std::uint8_t* image, const PixelMap* map, std::uint8_t* out) {
  if (map == nullptr) return copy_strided<kRow, kSide, 1>(image, out);
  const std::uint8_t* first = image + map->base;
  if (map->strided) {
    if (map->row == kSide && map->column == 1) return copy_strided<kRow, kSide, 1>(first, out);
    if (map->row == -1 && map->column == kSide) return copy_strided<kRow, -1, kSide>(first, out);
    if (map->row == -kSide && map->column == -1) return copy_strided<kRow, -kSide, -1>(first, out);
    if (map->row == 1 && map->column == -kSide) return copy_strided<kRow, 1, -kSide>(first, out);
  }
  if (map->strided) {
    QUARTERTURN_ROLLED for (int r = 0; r < kSide; ++r) {
      const std::uint8_t* source = first + r * map->row;
      QUARTERTURN_UNROLLED(4) for (int c = 0; c < kSide; ++c) out[r * kRow + c] = source[c * map->column];
    }
    return;
  }
  const std::uint16_t* table = map->table.data();
  QUARTERTURN_ROLLED for (int r = 0; r < kSide; ++r) {
    QUARTERTURN_UNROLLED(4) for (int c = 0; c < kSide; ++c) out[r * kRow + c] = image[table[r * kSide + c]];
  }
}

/// The image through its map as floats (work.picture); returns the windows that hold ink (bit u*7+v).
inline std::uint64_t unpack_picture(const std::uint8_t* image, const PixelMap* map, bool unit, BlockWorkspace& work) {
  constexpr int kRow = 32;
  alignas(kAlignment) std::uint8_t turned[(kSide + 1) * kRow] = {};  // row 28 and columns 28..31 stay black
  copy_mapped<kRow>(image, map, turned);

  const Vec upper = splat(unit ? kUnitUpper : 1.0F);
  const Vec lower = splat(unit ? kUnitLower : 0.0F);
  float* const picture = work.picture[0];
  for (int i = 0; i < kSide * kRow; i += kLanes) {
    const Vec x = load_bytes(turned + i);
    store(picture + i, x * upper + x * lower);
  }

  std::uint64_t live = 0;
  QUARTERTURN_ROLLED for (int u = 0; u < kPooled1; ++u) {
    std::uint8_t ink[kRow] = {};  // the window row's five rows, or'ed
    for (int r = 4 * u; r <= 4 * u + 4; ++r) {
      for (int c = 0; c < kRow; ++c) ink[c] = static_cast<std::uint8_t>(ink[c] | turned[r * kRow + c]);
    }
    for (int v = 0; v < kPooled1; ++v) {
      std::uint32_t four = 0;
      std::memcpy(&four, ink + 4 * v, sizeof four);
      live |= static_cast<std::uint64_t>((four | ink[4 * v + 4]) != 0) << (u * kPooled1 + v);
    }
  }
  return live;
}

/// t[tap][offset] of window (u, v): offsets (0,0), (0,1), (1,0), (1,1).
inline void gather_window(const BlockWorkspace& work, int u, int v, float* table) {
  for (int ky = 0; ky < 3; ++ky) {
    const float* upper = &work.picture[4 * u + ky][4 * v];
    const float* lower = &work.picture[4 * u + ky + 2][4 * v];
    const Four a = load_four(upper);
    const Four b = load_four(lower);
    store_four(table + (ky * 3 + 0) * 4, __builtin_shufflevector(a, b, 0, 2, 4, 6));
    store_four(table + (ky * 3 + 1) * 4, __builtin_shufflevector(a, b, 1, 3, 5, 7));
    store_four(table + (ky * 3 + 2) * 4,
               __builtin_shufflevector(load_four(upper + 2), load_four(lower + 2), 0, 2, 4, 6));
  }
}

struct FirstConvolution {
  /// Image `slot` of the block: work.pooled1 = p - relu(b), work.windows, work.live, work.winner1.
  static void forward(const Conv1Weights& weights, const float* blank, const std::uint8_t* image, const PixelMap* map,
                      bool unit, int slot, BlockWorkspace& work) {
    const std::uint64_t live = unpack_picture(image, map, unit, work);
    work.live[slot] = live;
    std::memset(work.pooled1, 0, sizeof work.pooled1);
    for (std::uint64_t rest = live; rest != 0; rest &= rest - 1) {
      const int cell = std::countr_zero(rest);
      float* table = work.windows[slot][cell];
      gather_window(work, cell / kPooled1, cell % kPooled1, table);
      for (int c = 0; c < kChannels1; c += kConv1Vectors * kLanes) {
        convolve_window(weights, blank, c, table, work.pooled1[cell], work.winner1[slot][cell]);
      }
    }
  }

  /// work.pooled1 = gradient by p for image `slot`; adds to the gradients of kernel and bias.
  static void backward(const Conv1Weights& weights, int slot, const BlockWorkspace& work, Conv1Weights& gradient) {
    const std::uint64_t live = work.live[slot];
    constexpr std::uint64_t kAllCells = (std::uint64_t{1} << kCells1) - 1;
    for (int c = 0; c < kChannels1; c += kLanes) {
      Vec kernel[kTaps];
      for (int tap = 0; tap < kTaps; ++tap) kernel[tap] = load(&gradient.kernel[tap][c]);
      Vec bias = splat(0.0F);
      for (std::uint64_t rest = live; rest != 0; rest &= rest - 1) {
        const int cell = std::countr_zero(rest);
        const std::uint8_t* winner = &work.winner1[slot][cell][c];
        const Vec g = Winner::restore(winner).alive(load(&work.pooled1[cell][c]));
        bias = bias + g;
        const WinnerLookup pick(winner);
        const float* table = work.windows[slot][cell];
        for (int tap = 0; tap < kTaps; ++tap) kernel[tap] = madd(g, pick(table + tap * 4), kernel[tap]);
      }
      // Blank windows: x = 0, so only the bias sees their gradient, and only where relu(b) lets it through.
      Vec blank = splat(0.0F);
      for (std::uint64_t rest = ~live & kAllCells; rest != 0; rest &= rest - 1) {
        blank = blank + load(&work.pooled1[std::countr_zero(rest)][c]);
      }
      bias = bias + only_where(load(&weights.bias[c]) > splat(0.0F), blank);
      for (int tap = 0; tap < kTaps; ++tap) store(&gradient.kernel[tap][c], kernel[tap]);
      store(&gradient.bias[c], load(&gradient.bias[c]) + bias);
    }
  }

 private:
  static QUARTERTURN_INLINE void convolve_window(const Conv1Weights& weights, const float* blank, int c,
                                                 const float* table, float* pooled, std::uint8_t* winners) {
    const float* kernel = &weights.kernel[0][c];
    Vec sum[4][kConv1Vectors];
    for (int v = 0; v < kConv1Vectors; ++v) {
      const Vec b = load(&weights.bias[c + v * kLanes]);
      for (int offset = 0; offset < 4; ++offset) sum[offset][v] = b;
    }
    QUARTERTURN_ROLLED for (int tap = 0; tap < kTaps; ++tap) {
      Vec w[kConv1Vectors];
      for (int v = 0; v < kConv1Vectors; ++v) w[v] = load(kernel + v * kLanes);
      for (int offset = 0; offset < 4; ++offset) {
        const Vec x = splat_load(table + offset);
        for (int v = 0; v < kConv1Vectors; ++v) sum[offset][v] = madd(x, w[v], sum[offset][v]);
      }
      table += 4;
      kernel += kChannels1;
    }
    for (int v = 0; v < kConv1Vectors; ++v) {
      const int at = c + v * kLanes;
      Vec best = sum[0][v];
      Winner winner = Winner::first();
      for (int offset = 1; offset < 4; ++offset) {
        const auto better = sum[offset][v] > best;  // strict: the first winner stays
        best = keep_first_maximum(best, sum[offset][v]);
        winner.set_where(better, offset);
      }
      const auto dead = best <= splat(0.0F);  // false for NaN, which so reaches the loss
      winner.set_where(dead, 4);
      best = only_where(!dead, best);
      store(pooled + at, best - load(blank + at));
      winner.save(winners + at);
    }
  }
};

}  // namespace quarterturn::QUARTERTURN_ISA
