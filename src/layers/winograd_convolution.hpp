// Convolution 3x3, stride 1, SAME, 64 -> 32 channels, then ReLU, then max pool 2x2 / 2 VALID: [7][7][64] -> [3][3][32].
//
// Of the 7x7 outputs the VALID pool uses 6x6, which is one Winograd F(6x6, 3x3) tile an image: 64 products in place of
// 324. With g the kernel, d the input (8x8: the padding row and column, then the 7x7 image):
//
//   U = G g G^T     V = B^T d B     M[p] = V[p] U[p]  (a matrix product over channels at each of the 64 points p)
//   Y = A^T M A + bias
//
// The gradient is the exact transpose. With dY the gradient by the 6x6 outputs (the pool's winners, 0 elsewhere):
//
//   dM = A dY A^T     dU[p] = V[p]^T dM[p],  dg = G^T dU G     dV[p] = dM[p] U[p]^T,  dd = B dV B^T
//
// Blank regions. Winograd's rounding error is that of the largest value in the tile. Where the image is blank the true
// output is tiny (0 on the first step, when biases are 0), so this error would decide the sign before ReLU and the
// winner of the pool: on the first step conv2's bias gradient is then wrong by a fifth. So the constant beta =
// relu(b1), conv1's output on a blank window, is taken out: conv(x) = conv(x - beta) + conv(beta). The input is exactly
// 0 on blank windows; conv(beta) is a constant of the step that depends only on whether the output touches the padding
// (conv2_blank, bias included); and an output whose whole neighbourhood is blank is exactly that constant. For the
// kernel's gradient: dg[tap] = sum (x - beta) dY + beta * sum of dY over the outputs where the tap lies inside.
//
// Close calls. Elsewhere, too, a ReLU or a winner must not hang on this rounding: Adam's first steps on raw pixels blow
// one wrong sign up to 1e-3 of the loss within ten steps. Where an outcome lies within rounding of another (about one
// image in a hundred), the outputs are computed again as the plain sum (settle).
#pragma once

#include <bit>
#include <cstring>
#include <limits>

#include "layers/shapes.hpp"
#include "layers/winograd_transforms.hpp"
#include "simd/matrix_tile.hpp"
#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

static_assert(kConv2 == convolution("conv2", kChannels2, 3, 1) && kConv2Used == 6, "one tile F(6x6, 3x3) an image");
static_assert(kChannels2 <= 32, "a bit of the doubt word for each channel");
static_assert(kChannels1 % kKernelChunk == 0 && kChannels1 % kLanes == 0 && kChannels2 % kLanes == 0,
              "whole chunks and vectors");
static_assert(kChannels1 % 4 == 0 && kChannels2 % 4 == 0, "transposed four by four");

struct WinogradConvolution {
  /// U for one input channel.
  static void prepare_points(const Conv2Weights& weights, int input_channel, PreparedWeights& prepared) {
    for (int c = 0; c < kChannels2; c += kLanes) {
      transform_kernel(&weights.kernel[0][input_channel][c], kKernel2,
                       &prepared.conv2_points[0][input_channel * kChannels2 + c]);
    }
  }
  /// U^T for four output channels from output_channel on.
  static void prepare_points_transposed(const Conv2Weights& weights, int output_channel, PreparedWeights& prepared) {
    for (int tap = 0; tap < kTaps; ++tap) {
      for (int input = 0; input < kChannels1; input += 4) {
        transpose_four(&weights.kernel[tap][input][output_channel], kChannels2,
                       &prepared.conv2_transposed[tap][output_channel][input], kChannels1);
      }
    }
    for (int output = output_channel; output < output_channel + 4; ++output) {
      for (int c = 0; c < kChannels1; c += kLanes) {
        transform_kernel(&prepared.conv2_transposed[0][output][c], kKernel2,
                         &prepared.conv2_points_transposed[0][output * kChannels1 + c]);
      }
    }
  }
  /// conv(beta) + bias for the four kinds of output; needs prepared.conv1_blank.
  static void prepare_blank(const Conv2Weights& weights, PreparedWeights& prepared) {
    for (int c = 0; c < kChannels2; c += kLanes) {
      Vec tap_sum[kTaps];
      for (int tap = 0; tap < kTaps; ++tap) {
        tap_sum[tap] = splat(0.0F);
        for (int input = 0; input < kChannels1; ++input) {
          tap_sum[tap] =
              madd(splat_load(&prepared.conv1_blank[input]), load(&weights.kernel[tap][input][c]), tap_sum[tap]);
        }
      }
      for (int inner_row = 0; inner_row < 2; ++inner_row) {
        for (int inner_column = 0; inner_column < 2; ++inner_column) {
          Vec sum = load(&weights.bias[c]);
          for (int tap = 0; tap < kTaps; ++tap) {
            if (tap_inside(tap, inner_row, inner_column)) sum = sum + tap_sum[tap];
          }
          store(&prepared.conv2_blank[inner_row][inner_column][c], sum);
        }
      }
    }
  }

