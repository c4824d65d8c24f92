// The one seam between kernels and machine. Kernels are written once against Vec and the few functions below and are
// compiled once per instruction set, each time into a namespace of its own (QUARTERTURN_ISA).
//
// Two arithmetic families: `fused` rounds a*b+c once (native FMA, wasm relaxed_madd where the machine fuses),
// `unfused` rounds twice (SSE2, AVX2 without FMA, wasm SIMD). Compiled with -ffp-contract=off, so madd() is the only
// place that fuses, and one family gives the same bits for 4, 8 and 16 lanes.
#pragma once

#include <cstdint>
#include <cstring>
#include <xsimd/xsimd.hpp>

#ifdef __wasm__
#include <wasm_simd128.h>
#endif

#ifndef QUARTERTURN_ISA
#define QUARTERTURN_ISA baseline
#endif

#define QUARTERTURN_INLINE inline __attribute__((always_inline))

/// Before a loop that clang leaves as it is written, or unrolls a few times only: V8 compiles short loops best, and
/// code that is downloaded is expensive.
#ifdef __clang__
#define QUARTERTURN_PRAGMA(text) _Pragma(#text)
#define QUARTERTURN_ROLLED QUARTERTURN_PRAGMA(clang loop unroll(disable))
#define QUARTERTURN_UNROLLED(times) QUARTERTURN_PRAGMA(clang loop unroll_count(times))
#else
#define QUARTERTURN_ROLLED
#define QUARTERTURN_UNROLLED(times)
#endif

namespace quarterturn::QUARTERTURN_ISA {

using Vec = xsimd::batch<float>;
using IntVec = xsimd::batch<std::int32_t>;
inline constexpr int kLanes = static_cast<int>(Vec::size);

#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__) || defined(__wasm_relaxed_simd__)
inline constexpr bool kFused = true;
#else
inline constexpr bool kFused = false;
#endif

/// a * b + c, rounded once in the fused family. (xsimd's own fma is x*y+z on wasm, also with relaxed SIMD.)
QUARTERTURN_INLINE Vec madd(Vec a, Vec b, Vec c) {
#if defined(__wasm_relaxed_simd__)
  return Vec(wasm_f32x4_relaxed_madd(a, b, c));
#else
  if constexpr (kFused) return xsimd::fma(a, b, c);
  return a * b + c;
#endif
}

/// c - a * b
QUARTERTURN_INLINE Vec nmadd(Vec a, Vec b, Vec c) {
#if defined(__wasm_relaxed_simd__)
  return Vec(wasm_f32x4_relaxed_nmadd(a, b, c));
#elif defined(__aarch64__)
  return Vec(vfmsq_f32(c, a, b));  // xsimd has no fnma for NEON, and its general one rounds twice
#else
  if constexpr (kFused) return xsimd::fnma(a, b, c);
  return c - a * b;
#endif
}

/// a / b and sqrt(a), rounded correctly. (For single precision on NEON xsimd's own are estimates refined twice.)
QUARTERTURN_INLINE Vec divide(Vec a, Vec b) {
#ifdef __aarch64__
  return Vec(vdivq_f32(a, b));
#else
  return a / b;
#endif
}
QUARTERTURN_INLINE Vec square_root(Vec a) {
#ifdef __aarch64__
  return Vec(vsqrtq_f32(a));
#else
  return xsimd::sqrt(a);
#endif
}

QUARTERTURN_INLINE Vec splat(float x) { return Vec(x); }
/// Splat from memory: one instruction everywhere (on wasm v128.load32_splat, which the generic splat does not reach).
QUARTERTURN_INLINE Vec splat_load(const float* p) {
#ifdef __wasm__
  return Vec(wasm_v128_load32_splat(p));
#else
  return Vec(*p);
#endif
}
/// y > best ? y : best, so that of equals, and against a NaN, the first one stays.
QUARTERTURN_INLINE Vec keep_first_maximum(Vec best, Vec y) {
#if defined(__wasm__)
  return Vec(wasm_f32x4_pmax(best, y));
#elif defined(__SSE2__)
  return xsimd::max(y, best);  // maxps takes its second operand in a tie and for NaN
#else
  return xsimd::select(y > best, y, best);
#endif
}
QUARTERTURN_INLINE Vec load(const float* p) { return Vec::load_unaligned(p); }
QUARTERTURN_INLINE void store(float* p, Vec v) { v.store_unaligned(p); }

/// kLanes bytes as floats.
QUARTERTURN_INLINE Vec load_bytes(const std::uint8_t* p) {
#if defined(__wasm__)
  const v128_t bytes = wasm_v128_load32_zero(p);
  return Vec(wasm_f32x4_convert_i32x4(wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(bytes))));
#elif defined(__AVX512F__)
  return Vec(_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)))));
#elif defined(__AVX2__)
  return Vec(_mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)))));
#else
  float values[kLanes];
  for (int i = 0; i < kLanes; ++i) values[i] = static_cast<float>(p[i]);
  return load(values);
#endif
}

