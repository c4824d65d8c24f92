// What PCA and LDA share, with Eigen: scatter matrices and their leading eigenvectors, in double precision.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace quarterturn {

/// Share of the total variance below which an eigenvalue is rounding noise.
inline constexpr double kNoVariance = 1e-12;

/// Features [rows][columns], row-major, as an Eigen matrix that refers to them.
using FeatureMap = Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

/// columns > 0.
FeatureMap feature_map(std::span<const float> features, std::size_t columns);

/// [columns], summed in the order of the rows. rows > 0.
Eigen::VectorXd mean_of(const FeatureMap& features);

/// Vectors that are added to a sum of products at once, so that the sum is read and written less often.
inline constexpr Eigen::Index kVectorsAtOnce = 4;
using Vectors = Eigen::Matrix<double, Eigen::Dynamic, kVectorsAtOnce>;  ///< [size][kVectorsAtOnce]

/// Adds v v' for each column v of `vectors` to the lower triangle of `sum` [size][size].
void add_products(Eigen::MatrixXd& sum, const Vectors& vectors);

/// A = Q T Q' with T tridiagonal, one column a call, so that the work can be done in pieces. `matrix` [size][size]
/// holds the lower triangle of A; after the columns 0..size - 2 its diagonal and first subdiagonal are those of T, and
/// Q = H_0 H_1 ..., H_i = I - factors[i] v v', where v is 0 up to row i, 1 in row i + 1, and below as column i.
/// `factors`: [size - 1]. These are the steps of Eigen's own tridiagonalisation (G. Golub and C. Van Loan, "Matrix
/// Computations", 8.3.1).
void tridiagonalise_column(Eigen::MatrixXd& matrix, Eigen::VectorXd& factors, Eigen::Index column);

/// Rows that are worked on side by side: a compiler keeps a column of them in vector registers.
inline constexpr Eigen::Index kSideBySide = 8;
using Lanes = Eigen::Matrix<double, kSideBySide, 1>;
using RowBlock = Eigen::Matrix<double, kSideBySide, Eigen::Dynamic>;  ///< [kSideBySide][columns]

/// Rows first .. of `features`, zeros behind the last.
void load(RowBlock& block, const FeatureMap& features, Eigen::Index first);
/// block * vector; `vector`: [columns]
Lanes product(const RowBlock& block, const double* vector);
/// block becomes block * H_i, as tridiagonalise_column() describes it. `vector`: column i of its matrix.
void reflect(RowBlock& block, Eigen::Index i, const double* vector, double factor);
/// s' (L D L')^-1 s for each row s: `below` [columns] is the subdiagonal of L, row by row, `inverse` the diagonal of
/// D^-1.
Lanes quadratic_form(const RowBlock& block, const double* below, const double* inverse);

struct Scatter {
  Eigen::MatrixXd sum;         ///< of c c' over all centred rows c, [columns][columns]; the lower triangle, else zeros
  double fourth_powers = 0.0;  ///< sum of |c|^4
};

/// c is row r less the column `of[r]` of `centres` ([columns][]); with `of` empty, less the first.
Scatter scatter(const FeatureMap& features, const Eigen::MatrixXd& centres, std::span<const Eigen::Index> of = {});

/// The two largest eigenvalues of a symmetric matrix and their eigenvectors.
struct LeadingPairs {
  Eigen::Vector2d values = Eigen::Vector2d::Zero();  ///< falling
  Eigen::MatrixX2d vectors;                          ///< [size][2], each of length 1
};

/// Reads the lower triangle of `matrix` [size][size]. Where size is 1, the second value is 0 and its vector zero.
/// Error: the eigenvalue iteration does not converge, as with numbers that are not finite.
Result<LeadingPairs> leading_pairs(const Eigen::MatrixXd& matrix);

/// An eigenvector's sign is arbitrary: returns `axis` with the sign that makes its largest loading, of equals the
/// first, positive.
std::vector<double> with_stable_sign(const Eigen::VectorXd& axis);

}  // namespace quarterturn