  /// V of image `slot` from work.pooled1.
  static void transform_input(int slot, BlockWorkspace& work) {
    for (int c = 0; c < kChannels1; c += kLanes) {
      Vec half[8][kPooled1];
      for (int column = 0; column < kPooled1; ++column) {
        Vec x[7];
        Vec t[8];
        for (int row = 0; row < kPooled1; ++row) x[row] = load(&work.pooled1[row * kPooled1 + column][c]);
        winograd_input(x, t);
        for (int i = 0; i < 8; ++i) half[i][column] = t[i];
      }
      for (int i = 0; i < 8; ++i) {
        Vec t[8];
        winograd_input(half[i], t);
        for (int j = 0; j < 8; ++j) store(&work.points1[i * 8 + j][slot * kChannels1 + c], t[j]);
      }
    }
  }

  /// M = V U for the block's rows.
  static void multiply_forward(const PreparedWeights& prepared, int rows, BlockWorkspace& work) {
    for (int p = 0; p < kPoints; ++p) {
      multiply_rows<false, kChannels2>(Strides<kChannels1, 1, kChannels2, kChannels2>{}, rows, kChannels1,
                                       work.points1[p], prepared.conv2_points[p], work.points2[p]);
    }
  }

  /// Y, ReLU and pool of image `slot`: work.features, work.winner2. True where rounding could have decided a ReLU or a
  /// winner: then work.doubt has the channels, a word a pooled cell, for settle().
  static bool transform_output(const PreparedWeights& prepared, int slot, BlockWorkspace& work) {
    const std::uint64_t blank = blank_outputs(work.live[slot]);
    std::memset(work.doubt, 0, sizeof work.doubt);
    bool doubtful = false;
    for (int c = 0; c < kChannels2; c += kLanes) {
      Vec half[kConv2Used][8];
      for (int j = 0; j < 8; ++j) {
        Vec m[8];
        Vec y[6];
        for (int i = 0; i < 8; ++i) m[i] = load(&work.points2[i * 8 + j][slot * kChannels2 + c]);
        winograd_output(m, y);
        for (int i = 0; i < kConv2Used; ++i) half[i][j] = y[i];
      }
      Vec output[kConv2Used * kConv2Used];
      for (int i = 0; i < kConv2Used; ++i) {
        Vec y[6];
        winograd_output(half[i], y);
        for (int j = 0; j < kConv2Used; ++j) output[i * kConv2Used + j] = y[j];
      }
      for (std::uint64_t rest = blank; rest != 0; rest &= rest - 1) output[std::countr_zero(rest)] = splat(0.0F);

      Vec scale = splat(0.0F);
      Vec margin[kCells2];
      for (int cell = 0; cell < kCells2; ++cell) {
        Vec y[4];
        for (int offset = 0; offset < 4; ++offset) {
          const int i = 2 * (cell / kPooled2) + offset / 2;
          const int j = 2 * (cell % kPooled2) + offset % 2;
          y[offset] = output[i * kConv2Used + j] + load(&prepared.conv2_blank[i != 0][j != 0][c]);
        }
        Vec best = y[0];
        Vec second = splat(-std::numeric_limits<float>::infinity());
        Winner winner = Winner::first();
        for (int offset = 1; offset < 4; ++offset) {
          const auto better = y[offset] > best;  // strict: the first winner stays
          second = xsimd::max(second, xsimd::min(best, y[offset]));
          best = keep_first_maximum(best, y[offset]);
          winner.set_where(better, offset);
        }
        scale = xsimd::max(scale, xsimd::abs(best));
        margin[cell] = margin_of(cell, blank, y, best, second);
        const auto dead = best <= splat(0.0F);
        winner.set_where(dead, 4);
        const int at = cell * kChannels2 + c;
        store(&work.features[slot][at], only_where(!dead, best));
        winner.save(&work.winner2[slot][at]);
      }
      const Vec tolerance = scale * splat(kRounding);
      for (int cell = 0; cell < kCells2; ++cell) {
        const auto bits = static_cast<std::uint32_t>((margin[cell] < tolerance).mask());
        if (bits != 0) {
          work.doubt[cell] |= bits << c;
          doubtful = true;
        }
      }
    }
    return doubtful;
  }

