// Adam and SGD with momentum as Keras 3 defines them: one flat state beside the weights that it moves, in their order.
//
// An optimiser is a kind here with its line in kOptimizers, and its formula in optimizer_kernels.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/aligned_buffer.hpp"

namespace quarterturn {

enum class OptimizerKind : std::uint8_t { sgd, adam };
inline constexpr std::size_t kOptimizerKinds = 2;

/// What an optimiser keeps beside each weight.
struct OptimizerInfo {
  std::string_view name;
  std::string_view title;                   ///< for people
  std::array<std::string_view, 2> vectors;  ///< names of its vectors of state, as checkpoints have them
  std::size_t count;                        ///< how many of these it has
};

inline constexpr std::array<OptimizerInfo, kOptimizerKinds> kOptimizers = {{
    {"sgd", "SGD, momentum 0.9", {"velocity", ""}, 1},
    {"adam", "Adam", {"m", "v"}, 2},
}};

/// v = momentum * v - lr * g;  w += v   (keras.optimizers.SGD, nesterov = False)
inline constexpr float kSgdMomentum = 0.9F;

/// m += (1 - b1) (g - m);  v += (1 - b2) (g^2 - v);  w -= lr sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + eps)
/// (Kingma and Ba, ICLR 2015, with epsilon outside the bias correction, as keras.optimizers.Adam has it.) Keras
/// subtracts 1 - b in double precision but raises a b rounded to single precision to the power t; so does this.
inline constexpr double kAdamBeta1 = 0.9;
inline constexpr double kAdamBeta2 = 0.999;
inline constexpr float kAdamEpsilon = 1e-7F;

class Optimizer {
 public:
  Optimizer(OptimizerKind kind, std::size_t parameters, float rate = 0.001F);

  float learning_rate;
  std::uint32_t step = 0;  ///< steps done; t of the next step is step + 1

  [[nodiscard]] OptimizerKind kind() const { return kind_; }
  [[nodiscard]] const OptimizerInfo& info() const { return kOptimizers[static_cast<std::size_t>(kind_)]; }
  /// Vector `i` of the state, [parameters]. All lie in one buffer, `stride` floats apart.
  [[nodiscard]] std::span<float> state(std::size_t i) { return state_.span().subspan(i * stride_, parameters_); }
  [[nodiscard]] std::span<const float> state(std::size_t i) const {
    return state_.span().subspan(i * stride_, parameters_);
  }
  [[nodiscard]] std::size_t stride() const { return stride_; }
  /// The whole buffer: padded so that each vector is aligned.
  [[nodiscard]] std::span<float> buffer() { return state_.span(); }
  [[nodiscard]] std::span<const float> buffer() const { return state_.span(); }

  /// Factor of the next step: for Adam lr sqrt(1 - b2^t) / (1 - b1^t), t = step + 1, in plain multiplications and a
  /// square root, so the same everywhere; for SGD the learning rate.
  [[nodiscard]] float step_rate() const;

 private:
  OptimizerKind kind_;
  std::size_t parameters_;
  std::size_t stride_;
  AlignedBuffer<float> state_;
};

}  // namespace quarterturn
