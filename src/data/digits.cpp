#include "data/digits.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "core/join.hpp"
#include "core/philox.hpp"

namespace quarterturn {
namespace {

// Floats are built from + - * / and sqrt only: every other function differs in its last bit between machines.

enum class Join : std::uint8_t { start, smooth, corner };
constexpr Join S = Join::start;
constexpr Join o = Join::smooth;
constexpr Join C = Join::corner;

/// A point that the pen passes, y downwards, the digit about 0.65 wide and 1 high. (dx, dy) is where the point goes
/// as the variant's one shape parameter goes from 0 to 1 (drawn from -1 .. 1).
struct Knot {
  float x, y, dx, dy;
  Join join;
};

struct Variant {
  float weight;  ///< relative frequency within the class
  std::span<const Knot> knots;
};

// Shape parameter: how far the end runs past the start.
constexpr Knot kZeroRound[] = {{0.40F, 0.02F, 0.04F, 0.0F, S},   {0.18F, 0.10F, 0.0F, 0.03F, o},
                               {0.05F, 0.34F, 0.0F, 0.05F, o},   {0.05F, 0.64F, 0.02F, 0.03F, o},
                               {0.20F, 0.93F, 0.0F, 0.02F, o},   {0.42F, 0.95F, 0.02F, 0.0F, o},
                               {0.60F, 0.68F, 0.02F, -0.05F, o}, {0.61F, 0.36F, 0.0F, -0.05F, o},
                               {0.46F, 0.08F, 0.0F, 0.0F, o},    {0.31F, 0.03F, -0.06F, 0.03F, o}};
// Begins with a stroke inside the bowl.
constexpr Knot kZeroTail[] = {{0.22F, 0.20F, 0.10F, 0.06F, S}, {0.40F, 0.04F, 0.0F, 0.02F, o},
                              {0.20F, 0.08F, 0.0F, 0.0F, o},   {0.05F, 0.36F, 0.0F, 0.03F, o},
                              {0.07F, 0.68F, 0.02F, 0.0F, o},  {0.24F, 0.95F, 0.0F, 0.0F, o},
                              {0.47F, 0.90F, 0.03F, 0.0F, o},  {0.62F, 0.60F, 0.0F, 0.0F, o},
                              {0.58F, 0.24F, 0.0F, 0.0F, o},   {0.40F, 0.05F, 0.04F, 0.04F, o}};

constexpr Knot kOnePlain[] = {{0.32F, 0.00F, 0.03F, 0.0F, S},
                              {0.31F, 0.34F, -0.02F, 0.0F, o},
                              {0.30F, 0.68F, -0.02F, 0.0F, o},
                              {0.30F, 1.00F, 0.03F, 0.0F, o}};
constexpr Knot kOneSerif[] = {{0.13F, 0.22F, -0.04F, 0.04F, S},
                              {0.36F, 0.00F, 0.0F, 0.0F, C},
                              {0.35F, 0.50F, 0.0F, 0.0F, o},
                              {0.34F, 1.00F, 0.0F, 0.0F, o}};
constexpr Knot kOneFoot[] = {{0.12F, 0.22F, -0.03F, 0.05F, S}, {0.35F, 0.00F, 0.0F, 0.0F, C},
                             {0.34F, 0.50F, 0.0F, 0.0F, o},    {0.34F, 0.98F, 0.0F, 0.0F, o},
                             {0.10F, 0.99F, -0.08F, 0.0F, S},  {0.60F, 0.97F, 0.06F, 0.0F, o}};

constexpr Knot kTwoCorner[] = {{0.08F, 0.20F, -0.03F, 0.06F, S}, {0.28F, 0.02F, 0.0F, 0.0F, o},
                               {0.53F, 0.12F, 0.03F, 0.02F, o},  {0.50F, 0.40F, 0.03F, 0.02F, o},
                               {0.28F, 0.70F, 0.03F, 0.0F, o},   {0.05F, 0.96F, 0.0F, 0.0F, C},
                               {0.34F, 0.95F, 0.0F, -0.02F, o},  {0.66F, 0.95F, 0.07F, 0.03F, o}};
constexpr Knot kTwoLoop[] = {{0.10F, 0.18F, -0.03F, 0.05F, S},  {0.30F, 0.02F, 0.0F, 0.0F, o},
                             {0.54F, 0.14F, 0.02F, 0.03F, o},   {0.48F, 0.45F, 0.02F, 0.02F, o},
                             {0.28F, 0.80F, 0.0F, 0.0F, o},     {0.10F, 0.93F, -0.03F, 0.02F, o},
                             {0.03F, 0.82F, -0.02F, -0.03F, o}, {0.16F, 0.74F, 0.0F, -0.05F, o},
                             {0.38F, 0.88F, 0.0F, 0.03F, o},    {0.68F, 0.93F, 0.06F, 0.0F, o}};
// A Z with a soft top.
constexpr Knot kTwoZed[] = {{0.06F, 0.10F, -0.02F, 0.05F, S}, {0.34F, 0.03F, 0.0F, 0.0F, o},
                            {0.56F, 0.08F, 0.02F, 0.05F, o},  {0.34F, 0.50F, 0.05F, 0.0F, o},
                            {0.06F, 0.94F, -0.03F, 0.0F, C},  {0.36F, 0.93F, 0.0F, 0.0F, o},
                            {0.66F, 0.97F, 0.05F, 0.02F, o}};

constexpr Knot kThreeRound[] = {{0.10F, 0.13F, -0.03F, 0.03F, S}, {0.30F, 0.02F, 0.0F, 0.0F, o},
                                {0.53F, 0.14F, 0.02F, 0.02F, o},  {0.45F, 0.37F, 0.02F, 0.03F, o},
                                {0.25F, 0.46F, -0.04F, 0.01F, C}, {0.48F, 0.52F, 0.02F, 0.0F, o},
                                {0.60F, 0.72F, 0.02F, 0.0F, o},   {0.44F, 0.95F, 0.0F, 0.0F, o},
                                {0.20F, 0.98F, 0.0F, 0.0F, o},    {0.04F, 0.87F, -0.03F, -0.03F, o}};
constexpr Knot kThreeLoop[] = {{0.12F, 0.12F, -0.04F, 0.02F, S}, {0.32F, 0.02F, 0.0F, 0.0F, o},
                               {0.54F, 0.15F, 0.0F, 0.0F, o},    {0.42F, 0.39F, 0.0F, 0.02F, o},
                               {0.24F, 0.50F, -0.03F, 0.02F, o}, {0.23F, 0.44F, -0.03F, -0.02F, o},
                               {0.44F, 0.49F, 0.0F, 0.0F, o},    {0.58F, 0.70F, 0.03F, 0.0F, o},
                               {0.42F, 0.95F, 0.0F, 0.0F, o},    {0.08F, 0.93F, -0.03F, -0.03F, o}};
constexpr Knot kThreeFlat[] = {{0.07F, 0.07F, 0.0F, 0.03F, S},   {0.55F, 0.05F, 0.02F, 0.0F, C},
                               {0.28F, 0.40F, 0.0F, 0.02F, C},   {0.50F, 0.46F, 0.0F, 0.0F, o},
                               {0.60F, 0.70F, 0.02F, 0.0F, o},   {0.42F, 0.95F, 0.0F, 0.0F, o},
                               {0.06F, 0.92F, -0.03F, -0.03F, o}};

constexpr Knot kFourOpen[] = {{0.14F, 0.06F, 0.05F, -0.02F, S}, {0.08F, 0.34F, 0.0F, 0.0F, o},
                              {0.05F, 0.54F, -0.02F, 0.0F, C},  {0.36F, 0.52F, 0.0F, 0.0F, o},
                              {0.64F, 0.48F, 0.05F, 0.0F, o},   {0.54F, 0.04F, -0.02F, 0.10F, S},
                              {0.50F, 0.50F, 0.0F, 0.0F, o},    {0.46F, 1.00F, 0.0F, 0.0F, o}};
// The first stroke bends softly into the stem, as in a y.
constexpr Knot kFourSoft[] = {{0.10F, 0.04F, 0.03F, -0.02F, S}, {0.04F, 0.34F, 0.0F, 0.0F, o},
                              {0.14F, 0.52F, 0.0F, 0.02F, o},   {0.36F, 0.48F, 0.0F, 0.02F, o},
                              {0.54F, 0.34F, 0.0F, 0.05F, o},   {0.60F, 0.02F, 0.0F, 0.05F, S},
                              {0.54F, 0.45F, 0.0F, 0.0F, o},    {0.46F, 1.00F, -0.02F, 0.0F, o}};
constexpr Knot kFourClosed[] = {{0.50F, 0.02F, 0.0F, 0.02F, S},   {0.26F, 0.30F, 0.0F, 0.0F, o},
                                {0.03F, 0.60F, 0.0F, 0.0F, C},    {0.36F, 0.60F, 0.0F, 0.0F, o},
                                {0.68F, 0.58F, 0.04F, -0.02F, o}, {0.50F, 0.02F, 0.0F, 0.02F, S},
                                {0.48F, 0.50F, 0.0F, 0.0F, o},    {0.46F, 1.00F, 0.0F, 0.0F, o}};

constexpr Knot kFiveBar[] = {{0.20F, 0.05F, 0.0F, 0.02F, S},    {0.14F, 0.42F, 0.0F, 0.03F, C},
                             {0.36F, 0.37F, 0.0F, 0.02F, o},    {0.58F, 0.56F, 0.0F, 0.02F, o},
                             {0.53F, 0.82F, 0.0F, 0.0F, o},     {0.28F, 0.98F, 0.0F, 0.0F, o},
                             {0.03F, 0.89F, -0.02F, -0.02F, o}, {0.20F, 0.05F, 0.0F, 0.02F, S},
                             {0.42F, 0.05F, 0.0F, 0.0F, o},     {0.66F, 0.02F, 0.08F, 0.0F, o}};
constexpr Knot kFiveOneStroke[] = {{0.64F, 0.03F, 0.06F, 0.02F, S}, {0.38F, 0.04F, 0.0F, 0.0F, o},
                                   {0.20F, 0.08F, 0.0F, 0.0F, o},   {0.13F, 0.26F, 0.0F, 0.0F, o},
                                   {0.14F, 0.42F, 0.0F, 0.02F, C},  {0.38F, 0.40F, 0.0F, 0.02F, o},
                                   {0.56F, 0.60F, 0.0F, 0.02F, o},  {0.48F, 0.86F, 0.0F, 0.0F, o},
                                   {0.24F, 0.98F, 0.0F, 0.0F, o},   {0.02F, 0.92F, -0.02F, -0.03F, o}};
// Flat and without a bowl's corner, as an S.
constexpr Knot kFiveEss[] = {{0.62F, 0.05F, 0.08F, 0.0F, S}, {0.34F, 0.08F, 0.0F, 0.0F, o},
                             {0.18F, 0.22F, 0.0F, 0.02F, o}, {0.28F, 0.42F, 0.0F, 0.02F, o},
                             {0.48F, 0.58F, 0.0F, 0.02F, o}, {0.50F, 0.82F, 0.0F, 0.0F, o},
                             {0.28F, 0.97F, 0.0F, 0.0F, o},  {0.02F, 0.90F, -0.02F, -0.03F, o}};

constexpr Knot kSixCurved[] = {{0.52F, 0.02F, 0.06F, 0.03F, S},  {0.28F, 0.18F, 0.0F, 0.0F, o},
                               {0.10F, 0.46F, 0.0F, 0.0F, o},    {0.06F, 0.76F, 0.0F, 0.0F, o},
                               {0.24F, 0.97F, 0.0F, 0.0F, o},    {0.48F, 0.90F, 0.03F, -0.02F, o},
                               {0.55F, 0.70F, 0.03F, -0.04F, o}, {0.40F, 0.56F, 0.0F, -0.05F, o},
                               {0.20F, 0.64F, 0.0F, -0.03F, o},  {0.09F, 0.80F, 0.02F, 0.0F, o}};
constexpr Knot kSixStraight[] = {
    {0.34F, 0.00F, 0.06F, 0.0F, S},   {0.20F, 0.30F, 0.0F, 0.0F, o},   {0.09F, 0.62F, 0.0F, 0.0F, o},
    {0.10F, 0.88F, 0.0F, 0.0F, o},    {0.30F, 0.98F, 0.0F, 0.0F, o},   {0.52F, 0.84F, 0.02F, -0.03F, o},
    {0.48F, 0.64F, 0.04F, -0.05F, o}, {0.28F, 0.60F, 0.0F, -0.05F, o}, {0.12F, 0.74F, 0.0F, -0.02F, o}};

constexpr Knot kSevenPlain[] = {{0.03F, 0.09F, -0.03F, 0.02F, S}, {0.32F, 0.07F, 0.0F, 0.0F, o},
                                {0.62F, 0.05F, 0.0F, 0.0F, C},    {0.48F, 0.38F, 0.02F, 0.0F, o},
                                {0.36F, 0.68F, 0.0F, 0.0F, o},    {0.27F, 1.00F, 0.03F, 0.0F, o}};
constexpr Knot kSevenRound[] = {{0.03F, 0.14F, -0.02F, 0.03F, S}, {0.24F, 0.06F, 0.0F, 0.0F, o},
                                {0.52F, 0.04F, 0.0F, 0.0F, o},    {0.60F, 0.18F, 0.02F, 0.0F, o},
                                {0.50F, 0.50F, 0.0F, 0.0F, o},    {0.36F, 1.00F, 0.05F, 0.0F, o}};
constexpr Knot kSevenHook[] = {{0.06F, 0.26F, 0.0F, 0.06F, S}, {0.06F, 0.06F, 0.0F, 0.0F, C},
                               {0.34F, 0.06F, 0.0F, 0.0F, o},  {0.60F, 0.03F, 0.02F, 0.0F, C},
                               {0.46F, 0.45F, 0.03F, 0.0F, o}, {0.34F, 1.00F, 0.05F, 0.0F, o}};
constexpr Knot kSevenBar[] = {{0.03F, 0.09F, -0.03F, 0.02F, S}, {0.32F, 0.07F, 0.0F, 0.0F, o},
                              {0.62F, 0.05F, 0.0F, 0.0F, C},    {0.44F, 0.45F, 0.02F, 0.0F, o},
                              {0.29F, 1.00F, 0.03F, 0.0F, o},   {0.16F, 0.52F, -0.05F, 0.02F, S},
                              {0.60F, 0.48F, 0.06F, -0.03F, o}};

constexpr Knot kEightCross[] = {
    {0.54F, 0.12F, 0.04F, 0.02F, S}, {0.34F, 0.02F, 0.0F, 0.0F, o},   {0.13F, 0.14F, 0.0F, 0.0F, o},
    {0.18F, 0.34F, 0.0F, 0.02F, o},  {0.40F, 0.52F, 0.0F, 0.02F, o},  {0.54F, 0.76F, 0.0F, 0.0F, o},
    {0.34F, 0.98F, 0.0F, 0.0F, o},   {0.12F, 0.80F, 0.0F, 0.0F, o},   {0.26F, 0.58F, 0.0F, 0.02F, o},
    {0.46F, 0.36F, 0.0F, 0.02F, o},  {0.54F, 0.16F, 0.02F, -0.04F, o}};
// Upper and lower bowl drawn one after the other.
constexpr Knot kEightBowls[] = {
    {0.34F, 0.02F, 0.0F, 0.0F, S},   {0.15F, 0.16F, 0.0F, 0.02F, o}, {0.18F, 0.38F, 0.0F, 0.02F, o},
    {0.36F, 0.46F, 0.0F, 0.02F, o},  {0.53F, 0.30F, 0.0F, 0.0F, o},  {0.50F, 0.10F, 0.0F, 0.0F, o},
    {0.32F, 0.02F, 0.02F, 0.02F, o}, {0.34F, 0.46F, 0.0F, 0.02F, S}, {0.12F, 0.62F, 0.0F, 0.02F, o},
    {0.12F, 0.86F, 0.0F, 0.0F, o},   {0.34F, 0.98F, 0.0F, 0.0F, o},  {0.55F, 0.82F, 0.0F, 0.0F, o},
    {0.52F, 0.60F, 0.0F, 0.0F, o},   {0.34F, 0.46F, 0.0F, 0.02F, o}};
// Open at the top right.
constexpr Knot kEightOpen[] = {
    {0.58F, 0.04F, 0.02F, 0.03F, S}, {0.34F, 0.06F, 0.0F, 0.0F, o},  {0.16F, 0.20F, 0.0F, 0.0F, o},
    {0.26F, 0.40F, 0.0F, 0.02F, o},  {0.48F, 0.62F, 0.0F, 0.02F, o}, {0.48F, 0.88F, 0.0F, 0.0F, o},
    {0.26F, 0.97F, 0.0F, 0.0F, o},   {0.10F, 0.80F, 0.0F, 0.0F, o},  {0.30F, 0.54F, 0.0F, 0.02F, o},
    {0.50F, 0.32F, 0.0F, 0.02F, o},  {0.64F, 0.08F, 0.02F, 0.02F, o}};

constexpr Knot kNineStraight[] = {
    {0.55F, 0.14F, 0.02F, -0.05F, S}, {0.36F, 0.03F, 0.0F, 0.0F, o},  {0.13F, 0.14F, -0.02F, 0.0F, o},
    {0.08F, 0.36F, -0.02F, 0.03F, o}, {0.24F, 0.49F, 0.0F, 0.04F, o}, {0.44F, 0.40F, 0.0F, 0.04F, o},
    {0.56F, 0.14F, 0.02F, 0.0F, C},   {0.54F, 0.56F, 0.0F, 0.0F, o},  {0.48F, 1.00F, 0.02F, 0.0F, o}};
constexpr Knot kNineCurved[] = {
    {0.54F, 0.16F, 0.02F, -0.04F, S}, {0.36F, 0.02F, 0.0F, 0.0F, o},    {0.14F, 0.14F, -0.02F, 0.0F, o},
    {0.10F, 0.36F, -0.02F, 0.02F, o}, {0.30F, 0.46F, 0.0F, 0.04F, o},   {0.50F, 0.32F, 0.0F, 0.02F, o},
    {0.57F, 0.12F, 0.0F, 0.0F, o},    {0.58F, 0.46F, 0.02F, 0.0F, o},   {0.50F, 0.82F, 0.02F, 0.0F, o},
    {0.30F, 0.98F, -0.02F, 0.0F, o},  {0.10F, 0.90F, -0.05F, -0.03F, o}};
// One stroke without a corner: the bowl runs over into a slanting stem.
constexpr Knot kNineSlant[] = {
    {0.50F, 0.10F, 0.03F, 0.0F, S},   {0.32F, 0.03F, 0.0F, 0.0F, o},  {0.12F, 0.18F, -0.02F, 0.0F, o},
    {0.12F, 0.38F, -0.02F, 0.03F, o}, {0.32F, 0.42F, 0.0F, 0.04F, o}, {0.50F, 0.26F, 0.0F, 0.02F, o},
    {0.52F, 0.12F, 0.02F, 0.0F, o},   {0.46F, 0.50F, 0.0F, 0.0F, o},  {0.34F, 1.00F, 0.04F, 0.0F, o}};

constexpr Variant kZero[] = {{0.8F, kZeroRound}, {0.2F, kZeroTail}};
constexpr Variant kOne[] = {{0.90F, kOnePlain}, {0.07F, kOneSerif}, {0.03F, kOneFoot}};
constexpr Variant kTwo[] = {{0.40F, kTwoCorner}, {0.38F, kTwoLoop}, {0.22F, kTwoZed}};
constexpr Variant kThree[] = {{0.60F, kThreeRound}, {0.28F, kThreeLoop}, {0.12F, kThreeFlat}};
constexpr Variant kFour[] = {{0.45F, kFourOpen}, {0.40F, kFourSoft}, {0.15F, kFourClosed}};
constexpr Variant kFive[] = {{0.50F, kFiveBar}, {0.30F, kFiveOneStroke}, {0.20F, kFiveEss}};
constexpr Variant kSix[] = {{0.6F, kSixCurved}, {0.4F, kSixStraight}};
constexpr Variant kSeven[] = {{0.42F, kSevenPlain}, {0.26F, kSevenRound}, {0.14F, kSevenHook}, {0.18F, kSevenBar}};
constexpr Variant kEight[] = {{0.55F, kEightCross}, {0.20F, kEightBowls}, {0.25F, kEightOpen}};
constexpr Variant kNine[] = {{0.45F, kNineStraight}, {0.20F, kNineCurved}, {0.35F, kNineSlant}};

constexpr std::array<std::span<const Variant>, 10> kClasses = {kZero, kOne, kTwo,   kThree, kFour,
                                                               kFive, kSix, kSeven, kEight, kNine};

/// Draws one image's random numbers one after the other; images do not share any.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t image) : random_(seed, RandomPurpose::digit_generator), next_(image << 8) {}