  /// Decides what work.doubt names by the sum itself, in double precision. Needs work.pooled1 of the same image.
  static void settle(const Conv2Weights& weights, const PreparedWeights& prepared, int slot, BlockWorkspace& work) {
    for (int cell = 0; cell < kCells2; ++cell) {
      for (std::uint32_t rest = work.doubt[cell]; rest != 0; rest &= rest - 1) {
        const int c = std::countr_zero(rest);
        float best = 0.0F;
        int winner = 4;
        for (int offset = 0; offset < 4; ++offset) {
          const int i = 2 * (cell / kPooled2) + offset / 2;
          const int j = 2 * (cell % kPooled2) + offset % 2;
          double sum = 0.0;
          for (int tap = 0; tap < kTaps; ++tap) {
            if (!tap_inside(tap, i, j)) continue;
            const float* x = work.pooled1[(i + tap / 3 - 1) * kPooled1 + j + tap % 3 - 1];
            for (int input = 0; input < kChannels1; ++input) {
              sum += static_cast<double>(x[input]) * static_cast<double>(weights.kernel[tap][input][c]);
            }
          }
          const float y = static_cast<float>(sum) + prepared.conv2_blank[i != 0][j != 0][c];
          if (y > best) {  // strict, from 0 on: ReLU and the first winner at once
            best = y;
            winner = offset;
          }
        }
        work.features[slot][cell * kChannels2 + c] = best;
        work.winner2[slot][cell * kChannels2 + c] = static_cast<std::uint8_t>(winner);
      }
    }
  }

  /// From work.features_gradient of image `slot`: dM, and the sums of dY for bias and blank correction.
  static void transform_output_gradient(int slot, BlockWorkspace& work) {
    for (int c = 0; c < kChannels2; c += kLanes) {
      Vec output[kConv2Used][6];
      for (int u = 0; u < kPooled2; ++u) {
        for (int v = 0; v < kPooled2; ++v) {
          const int at = (u * kPooled2 + v) * kChannels2 + c;
          const Winner winner = Winner::restore(&work.winner2[slot][at]);
          const Vec g = load(&work.features_gradient[slot][at]);
          for (int offset = 0; offset < 4; ++offset) {
            output[2 * u + offset / 2][2 * v + offset % 2] = winner.keep(offset, g);
          }
        }
      }
      // Sums over the outputs of each kind: [0][0] the corner, [0][1] the rest of row 0, [1][0] of column 0, [1][1]
      // inner.
      Vec top = splat(0.0F);
      Vec left = splat(0.0F);
      Vec inner = splat(0.0F);
      for (int j = 1; j < kConv2Used; ++j) top = top + output[0][j];
      for (int i = 1; i < kConv2Used; ++i) {
        left = left + output[i][0];
        Vec row = output[i][1];
        for (int j = 2; j < kConv2Used; ++j) row = row + output[i][j];
        inner = inner + row;
      }
      const auto add = [c](float* sums, Vec value) { store(sums + c, load(sums + c) + value); };
      add(work.conv2_blank_sums[0][0], output[0][0]);
      add(work.conv2_blank_sums[0][1], top);
      add(work.conv2_blank_sums[1][0], left);
      add(work.conv2_blank_sums[1][1], inner);

      Vec half[8][6];
      for (int j = 0; j < kConv2Used; ++j) {
        Vec y[6];
        Vec m[8];
        for (int i = 0; i < kConv2Used; ++i) y[i] = output[i][j];
        winograd_output_transposed(y, m);
        for (int i = 0; i < 8; ++i) half[i][j] = m[i];
      }
      for (int i = 0; i < 8; ++i) {
        Vec m[8];
        winograd_output_transposed(half[i], m);
        for (int j = 0; j < 8; ++j) store(&work.points2[i * 8 + j][slot * kChannels2 + c], m[j]);
      }
    }
  }

