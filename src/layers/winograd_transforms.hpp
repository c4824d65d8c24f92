// One-dimensional transforms of Winograd's F(6, 3): 6 outputs of a 3-tap correlation from 8 products.
//
//   y = A^T [ (G g) * (B^T d) ],   d[8] -> y[6],   points 0, +-1, +-2, +-1/2, infinity
//
//         1   0 -21/4    0  21/4   0  -1  0             1      0      0
//         0   1   1   -17/4 -17/4  1   1  0           -2/9   -2/9   -2/9           1  1  1  1  1   1    1   0
//         0  -1   1    17/4 -17/4 -1   1  0           -2/9    2/9   -2/9           0  1 -1  2 -2  1/2 -1/2  0
//   B^T = 0  1/2 1/4  -5/2  -5/4   2   1  0    G =    1/90   1/45   2/45    A^T =  0  1  1  4  4  1/4  1/4  0
//         0 -1/2 1/4   5/2  -5/4  -2   1  0           1/90  -1/45   2/45           0  1 -1  8 -8  1/8 -1/8  0
//         0   2   4   -5/2   -5   1/2  1  0          32/45  16/45   8/45           0  1  1 16 16 1/16 1/16  0
//         0  -2   4    5/2   -5  -1/2  1  0          32/45 -16/45   8/45           0  1 -1 32 -32 1/32 -1/32 1
//         0  -1   0   21/4   0  -21/4  0  1             0      0      1
//
// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016; the points as in NNPACK.) Rows for
// +p and -p share their even and odd halves. Two dimensions: the transform on every column, then on every row. The
// gradient needs the exact transposes A, B and G^T.
//
// d[0] is always zero here (the SAME padding above and left of the image), so B^T takes 7 inputs and B gives 7 outputs.
#pragma once

#include "simd/simd.hpp"

