// C[m][n] (+)= sum_k A(m, k) B[k][n]: the one matrix product that every layer uses, and every tile choice.
//
// Lanes run across n. Each C element is one chain over k in rising order, whatever the tile and the lanes, so a result
// does not depend on either. Strides are template constants: they become immediate offsets of the loads.
//
// A tile holds MR x NV accumulators. It is bounded by registers: NV rows of B, one splat of A, MR*NV sums; and from
// below by latency: two multiply-adds a cycle of four cycles each need eight sums to keep busy, and more to keep busy
// always. AVX2: 6x2 = 12 sums + 2 + 1 (3x4 spills). AVX-512 and NEON have 32 registers. V8 has 15 for wasm on x86 and
// moves all loads of a loop's body to its front: 6x2 then spills three sums, yet in Chromium 156 its twelve chains are
// worth 5 to 10% over 4x2, which fits but is bound by latency. Without a fused multiply-add a product needs one more
// register, and 4x2 wins. Loops unrolled by hand lose.
#pragma once

#include <cstddef>

#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

#if defined(__AVX512F__)
inline constexpr int kTileRows = 8;
inline constexpr int kTileVectors = 2;
#elif defined(__AVX2__) || defined(__wasm_relaxed_simd__)
inline constexpr int kTileRows = 6;
inline constexpr int kTileVectors = 2;
#elif defined(__aarch64__)
inline constexpr int kTileRows = 6;
inline constexpr int kTileVectors = 4;
#else
inline constexpr int kTileRows = 4;
inline constexpr int kTileVectors = 2;
#endif

/// Strides in floats: A(m, k) = a[m * kARow + k * kAStep], B row k = b + k * kBRow, C row m = c + m * kCRow.
template <int kARow, int kAStep, int kBRow, int kCRow>
struct Strides {};

template <bool kAccumulate, int kRows, int kVectors, int kARow, int kAStep, int kBRow, int kCRow>
QUARTERTURN_INLINE void matrix_tile(Strides<kARow, kAStep, kBRow, kCRow>, int depth, const float* a, const float* b,
                                    float* c) {
  Vec sum[kRows][kVectors];
  for (int m = 0; m < kRows; ++m) {
    for (int v = 0; v < kVectors; ++v) {
      if constexpr (kAccumulate) {
        sum[m][v] = load(c + m * kCRow + v * kLanes);
      } else {
        sum[m][v] = splat(0.0F);
      }
    }
  }
  QUARTERTURN_ROLLED for (int k = 0; k < depth; ++k) {
    Vec row[kVectors];
    for (int v = 0; v < kVectors; ++v) row[v] = load(b + v * kLanes);
    for (int m = 0; m < kRows; ++m) {
      const Vec x = splat_load(a + m * kARow);
      for (int v = 0; v < kVectors; ++v) sum[m][v] = madd(x, row[v], sum[m][v]);
    }
    a += kAStep;
    b += kBRow;
  }
  for (int m = 0; m < kRows; ++m) {
    for (int v = 0; v < kVectors; ++v) store(c + m * kCRow + v * kLanes, sum[m][v]);
  }
}

/// All kColumns columns of kRows rows.
template <bool kAccumulate, int kRows, int kColumns, int kARow, int kAStep, int kBRow, int kCRow>
QUARTERTURN_INLINE void matrix_stripe(Strides<kARow, kAStep, kBRow, kCRow> strides, int depth, const float* a,
                                      const float* b, float* c) {
  static_assert(kColumns % kLanes == 0, "columns come in whole vectors");
  constexpr int kVectors = kColumns / kLanes < kTileVectors ? kColumns / kLanes : kTileVectors;
  static_assert(kColumns % (kVectors * kLanes) == 0, "columns come in whole tiles");
  for (int n = 0; n < kColumns; n += kVectors * kLanes) {
    matrix_tile<kAccumulate, kRows, kVectors>(strides, depth, a, b + n, c + n);
  }
}

/// kRows rows known at compile time; a last, lower tile takes the remainder.
template <bool kAccumulate, int kRows, int kColumns, int kARow, int kAStep, int kBRow, int kCRow>
QUARTERTURN_INLINE void multiply(Strides<kARow, kAStep, kBRow, kCRow> strides, int depth, const float* a,
                                 const float* b, float* c) {
  constexpr int kRest = kRows % kTileRows;
  for (int m = 0; m < kRows - kRest; m += kTileRows) {
    matrix_stripe<kAccumulate, kTileRows, kColumns>(strides, depth, a + m * kARow, b, c + m * kCRow);
  }
  if constexpr (kRest != 0) {
    constexpr int m = kRows - kRest;
    matrix_stripe<kAccumulate, kRest, kColumns>(strides, depth, a + m * kARow, b, c + m * kCRow);
  }
}

/// `rows` rows known at run time. Works on whole tiles: up to kTileRows - 1 rows past the end are read and written, so
/// A and C must have room for them (blocks of kBlockRows rows do).
template <bool kAccumulate, int kColumns, int kARow, int kAStep, int kBRow, int kCRow>
QUARTERTURN_INLINE void multiply_rows(Strides<kARow, kAStep, kBRow, kCRow> strides, int rows, int depth, const float* a,
                                      const float* b, float* c) {
  for (int m = 0; m < rows; m += kTileRows) {
    matrix_stripe<kAccumulate, kTileRows, kColumns>(strides, depth, a + m * kARow, b, c + m * kCRow);
  }
}

}  // namespace quarterturn::QUARTERTURN_ISA