  /// Adds the block's gradients by kernel and bias; replaces V by dV. work.conv2_blank_sums as left by the block's
  /// images.
  static void multiply_backward(const PreparedWeights& prepared, int rows, BlockWorkspace& work,
                                Conv2Weights& gradient) {
    QUARTERTURN_ROLLED for (int i = 0; i < 8; ++i) {
      QUARTERTURN_ROLLED for (int input = 0; input < kChannels1; input += kKernelChunk) {
        QUARTERTURN_ROLLED for (int j = 0; j < 8; ++j) {
          multiply<false, kKernelChunk, kChannels2>(Strides<1, kChannels1, kChannels2, kChannels2>{}, rows,
                                                    work.points1[i * 8 + j] + input, work.points2[i * 8 + j],
                                                    work.points_gradient[j]);
        }
        transform_kernel_gradient_row(i, input * kChannels2, work);
      }
      QUARTERTURN_ROLLED for (int p = i * 8; p < i * 8 + 8; ++p) {
        multiply_rows<false, kChannels1>(Strides<kChannels2, 1, kChannels1, kChannels1>{}, rows, kChannels2,
                                         work.points2[p], prepared.conv2_points_transposed[p], work.points1[p]);
      }
    }
    add_kernel_gradient(prepared, work, gradient);
  }

  /// work.pooled1 = gradient by conv1's pooled output of image `slot`, from dV.
  static void transform_input_gradient(int slot, BlockWorkspace& work) {
    for (int c = 0; c < kChannels1; c += kLanes) {
      Vec half[kPooled1][8];
      for (int j = 0; j < 8; ++j) {
        Vec t[8];
        Vec x[7];
        for (int i = 0; i < 8; ++i) t[i] = load(&work.points1[i * 8 + j][slot * kChannels1 + c]);
        winograd_input_transposed(t, x);
        for (int row = 0; row < kPooled1; ++row) half[row][j] = x[row];
      }
      for (int row = 0; row < kPooled1; ++row) {
        Vec x[7];
        winograd_input_transposed(half[row], x);
        for (int column = 0; column < kPooled1; ++column) {
          store(&work.pooled1[row * kPooled1 + column][c], x[column]);
        }
      }
    }
  }

  /// Bit i*6+j: every window under output (i, j) is blank. `live` is the mask of windows with ink, bit u*7+v.
  static std::uint64_t blank_outputs(std::uint64_t live) {
    std::uint32_t spread[kPooled1 + 1];  // row u, each bit or'ed with its neighbours; row -1 is padding
    spread[0] = 0;
    for (int u = 0; u < kPooled1; ++u) {
      const auto row = static_cast<std::uint32_t>(live >> (u * kPooled1)) & 0x7FU;
      spread[u + 1] = row | (row << 1) | (row >> 1);
    }
    std::uint64_t blank = 0;
    for (int i = 0; i < kConv2Used; ++i) {
      const std::uint32_t inked = spread[i] | spread[i + 1] | spread[i + 2];
      blank |= static_cast<std::uint64_t>(~inked & 0x3FU) << (i * kConv2Used);
    }
    return blank;
  }

 private:
  /// Rounding error of an output, in units of the channel's largest: four times the largest seen.
  static constexpr float kRounding = 0x1p-16F;