/// e^x for x in [-87, 88] (clamped), error below 2 units in the last place: Cephes' expf polynomial. Not libm's, whose
/// bits differ from machine to machine.
QUARTERTURN_INLINE Vec exp(Vec x) {
  x = xsimd::min(xsimd::max(x, splat(-87.0F)), splat(88.0F));
  const Vec magic = splat(12582912.0F);  // 1.5 * 2^23: adding it leaves round(x) in the low mantissa bits
  const Vec shifted = madd(x, splat(1.44269504088896341F), magic);
  const Vec n = shifted - magic;
  Vec r = nmadd(n, splat(0.693359375F), x);
  r = nmadd(n, splat(-2.12194440e-4F), r);
  Vec p = splat(1.9875691500e-4F);
  p = madd(p, r, splat(1.3981999507e-3F));
  p = madd(p, r, splat(8.3334519073e-3F));
  p = madd(p, r, splat(4.1665795894e-2F));
  p = madd(p, r, splat(1.6666665459e-1F));
  p = madd(p, r, splat(5.0000001201e-1F));
  p = madd(p, r * r, r + splat(1.0F));
  const IntVec exponent = xsimd::bitwise_cast<std::int32_t>(shifted) << 23;
  return xsimd::bitwise_cast<float>(xsimd::bitwise_cast<std::int32_t>(p) + exponent);
}

/// x where the mask is set, else 0. Where masks are lanes of ones this is one instruction; a select takes up to three.
QUARTERTURN_INLINE Vec only_where(xsimd::batch_bool<float> mask, Vec x) {
#if defined(__wasm__) || (defined(__SSE2__) && !defined(__AVX512F__))
  return Vec(mask.data) & x;
#else
  return xsimd::select(mask, x, splat(0.0F));
#endif
}

/// The lane's winner inside a 2x2 pooling window: 0..3 in row-major order, 4 = dead (nothing above zero).
struct Winner {
  IntVec index;

  QUARTERTURN_INLINE static Winner first() { return {IntVec(0)}; }
  /// Values must be set in rising order: then a maximum does the work of a blend, which is dearer.
  template <class Mask>
  QUARTERTURN_INLINE void set_where(Mask mask, int value) {
    const auto lanes = xsimd::batch_bool_cast<std::int32_t>(mask);
#if defined(__wasm__) || (defined(__AVX2__) && !defined(__AVX512F__))
    index = xsimd::max(index, IntVec(lanes.data) & IntVec(value));
#else
    index = xsimd::select(lanes, IntVec(value), index);
#endif
  }
  /// g where the winner is `value`, else 0.
  [[nodiscard]] QUARTERTURN_INLINE Vec keep(int value, Vec g) const {
    return only_where(xsimd::batch_bool_cast<float>(index == IntVec(value)), g);
  }

  /// g unless dead, else 0.
  [[nodiscard]] QUARTERTURN_INLINE Vec alive(Vec g) const {
    return only_where(xsimd::batch_bool_cast<float>(index < IntVec(4)), g);
  }

  /// One byte a lane in memory.
  QUARTERTURN_INLINE void save(std::uint8_t* p) const;
  QUARTERTURN_INLINE static Winner restore(const std::uint8_t* p);
};

/// table[index] for a table of four floats; lanes with index 4 give any of them.
class WinnerLookup {
 public:
  QUARTERTURN_INLINE explicit WinnerLookup(const std::uint8_t* saved);
  [[nodiscard]] QUARTERTURN_INLINE Vec operator()(const float* table) const;

 private:
#if defined(__wasm__)
  v128_t bytes_;
#elif defined(__aarch64__)
  uint8x16_t bytes_;
#else
  IntVec index_;
#endif
};

#if defined(__wasm__)