  std::uint32_t bits() {
    if (used_ == block_.size()) {
      block_ = random_.block(next_++);
      used_ = 0;
    }
    return block_[used_++];
  }
  /// [0, 1)
  float uniform() { return static_cast<float>(bits() >> 8) * 0x1p-24F; }
  float between(float low, float high) { return low + (high - low) * uniform(); }
  /// Mean 0, standard deviation 1, within +-3.47: the sum of four 16-bit uniforms, scaled (variance 4/12).
  float normal() {
    const std::uint32_t a = bits();
    const std::uint32_t b = bits();
    const std::uint32_t sum = (a & 0xFFFFU) + (a >> 16) + (b & 0xFFFFU) + (b >> 16);
    return (static_cast<float>(sum) * 0x1p-16F - 2.0F) * 1.7320508F;
  }
  float normal(float mean, float deviation, float low, float high) {
    return std::clamp(mean + deviation * normal(), low, high);
  }

 private:
  Philox random_;
  std::uint64_t next_;
  Philox::Block block_{};
  std::size_t used_ = 4;
};

struct Point {
  float x = 0.0F;
  float y = 0.0F;
};

/// A sample of the pen's path: where it is and half the width of its line.
struct Sample {
  Point at;
  float radius;
  bool starts;  ///< the pen was lifted before it
};

constexpr std::size_t kMaxKnots = 16;
constexpr std::size_t kSamplesPerSegment = 6;
constexpr std::size_t kMaxSamples = kMaxKnots * kSamplesPerSegment;

struct Path {
  std::array<Sample, kMaxSamples> samples;
  std::size_t count = 0;
  void add(Point at, bool starts) { samples[count++] = {at, 0.0F, starts}; }
};

/// Catmull-Rom spline: passes p1 at t = 0 and p2 at t = 1.
float catmull_rom(float p0, float p1, float p2, float p3, float t) {
  const float a = 2.0F * p1;
  const float b = p2 - p0;
  const float c = 2.0F * p0 - 5.0F * p1 + 4.0F * p2 - p3;
  const float d = 3.0F * (p1 - p2) + p3 - p0;
  return 0.5F * (a + t * (b + t * (c + t * d)));
}

/// Smooth noise along the path: random values at every `spacing` samples, joined by smoothstep.
class PathNoise {
 public:
  PathNoise(Draws& draw, std::size_t spacing) : spacing_(spacing) {
    for (float& value : values_) {
      value = draw.normal();
    }
  }
  [[nodiscard]] float at(std::size_t sample) const {
    const std::size_t i = sample / spacing_;
    const float t = static_cast<float>(sample % spacing_) / static_cast<float>(spacing_);
    const float s = t * t * (3.0F - 2.0F * t);
    return values_[i % values_.size()] + s * (values_[(i + 1) % values_.size()] - values_[i % values_.size()]);
  }