  /// How far a cell's outcome is from another one: the least distance between 0, the winner and its rivals. Outputs
  /// over blank windows are exact, so only a distance to another kind counts.
  static QUARTERTURN_INLINE Vec margin_of(int cell, std::uint64_t blank, const Vec (&y)[4], Vec best, Vec second) {
    const int corner = 2 * (cell / kPooled2) * kConv2Used + 2 * (cell % kPooled2);
    const auto exact = static_cast<unsigned>(((blank >> corner) & 3U) | (((blank >> (corner + kConv2Used)) & 3U) << 2));
    if (exact == 0) return xsimd::min(xsimd::abs(best), best - second);
    const Vec never = splat(std::numeric_limits<float>::infinity());
    Vec margin = never;
    for (int offset = 0; offset < 4; ++offset) {
      if ((exact >> offset & 1U) != 0) continue;
      const Vec gap = best - second;
      const Vec as_winner = xsimd::min(xsimd::abs(best), xsimd::select(gap == splat(0.0F), never, gap));
      margin = xsimd::min(margin, xsimd::select(y[offset] == best, as_winner, best - y[offset]));
    }
    return margin;
  }

  /// Does the tap of an output in this row and column read the image (true) or the padding above or left of it (false)?
  static constexpr bool tap_inside(int tap, int row, int column) {
    return (row != 0 || tap / 3 != 0) && (column != 0 || tap % 3 != 0);
  }

  static QUARTERTURN_INLINE void transform_kernel(const float* taps, int tap_stride, float* points) {
    Vec half[8][3];
    for (int kx = 0; kx < 3; ++kx) {
      Vec g[3];
      Vec u[8];
      for (int ky = 0; ky < 3; ++ky) g[ky] = load(taps + (ky * 3 + kx) * tap_stride);
      winograd_kernel(g, u);
      for (int i = 0; i < 8; ++i) half[i][kx] = u[i];
    }
    for (int i = 0; i < 8; ++i) {
      Vec u[8];
      winograd_kernel(half[i], u);
      for (int j = 0; j < 8; ++j) store(points + (i * 8 + j) * (kKernel2 + kLinePad), u[j]);
    }
  }

  /// (dU G) for row i of the points and one chunk of input channels, which starts at element `first` of the kernel.
  static void transform_kernel_gradient_row(int i, int first, BlockWorkspace& work) {
    for (int at = 0; at < kKernelChunk * kChannels2; at += kLanes) {
      Vec u[8];
      Vec g[3];
      for (int j = 0; j < 8; ++j) u[j] = load(work.points_gradient[j] + at);
      winograd_kernel_transposed(u, g);
      for (int kx = 0; kx < 3; ++kx) store(work.kernel_gradient[kx][i] + first + at, g[kx]);
    }
  }

  /// gradient += G^T (dU G) + beta * sum of dY; bias too.
  static void add_kernel_gradient(const PreparedWeights& prepared, const BlockWorkspace& work, Conv2Weights& gradient) {
    alignas(kAlignment) float blank[kTaps][kChannels2];  // sum of dY over the outputs where the tap lies inside
    for (int c = 0; c < kChannels2; c += kLanes) {
      const Vec corner = load(&work.conv2_blank_sums[0][0][c]);
      const Vec top = load(&work.conv2_blank_sums[0][1][c]);
      const Vec left = load(&work.conv2_blank_sums[1][0][c]);
      const Vec inner = load(&work.conv2_blank_sums[1][1][c]);
      store(&gradient.bias[c], load(&gradient.bias[c]) + ((corner + top) + (left + inner)));
      for (int tap = 0; tap < kTaps; ++tap) {
        Vec sum = inner;
        if (tap_inside(tap, 0, 1)) sum = sum + top;
        if (tap_inside(tap, 1, 0)) sum = sum + left;
        if (tap_inside(tap, 0, 0)) sum = sum + corner;
        store(&blank[tap][c], sum);
      }
    }
    for (int kx = 0; kx < 3; ++kx) {
      for (int input = 0; input < kChannels1; ++input) {
        const Vec beta = splat_load(&prepared.conv1_blank[input]);
        for (int c = 0; c < kChannels2; c += kLanes) {
          Vec u[8];
          Vec g[3];
          for (int i = 0; i < 8; ++i) u[i] = load(work.kernel_gradient[kx][i] + input * kChannels2 + c);
          winograd_kernel_transposed(u, g);
          for (int ky = 0; ky < 3; ++ky) {
            float* kernel = &gradient.kernel[ky * 3 + kx][input][c];
            store(kernel, load(kernel) + madd(beta, load(&blank[ky * 3 + kx][c]), g[ky]));
          }
        }
      }
    }
  }
};

}  // namespace quarterturn::QUARTERTURN_ISA
