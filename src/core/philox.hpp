// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as
// 1, 2, 3", SC 2011). A number is a pure function of (seed, purpose, epoch, index), so no generator state has to be
// saved, shared between threads or replayed.
#pragma once

#include <array>
#include <cstdint>

namespace quarterturn {

/// What a random number is for; part of its key, so that no two uses share a sequence.
enum class RandomPurpose : std::uint32_t {
  pretext_weights = 1,
  random_weights = 2,
  supervised_weights = 3,
  self_supervised_head_weights = 4,
  random_head_weights = 5,
  self_supervised_shuffle = 6,
  random_shuffle = 7,
  supervised_shuffle = 8,
  pretext_shuffle = 9,
  digit_generator = 10,
  data_shuffle = 11,
  test = 12,
  pixel_shuffle = 13,
};

/// A stream of uniform numbers keyed by (seed, purpose, epoch); number `index` is the same whatever was drawn before.
class Philox {
 public:
  using Block = std::array<std::uint32_t, 4>;

  constexpr Philox(std::uint64_t seed, RandomPurpose purpose, std::uint32_t epoch = 0)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
        purpose_(static_cast<std::uint32_t>(purpose)),
        epoch_(epoch) {}

  /// Four independent 32-bit words for one counter value.
  [[nodiscard]] constexpr Block block(std::uint64_t index) const {
    Block counter{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32), purpose_, epoch_};
    std::uint32_t key0 = key_[0];
    std::uint32_t key1 = key_[1];
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t product0 = std::uint64_t{0xD2511F53U} * counter[0];
      const std::uint64_t product1 = std::uint64_t{0xCD9E8D57U} * counter[2];
      counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key0, static_cast<std::uint32_t>(product1),
                 static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key1, static_cast<std::uint32_t>(product0)};
      key0 += 0x9E3779B9U;
      key1 += 0xBB67AE85U;
    }
    return counter;
  }

  /// 32 random bits.
  [[nodiscard]] constexpr std::uint32_t bits(std::uint64_t index) const {
    return block(index / 4)[static_cast<std::size_t>(index % 4)];
  }

  /// Uniform in [0, 1), 24 bits, exact in float.
  [[nodiscard]] constexpr float uniform(std::uint64_t index) const {
    return static_cast<float>(bits(index) >> 8) * 0x1p-24F;
  }

  /// Uniform integer in [0, bound) by Lemire's multiply-shift; the bias is below bound / 2^32.
  [[nodiscard]] constexpr std::uint32_t below(std::uint64_t index, std::uint32_t bound) const {
    return static_cast<std::uint32_t>((std::uint64_t{bits(index)} * bound) >> 32);
  }

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint32_t purpose_;
  std::uint32_t epoch_;
};

/// Fisher-Yates over [first, first + count) of `order`; a pure function of the stream.
template <class Integer>
constexpr void shuffle(const Philox& random, Integer* order, std::uint32_t count) {
  for (std::uint32_t i = count; i > 1; --i) {
    const std::uint32_t j = random.below(count - i, i);
    const Integer held = order[i - 1];
    order[i - 1] = order[j];
    order[j] = held;
  }
}

}  // namespace quarterturn