 private:
  std::size_t spacing_;
  std::array<float, 12> values_{};
};

const Variant& choose(std::span<const Variant> variants, float u) {
  float total = 0.0F;
  for (const Variant& variant : variants) {
    total += variant.weight;
  }
  float left = u * total;
  for (const Variant& variant : variants) {
    left -= variant.weight;
    if (left < 0.0F) {
      return variant;
    }
  }
  return variants.back();
}

/// The spline through the variant's knots, each knot a little off its place.
void trace(std::span<const Knot> knots, unsigned label, Draws& draw, Path& path) {
  const float shape = draw.between(-1.0F, 1.0F);
  const float careless = draw.between(0.010F, label == 0 ? 0.026F : 0.044F);
  std::array<Point, kMaxKnots> p;
  for (std::size_t i = 0; i < knots.size(); ++i) {
    p[i] = {knots[i].x + shape * knots[i].dx + careless * draw.normal(),
            knots[i].y + shape * knots[i].dy + careless * draw.normal()};
  }
  for (std::size_t i = 0; i < knots.size(); ++i) {
    if (knots[i].join == Join::start) {
      path.add(p[i], true);
      continue;
    }
    const Point p1 = p[i - 1];
    const Point p2 = p[i];
    const bool bends_before = knots[i - 1].join == Join::smooth;
    const bool bends_after = knots[i].join == Join::smooth && i + 1 < knots.size() && knots[i + 1].join != Join::start;
    const Point p0 = bends_before ? p[i - 2] : p1;
    const Point p3 = bends_after ? p[i + 1] : p2;
    for (std::size_t s = 1; s <= kSamplesPerSegment; ++s) {
      const float t = static_cast<float>(s) / static_cast<float>(kSamplesPerSegment);
      path.add({catmull_rom(p0.x, p1.x, p2.x, p3.x, t), catmull_rom(p0.y, p1.y, p2.y, p3.y, t)}, false);
    }
  }
}

/// The writer's hand: wobble, proportions, bend, aspect, slant and rotation.
void deform(Path& path, unsigned label, Draws& draw) {
  const PathNoise wobble_x(draw, 7);
  const PathNoise wobble_y(draw, 7);
  const float wobble = draw.between(0.0F, 0.012F);
  const float heavy = draw.normal(0.0F, 0.16F, -0.45F, 0.45F);  // upper against lower half
  const float wide = draw.normal(0.0F, 0.12F, -0.35F, 0.35F);   // top wider or narrower than the bottom
  const float bend = draw.normal(0.0F, 0.14F, -0.4F, 0.4F);
  const float sag = draw.normal(0.0F, 0.10F, -0.3F, 0.3F);
  const float aspect = draw.normal(label == 1 ? 1.0F : 1.14F, 0.22F, 0.6F, 1.8F);
  const float slant = draw.normal(label == 1 ? 0.28F : 0.22F, 0.24F, -0.45F, 0.85F);
  const float climb = draw.normal(0.0F, 0.08F, -0.25F, 0.25F);
  // (1 - h^2, 2h) / (1 + h^2) is a rotation by twice the angle whose tangent is h.
  const float h = draw.normal(0.0F, 0.04F, -0.12F, 0.12F);
  const float cosine = (1.0F - h * h) / (1.0F + h * h);
  const float sine = 2.0F * h / (1.0F + h * h);
  for (std::size_t i = 0; i < path.count; ++i) {
    Point& at = path.samples[i].at;
    float x = at.x - 0.33F + wobble * wobble_x.at(i);
    float y = at.y + wobble * wobble_y.at(i);
    y += heavy * y * (1.0F - y);
    x *= 1.0F + wide * (1.0F - 2.0F * y);
    x += bend * (y - 0.5F) * (y - 0.5F);
    y += sag * x * x;
    x *= aspect;
    x += slant * (0.5F - y);
    y += climb * x;
    y -= 0.5F;
    at = {cosine * x - sine * y, sine * x + cosine * y};
  }
}

/// Half the pen's width in pixels of the final image, varying along the path.
void press(Path& path, Draws& draw) {
  const float u = draw.uniform();
  const float pen = 0.80F + 0.70F * u + 0.52F * u * u * u;  // most pens thin, a few broad
  const PathNoise noise(draw, 9);
  const float unsteady = draw.between(0.02F, 0.16F);
  for (std::size_t i = 0; i < path.count; ++i) {
    path.samples[i].radius = pen * (1.0F + std::clamp(unsteady * noise.at(i), -0.35F, 0.35F));
  }
}

constexpr int kBox = 20;
using Canvas = std::array<float, kImagePixels>;

/// Scales the path so that the ink's longer side fills the 20 pixels of the box; the box lies at the canvas' origin.
void fit_to_box(Path& path) {
  // Ink reaches about 0.6 pixels beyond the radius; from -0.2 to 19.2 lights pixels 0 .. 19 and no others.
  constexpr float kReach = static_cast<float>(kBox) - 0.6F;
  constexpr float kOrigin = -0.2F;
  float scale = 20.0F;
  float left = 0.0F;
  float top = 0.0F;
  // The pen's width is in pixels already, so the scale that makes path plus pen fill the box is found in a few steps.
  for (int step = 0; step < 4; ++step) {
    const Sample& first = path.samples[0];
    float x0 = first.at.x * scale - first.radius;
    float x1 = x0;
    float y0 = first.at.y * scale - first.radius;
    float y1 = y0;
    for (std::size_t i = 0; i < path.count; ++i) {
      const Sample& s = path.samples[i];
      x0 = std::min(x0, s.at.x * scale - s.radius);
      x1 = std::max(x1, s.at.x * scale + s.radius);
      y0 = std::min(y0, s.at.y * scale - s.radius);
      y1 = std::max(y1, s.at.y * scale + s.radius);
    }
    const float size = std::max(x1 - x0, y1 - y0);
    left = x0;
    top = y0;
    if (step < 3) {
      scale *= kReach / size;
    }
  }
  for (std::size_t i = 0; i < path.count; ++i) {
    Point& at = path.samples[i].at;
    at = {at.x * scale - left + kOrigin, at.y * scale - top + kOrigin};
  }
}

/// Notes for every pixel how deep it lies in the capsule from a to b: greater is deeper, negative is outside.
void stroke(const Sample& a, const Sample& b, Canvas& canvas) {
  const float reach = std::max(a.radius, b.radius) + 1.0F;
  const int x0 = std::max(0, static_cast<int>(std::min(a.at.x, b.at.x) - reach));
  const int x1 = std::min(kBox - 1, static_cast<int>(std::max(a.at.x, b.at.x) + reach));
  const int y0 = std::max(0, static_cast<int>(std::min(a.at.y, b.at.y) - reach));
  const int y1 = std::min(kBox - 1, static_cast<int>(std::max(a.at.y, b.at.y) + reach));
  const float dx = b.at.x - a.at.x;
  const float dy = b.at.y - a.at.y;
  const float length2 = dx * dx + dy * dy;
  const float inverse = length2 > 0.0F ? 1.0F / length2 : 0.0F;
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const float px = static_cast<float>(x) - a.at.x;
      const float py = static_cast<float>(y) - a.at.y;
      const float t = std::clamp((px * dx + py * dy) * inverse, 0.0F, 1.0F);
      const float ex = px - t * dx;
      const float ey = py - t * dy;
      const float depth = a.radius + t * (b.radius - a.radius) - std::sqrt(ex * ex + ey * ey);
      float& pixel = canvas[static_cast<std::size_t>(y) * kImageSide + static_cast<std::size_t>(x)];
      pixel = std::max(pixel, depth);
    }
  }
}