QUARTERTURN_INLINE void Winner::save(std::uint8_t* p) const {
  const v128_t words = wasm_i16x8_narrow_i32x4(index, index);
  wasm_v128_store32_lane(p, wasm_u8x16_narrow_i16x8(words, words), 0);
}
QUARTERTURN_INLINE Winner Winner::restore(const std::uint8_t* p) {
  const v128_t bytes = wasm_v128_load32_zero(p);
  return {IntVec(wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(bytes)))};
}
// i8x16.swizzle selects bytes: lane byte b of index i is byte 4 i + b of the table.
QUARTERTURN_INLINE WinnerLookup::WinnerLookup(const std::uint8_t* saved) {
  const v128_t bytes = wasm_v128_load32_zero(saved);
  const v128_t spread = wasm_i8x16_shuffle(bytes, bytes, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  bytes_ = wasm_i8x16_add(wasm_i32x4_shl(spread, 2), wasm_i32x4_splat(0x03020100));
}
QUARTERTURN_INLINE Vec WinnerLookup::operator()(const float* table) const {
#ifdef __wasm_relaxed_simd__
  // Byte indices are below 16, where relaxed and strict agree, except for dead lanes, whose value nobody uses.
  return Vec(wasm_i8x16_relaxed_swizzle(wasm_v128_load(table), bytes_));
#else
  return Vec(wasm_i8x16_swizzle(wasm_v128_load(table), bytes_));
#endif
}

#elif defined(__aarch64__)

QUARTERTURN_INLINE void Winner::save(std::uint8_t* p) const {
  const uint16x4_t words = vmovn_u32(vreinterpretq_u32_s32(index));
  const uint8x8_t bytes = vmovn_u16(vcombine_u16(words, words));
  const std::uint32_t packed = vget_lane_u32(vreinterpret_u32_u8(bytes), 0);
  std::memcpy(p, &packed, sizeof packed);
}
QUARTERTURN_INLINE Winner Winner::restore(const std::uint8_t* p) {
  std::uint32_t packed;
  std::memcpy(&packed, p, sizeof packed);
  const uint16x8_t words = vmovl_u8(vreinterpret_u8_u32(vdup_n_u32(packed)));
  return {IntVec(vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(words))))};
}
QUARTERTURN_INLINE WinnerLookup::WinnerLookup(const std::uint8_t* saved) {
  const int32x4_t index = Winner::restore(saved).index;
  bytes_ = vreinterpretq_u8_s32(vmlaq_n_s32(vdupq_n_s32(0x03020100), index, 0x04040404));
}
QUARTERTURN_INLINE Vec WinnerLookup::operator()(const float* table) const {
  return Vec(vreinterpretq_f32_u8(vqtbl1q_u8(vld1q_u8(reinterpret_cast<const std::uint8_t*>(table)), bytes_)));
}

#elif defined(__AVX512F__)

QUARTERTURN_INLINE void Winner::save(std::uint8_t* p) const {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(index));
}
QUARTERTURN_INLINE Winner Winner::restore(const std::uint8_t* p) {
  return {IntVec(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))))};
}
QUARTERTURN_INLINE WinnerLookup::WinnerLookup(const std::uint8_t* saved) : index_(Winner::restore(saved).index) {}
QUARTERTURN_INLINE Vec WinnerLookup::operator()(const float* table) const {
  return Vec(_mm512_permutevar_ps(_mm512_broadcast_f32x4(_mm_loadu_ps(table)), index_));
}

#elif defined(__AVX2__)

QUARTERTURN_INLINE void Winner::save(std::uint8_t* p) const {
  const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(index), _mm256_extracti128_si256(index, 1));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(p), _mm_packus_epi16(words, words));
}
QUARTERTURN_INLINE Winner Winner::restore(const std::uint8_t* p) {
  return {IntVec(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p))))};
}
QUARTERTURN_INLINE WinnerLookup::WinnerLookup(const std::uint8_t* saved) : index_(Winner::restore(saved).index) {}
QUARTERTURN_INLINE Vec WinnerLookup::operator()(const float* table) const {
  return Vec(_mm256_permutevar_ps(_mm256_broadcast_ps(reinterpret_cast<const __m128*>(table)), index_));
}

#else  // SSE2: no permute by a register, so three selects

QUARTERTURN_INLINE void Winner::save(std::uint8_t* p) const {
  const __m128i words = _mm_packs_epi32(index, index);
  const std::int32_t packed = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
  std::memcpy(p, &packed, sizeof packed);
}
QUARTERTURN_INLINE Winner Winner::restore(const std::uint8_t* p) {
  std::int32_t packed = 0;
  std::memcpy(&packed, p, sizeof packed);
  const __m128i zero = _mm_setzero_si128();
  return {IntVec(_mm_unpacklo_epi16(_mm_unpacklo_epi8(_mm_cvtsi32_si128(packed), zero), zero))};
}
QUARTERTURN_INLINE WinnerLookup::WinnerLookup(const std::uint8_t* saved) : index_(Winner::restore(saved).index) {}
QUARTERTURN_INLINE Vec WinnerLookup::operator()(const float* table) const {
  Vec value = splat(table[0]);
  for (int i = 1; i < 4; ++i) {
    value = xsimd::select(xsimd::batch_bool_cast<float>(index_ == IntVec(i)), splat(table[i]), value);
  }
  return value;
}

#endif

/// Four floats, whatever the lanes of Vec: for moving data, not for arithmetic.
using Four = float __attribute__((vector_size(16)));
QUARTERTURN_INLINE Four load_four(const float* p) {
  Four v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
QUARTERTURN_INLINE void store_four(float* p, Four v) { std::memcpy(p, &v, sizeof v); }

/// to[c][r] = from[r][c] for a 4x4 corner; strides in floats.
QUARTERTURN_INLINE void transpose_four(const float* from, int from_stride, float* to, int to_stride) {
  const Four a = load_four(from);
  const Four b = load_four(from + from_stride);
  const Four c = load_four(from + 2 * from_stride);
  const Four d = load_four(from + 3 * from_stride);
  const Four ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Four ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Four cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Four cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  store_four(to, __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5));
  store_four(to + to_stride, __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7));
  store_four(to + 2 * to_stride, __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5));
  store_four(to + 3 * to_stride, __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7));
}

}  // namespace quarterturn::QUARTERTURN_ISA