namespace quarterturn::QUARTERTURN_ISA {

/// t = B^T (0, x0..x6)
QUARTERTURN_INLINE void winograd_input(const Vec (&x)[7], Vec (&t)[8]) {
  t[0] = madd(splat(5.25F), x[3] - x[1], -x[5]);
  const Vec even1 = madd(splat(-4.25F), x[3], x[1] + x[5]);
  const Vec odd1 = madd(splat(-4.25F), x[2], x[0] + x[4]);
  t[1] = even1 + odd1;
  t[2] = even1 - odd1;
  const Vec even2 = madd(splat(-1.25F), x[3], madd(splat(0.25F), x[1], x[5]));
  const Vec odd2 = madd(splat(2.0F), x[4], madd(splat(-2.5F), x[2], splat(0.5F) * x[0]));
  t[3] = even2 + odd2;
  t[4] = even2 - odd2;
  const Vec even3 = madd(splat(-5.0F), x[3], madd(splat(4.0F), x[1], x[5]));
  const Vec odd3 = madd(splat(0.5F), x[4], madd(splat(-2.5F), x[2], splat(2.0F) * x[0]));
  t[5] = even3 + odd3;
  t[6] = even3 - odd3;
  t[7] = madd(splat(5.25F), x[2] - x[4], x[6] - x[0]);
}

/// x = the last seven of B t
QUARTERTURN_INLINE void winograd_input_transposed(const Vec (&t)[8], Vec (&x)[7]) {
  const Vec sum1 = t[1] + t[2];
  const Vec difference1 = t[1] - t[2];
  const Vec sum2 = t[3] + t[4];
  const Vec difference2 = t[3] - t[4];
  const Vec sum3 = t[5] + t[6];
  const Vec difference3 = t[5] - t[6];
  x[0] = madd(splat(2.0F), difference3, madd(splat(0.5F), difference2, difference1 - t[7]));
  x[1] = madd(splat(-5.25F), t[0], madd(splat(4.0F), sum3, madd(splat(0.25F), sum2, sum1)));
  x[2] = madd(splat(5.25F), t[7], madd(splat(-2.5F), difference2 + difference3, splat(-4.25F) * difference1));
  x[3] = madd(splat(5.25F), t[0], madd(splat(-5.0F), sum3, madd(splat(-1.25F), sum2, splat(-4.25F) * sum1)));
  x[4] = madd(splat(-5.25F), t[7], madd(splat(0.5F), difference3, madd(splat(2.0F), difference2, difference1)));
  x[5] = (sum1 - t[0]) + (sum2 + sum3);
  x[6] = t[7];
}

/// u = G g
QUARTERTURN_INLINE void winograd_kernel(const Vec (&g)[3], Vec (&u)[8]) {
  const Vec even1 = splat(-2.0F / 9.0F) * (g[0] + g[2]);
  const Vec odd1 = splat(-2.0F / 9.0F) * g[1];
  const Vec even2 = madd(splat(1.0F / 90.0F), g[0], splat(2.0F / 45.0F) * g[2]);
  const Vec odd2 = splat(1.0F / 45.0F) * g[1];
  const Vec even3 = madd(splat(32.0F / 45.0F), g[0], splat(8.0F / 45.0F) * g[2]);
  const Vec odd3 = splat(16.0F / 45.0F) * g[1];
  u[0] = g[0];
  u[1] = even1 + odd1;
  u[2] = even1 - odd1;
  u[3] = even2 + odd2;
  u[4] = even2 - odd2;
  u[5] = even3 + odd3;
  u[6] = even3 - odd3;
  u[7] = g[2];
}

/// g = G^T u
QUARTERTURN_INLINE void winograd_kernel_transposed(const Vec (&u)[8], Vec (&g)[3]) {
  const Vec sum1 = splat(-2.0F / 9.0F) * (u[1] + u[2]);
  const Vec sum2 = u[3] + u[4];
  const Vec sum3 = u[5] + u[6];
  g[0] = madd(splat(32.0F / 45.0F), sum3, madd(splat(1.0F / 90.0F), sum2, u[0] + sum1));
  g[1] = madd(splat(16.0F / 45.0F), u[5] - u[6],
              madd(splat(1.0F / 45.0F), u[3] - u[4], splat(-2.0F / 9.0F) * (u[1] - u[2])));
  g[2] = madd(splat(8.0F / 45.0F), sum3, madd(splat(2.0F / 45.0F), sum2, sum1 + u[7]));
}

/// y = A^T m
QUARTERTURN_INLINE void winograd_output(const Vec (&m)[8], Vec (&y)[6]) {
  const Vec sum1 = m[1] + m[2];
  const Vec difference1 = m[1] - m[2];
  const Vec sum2 = m[3] + m[4];
  const Vec difference2 = m[3] - m[4];
  const Vec sum3 = m[5] + m[6];
  const Vec difference3 = m[5] - m[6];
  y[0] = (m[0] + sum1) + (sum2 + sum3);
  y[1] = madd(splat(0.5F), difference3, madd(splat(2.0F), difference2, difference1));
  y[2] = madd(splat(0.25F), sum3, madd(splat(4.0F), sum2, sum1));
  y[3] = madd(splat(0.125F), difference3, madd(splat(8.0F), difference2, difference1));
  y[4] = madd(splat(0.0625F), sum3, madd(splat(16.0F), sum2, sum1));
  y[5] = madd(splat(0.03125F), difference3, madd(splat(32.0F), difference2, difference1 + m[7]));
}

/// m = A y
QUARTERTURN_INLINE void winograd_output_transposed(const Vec (&y)[6], Vec (&m)[8]) {
  const Vec even1 = y[0] + (y[2] + y[4]);
  const Vec odd1 = y[1] + (y[3] + y[5]);
  const Vec even2 = madd(splat(16.0F), y[4], madd(splat(4.0F), y[2], y[0]));
  const Vec odd2 = madd(splat(32.0F), y[5], madd(splat(8.0F), y[3], splat(2.0F) * y[1]));
  const Vec even3 = madd(splat(0.0625F), y[4], madd(splat(0.25F), y[2], y[0]));
  const Vec odd3 = madd(splat(0.03125F), y[5], madd(splat(0.125F), y[3], splat(0.5F) * y[1]));
  m[0] = y[0];
  m[1] = even1 + odd1;
  m[2] = even1 - odd1;
  m[3] = even2 + odd2;
  m[4] = even2 - odd2;
  m[5] = even3 + odd3;
  m[6] = even3 - odd3;
  m[7] = y[5];
}

}  // namespace quarterturn::QUARTERTURN_ISA