constexpr float kOutside = -9.0F;

/// Moves the box by whole pixels so that its centre of mass comes to pixel (14, 14), as in MNIST, and stores it.
void place(const Canvas& depth, std::uint64_t seed, std::uint64_t image, std::span<std::uint8_t> pixels) {
  // Paper and scanner make the edge of a line rough: each pixel sees the edge up to `kRough` nearer or farther.
  constexpr float kRough = 0.22F;
  constexpr float kSharp = 0.85F;  // grey levels per pixel of depth: a pen line in MNIST is a little blurred
  const Philox paper(seed, RandomPurpose::digit_generator, 1);
  std::array<std::uint8_t, kImagePixels> ink{};
  std::uint32_t mass = 0;
  std::uint32_t mass_x = 0;
  std::uint32_t mass_y = 0;
  std::uint32_t last_x = 0;
  std::uint32_t last_y = 0;
  Philox::Block block{};
  for (std::uint32_t y = 0; y < kBox; ++y) {
    for (std::uint32_t x = 0; x < kBox; ++x) {
      const std::uint32_t number = y * kBox + x;
      if (number % 16 == 0) {
        block = paper.block((image << 8) + number / 16);
      }
      const std::size_t i = y * kImageSide + x;
      if (depth[i] <= kOutside) {
        continue;
      }
      const std::uint32_t byte = block[number / 4 % 4] >> (8 * (number % 4)) & 0xFFU;
      const float rough = (static_cast<float>(byte) * (1.0F / 127.5F) - 1.0F) * kRough;
      const float value = std::clamp(0.5F + kSharp * (depth[i] + rough), 0.0F, 1.0F);
      // NOLINTNEXTLINE(bugprone-incorrect-roundings): never negative, and lround is not the same everywhere
      ink[i] = static_cast<std::uint8_t>(value * 254.0F + 0.5F);
      mass += ink[i];
      mass_x += ink[i] * x;
      mass_y += ink[i] * y;
      if (ink[i] > 0) {
        last_x = std::max(last_x, x);
        last_y = y;
      }
    }
  }
  std::fill(pixels.begin(), pixels.end(), std::uint8_t{0});
  if (mass == 0) {
    return;
  }
  // No ink may be pushed off the image, even if the centre of mass then stays off the middle.
  const auto shift = [mass](std::uint32_t moment, std::uint32_t last) {
    const int to_middle = 14 - static_cast<int>((moment + mass / 2) / mass);
    return static_cast<std::size_t>(std::clamp(to_middle, 0, static_cast<int>(kImageSide - 1 - last)));
  };
  const std::size_t right = shift(mass_x, last_x);
  const std::size_t down = shift(mass_y, last_y);
  for (std::size_t y = 0; y <= last_y; ++y) {
    for (std::size_t x = 0; x <= last_x; ++x) {
      pixels[(y + down) * kImageSide + x + right] = ink[y * kImageSide + x];
    }
  }
}

std::uint8_t generate(std::uint64_t seed, std::uint64_t image, std::span<std::uint8_t> pixels) {
  Draws draw(seed, image);
  const auto label = static_cast<std::uint8_t>((std::uint64_t{draw.bits()} * 10) >> 32);
  Path path;
  trace(choose(kClasses[label], draw.uniform()).knots, label, draw, path);
  deform(path, label, draw);
  press(path, draw);
  fit_to_box(path);
  Canvas depth;
  depth.fill(kOutside);
  for (std::size_t i = 1; i < path.count; ++i) {
    if (!path.samples[i].starts) {
      stroke(path.samples[i - 1], path.samples[i], depth);
    }
  }
  place(depth, seed, image, pixels);
  return label;
}

}  // namespace

void run_in_turn(int tasks, const std::function<void(int task)>& body) {
  for (int task = 0; task < tasks; ++task) {
    body(task);
  }
}

void generate_digits(std::uint64_t seed, std::uint64_t first_index, Dataset& set, std::size_t first, std::size_t last,
                     const TaskRunner& run) {
  assert(first <= last && last <= set.count() && last <= set.labels.size());
  constexpr std::size_t kImagesPerTask = 100;
  run(static_cast<int>((last - first + kImagesPerTask - 1) / kImagesPerTask), [&](int task) {
    const std::size_t begin = first + static_cast<std::size_t>(task) * kImagesPerTask;
    const std::size_t end = std::min(begin + kImagesPerTask, last);
    for (std::size_t i = begin; i < end; ++i) {
      set.labels[i] = generate(seed, first_index + i, std::span(set.pixels).subspan(i * kImagePixels, kImagePixels));
    }
  });
}

Dataset generate_digits(std::uint64_t seed, std::uint64_t first_index, std::size_t count, const TaskRunner& run) {
  Dataset set;
  set.pixels.resize(count * kImagePixels);
  set.labels.resize(count);
  generate_digits(seed, first_index, set, 0, count, run);
  return set;
}

std::string generated_name(std::uint64_t seed) { return join({"generated:", seed}); }

DataSource generated_source(std::uint64_t seed, std::size_t train_count, std::size_t test_count,
                            const TaskRunner& run) {
  return {generate_digits(seed, 0, train_count, run), generate_digits(seed, kGeneratedTestIndex, test_count, run),
          generated_name(seed)};
}

}  // namespace quarterturn
