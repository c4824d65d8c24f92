#include "data/digits.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
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

/// A point that the pen passes, in hundredths, y downwards, the digit about 65 wide and 100 high. (dx, dy) is where the
/// point goes as the variant's shape parameters go from 0 to 1.
struct Knot {
  std::int8_t x, y, dx, dy;
  Join join;
};

struct Variant {
  float weight;  ///< relative frequency within the class
  std::span<const Knot> knots;
};

// Shape parameter: how far the end runs past the start.
constexpr Knot kZeroRound[] = {{40, 2, 4, 0, S},  {18, 10, 0, 3, o}, {5, 34, 0, 5, o},   {5, 64, 2, 3, o},
                               {20, 93, 0, 2, o}, {42, 95, 2, 0, o}, {60, 68, 2, -5, o}, {61, 36, 0, -5, o},
                               {46, 8, 0, 0, o},  {31, 3, -6, 3, o}};
// Begins with a stroke inside the bowl.
constexpr Knot kZeroTail[] = {{22, 20, 10, 6, S}, {40, 4, 0, 2, o},  {20, 8, 0, 0, o},  {5, 36, 0, 3, o},
                              {7, 68, 2, 0, o},   {24, 95, 0, 0, o}, {47, 90, 3, 0, o}, {62, 60, 0, 0, o},
                              {58, 24, 0, 0, o},  {40, 5, 4, 4, o}};

constexpr Knot kOnePlain[] = {{32, 0, 3, 0, S}, {31, 34, -2, 0, o}, {30, 68, -2, 0, o}, {30, 100, 3, 0, o}};
constexpr Knot kOneSerif[] = {{13, 22, -4, 4, S}, {36, 0, 0, 0, C}, {35, 50, 0, 0, o}, {34, 100, 0, 0, o}};
constexpr Knot kOneFoot[] = {{12, 22, -3, 5, S}, {35, 0, 0, 0, C},   {34, 50, 0, 0, o},
                             {34, 98, 0, 0, o},  {10, 99, -8, 0, S}, {60, 97, 6, 0, o}};

constexpr Knot kTwoCorner[] = {{8, 20, -3, 6, S}, {28, 2, 0, 0, o}, {53, 12, 3, 2, o},  {50, 40, 3, 2, o},
                               {28, 70, 3, 0, o}, {5, 96, 0, 0, C}, {34, 95, 0, -2, o}, {66, 95, 7, 3, o}};
constexpr Knot kTwoLoop[] = {{10, 18, -3, 5, S}, {30, 2, 0, 0, o},   {54, 14, 2, 3, o},  {48, 45, 2, 2, o},
                             {28, 80, 0, 0, o},  {10, 93, -3, 2, o}, {3, 82, -2, -3, o}, {16, 74, 0, -5, o},
                             {38, 88, 0, 3, o},  {68, 93, 6, 0, o}};
// A Z with a soft top.
constexpr Knot kTwoZed[] = {{6, 10, -2, 5, S}, {34, 3, 0, 0, o},  {56, 8, 2, 5, o}, {34, 50, 5, 0, o},
                            {6, 94, -3, 0, C}, {36, 93, 0, 0, o}, {66, 97, 5, 2, o}};

constexpr Knot kThreeRound[] = {{10, 13, -3, 3, S}, {30, 2, 0, 0, o},  {53, 14, 2, 2, o}, {45, 37, 2, 3, o},
                                {25, 46, -4, 1, C}, {48, 52, 2, 0, o}, {60, 72, 2, 0, o}, {44, 95, 0, 0, o},
                                {20, 98, 0, 0, o},  {4, 87, -3, -3, o}};
constexpr Knot kThreeLoop[] = {{12, 12, -4, 2, S}, {32, 2, 0, 0, o},    {54, 15, 0, 0, o}, {42, 39, 0, 2, o},
                               {24, 50, -3, 2, o}, {23, 44, -3, -2, o}, {44, 49, 0, 0, o}, {58, 70, 3, 0, o},
                               {42, 95, 0, 0, o},  {8, 93, -3, -3, o}};
constexpr Knot kThreeFlat[] = {{7, 7, 0, 3, S},   {55, 5, 2, 0, C},  {28, 40, 0, 2, C}, {50, 46, 0, 0, o},
                               {60, 70, 2, 0, o}, {42, 95, 0, 0, o}, {6, 92, -3, -3, o}};

constexpr Knot kFourOpen[] = {{14, 6, 5, -2, S}, {8, 34, 0, 0, o},   {5, 54, -2, 0, C}, {36, 52, 0, 0, o},
                              {64, 48, 5, 0, o}, {54, 4, -2, 10, S}, {50, 50, 0, 0, o}, {46, 100, 0, 0, o}};
// The first stroke bends softly into the stem, as in a y.
constexpr Knot kFourSoft[] = {{10, 4, 3, -2, S}, {4, 34, 0, 0, o}, {14, 52, 0, 2, o}, {36, 48, 0, 2, o},
                              {54, 34, 0, 5, o}, {60, 2, 0, 5, S}, {54, 45, 0, 0, o}, {46, 100, -2, 0, o}};
constexpr Knot kFourClosed[] = {{50, 2, 0, 2, S},   {26, 30, 0, 0, o}, {3, 60, 0, 0, C},  {36, 60, 0, 0, o},
                                {68, 58, 4, -2, o}, {50, 2, 0, 2, S},  {48, 50, 0, 0, o}, {46, 100, 0, 0, o}};

constexpr Knot kFiveBar[] = {{20, 5, 0, 2, S},  {14, 42, 0, 3, C}, {36, 37, 0, 2, o},  {58, 56, 0, 2, o},
                             {53, 82, 0, 0, o}, {28, 98, 0, 0, o}, {3, 89, -2, -2, o}, {20, 5, 0, 2, S},
                             {42, 5, 0, 0, o},  {66, 2, 8, 0, o}};
constexpr Knot kFiveOneStroke[] = {{64, 3, 6, 2, S},  {38, 4, 0, 0, o},  {20, 8, 0, 0, o},  {13, 26, 0, 0, o},
                                   {14, 42, 0, 2, C}, {38, 40, 0, 2, o}, {56, 60, 0, 2, o}, {48, 86, 0, 0, o},
                                   {24, 98, 0, 0, o}, {2, 92, -2, -3, o}};
// Flat and without a bowl's corner, as an S.
constexpr Knot kFiveEss[] = {{62, 5, 8, 0, S},  {34, 8, 0, 0, o},  {18, 22, 0, 2, o}, {28, 42, 0, 2, o},
                             {48, 58, 0, 2, o}, {50, 82, 0, 0, o}, {28, 97, 0, 0, o}, {2, 90, -2, -3, o}};

constexpr Knot kSixCurved[] = {{52, 2, 6, 3, S},   {28, 18, 0, 0, o},  {10, 46, 0, 0, o},  {6, 76, 0, 0, o},
                               {24, 97, 0, 0, o},  {48, 90, 3, -2, o}, {55, 70, 3, -4, o}, {40, 56, 0, -5, o},
                               {20, 64, 0, -3, o}, {9, 80, 2, 0, o}};
constexpr Knot kSixStraight[] = {{34, 0, 6, 0, S},   {20, 30, 0, 0, o},  {9, 62, 0, 0, o},
                                 {10, 88, 0, 0, o},  {30, 98, 0, 0, o},  {52, 84, 2, -3, o},
                                 {48, 64, 4, -5, o}, {28, 60, 0, -5, o}, {12, 74, 0, -2, o}};

constexpr Knot kSevenPlain[] = {{3, 9, -3, 2, S},  {32, 7, 0, 0, o},  {62, 5, 0, 0, C},
                                {48, 38, 2, 0, o}, {36, 68, 0, 0, o}, {27, 100, 3, 0, o}};
constexpr Knot kSevenRound[] = {{3, 14, -2, 3, S}, {24, 6, 0, 0, o},  {52, 4, 0, 0, o},
                                {60, 18, 2, 0, o}, {50, 50, 0, 0, o}, {36, 100, 5, 0, o}};
constexpr Knot kSevenHook[] = {{6, 26, 0, 6, S}, {6, 6, 0, 0, C},   {34, 6, 0, 0, o},
                               {60, 3, 2, 0, C}, {46, 45, 3, 0, o}, {34, 100, 5, 0, o}};
constexpr Knot kSevenBar[] = {{3, 9, -3, 2, S},   {32, 7, 0, 0, o},   {62, 5, 0, 0, C},  {44, 45, 2, 0, o},
                              {29, 100, 3, 0, o}, {16, 52, -5, 2, S}, {60, 48, 6, -3, o}};

constexpr Knot kEightCross[] = {{54, 12, 4, 2, S}, {34, 2, 0, 0, o},  {13, 14, 0, 0, o}, {18, 34, 0, 2, o},
                                {40, 52, 0, 2, o}, {54, 76, 0, 0, o}, {34, 98, 0, 0, o}, {12, 80, 0, 0, o},
                                {26, 58, 0, 2, o}, {46, 36, 0, 2, o}, {54, 16, 2, -4, o}};
// Upper and lower bowl drawn one after the other.
constexpr Knot kEightBowls[] = {{34, 2, 0, 0, S},  {15, 16, 0, 2, o}, {18, 38, 0, 2, o}, {36, 46, 0, 2, o},
                                {53, 30, 0, 0, o}, {50, 10, 0, 0, o}, {32, 2, 2, 2, o},  {34, 46, 0, 2, S},
                                {12, 62, 0, 2, o}, {12, 86, 0, 0, o}, {34, 98, 0, 0, o}, {55, 82, 0, 0, o},
                                {52, 60, 0, 0, o}, {34, 46, 0, 2, o}};
// Open at the top right.
constexpr Knot kEightOpen[] = {{58, 4, 2, 3, S},  {34, 6, 0, 0, o},  {16, 20, 0, 0, o}, {26, 40, 0, 2, o},
                               {48, 62, 0, 2, o}, {48, 88, 0, 0, o}, {26, 97, 0, 0, o}, {10, 80, 0, 0, o},
                               {30, 54, 0, 2, o}, {50, 32, 0, 2, o}, {64, 8, 2, 2, o}};

constexpr Knot kNineStraight[] = {{55, 14, 2, -5, S}, {36, 3, 0, 0, o},  {13, 14, -2, 0, o},
                                  {8, 36, -2, 3, o},  {24, 49, 0, 4, o}, {44, 40, 0, 4, o},
                                  {56, 14, 2, 0, C},  {54, 56, 0, 0, o}, {48, 100, 2, 0, o}};
constexpr Knot kNineCurved[] = {{54, 16, 2, -4, S}, {36, 2, 0, 0, o},   {14, 14, -2, 0, o}, {10, 36, -2, 2, o},
                                {30, 46, 0, 4, o},  {50, 32, 0, 2, o},  {57, 12, 0, 0, o},  {58, 46, 2, 0, o},
                                {50, 82, 2, 0, o},  {30, 98, -2, 0, o}, {10, 90, -5, -3, o}};
// One stroke without a corner: the bowl runs over into a slanting stem.
constexpr Knot kNineSlant[] = {{50, 10, 3, 0, S},  {32, 3, 0, 0, o},  {12, 18, -2, 0, o},
                               {12, 38, -2, 3, o}, {32, 42, 0, 4, o}, {50, 26, 0, 2, o},
                               {52, 12, 2, 0, o},  {46, 50, 0, 0, o}, {34, 100, 4, 0, o}};

// Closes with a small loop at the top right.
constexpr Knot kZeroLoop[] = {{36, 6, 5, 2, S},  {16, 14, 0, 2, o},  {4, 44, 0, 4, o},   {10, 80, 0, 2, o},
                              {32, 97, 0, 0, o}, {56, 78, 2, 0, o},  {62, 42, 0, -4, o}, {50, 10, 0, 0, o},
                              {34, 4, -4, 0, o}, {30, 14, -4, 4, o}, {48, 16, 4, 3, o}};
// Begins at the right and runs the other way round, open at the top.
constexpr Knot kZeroRight[] = {{44, 12, 8, 6, S}, {58, 30, 3, 0, o}, {62, 58, 0, 4, o},
                               {48, 90, 0, 0, o}, {24, 96, 0, 0, o}, {6, 72, 0, 0, o},
                               {5, 38, 0, -3, o}, {18, 10, 0, 0, o}, {36, 2, 8, 2, o}};

// Bends away at its foot.
constexpr Knot kOneHook[] = {
    {32, 0, 4, 0, S}, {31, 40, -2, 0, o}, {31, 82, 0, 0, o}, {36, 97, 4, 0, o}, {44, 93, 5, -4, o}};
// A short flag that goes straight down.
constexpr Knot kOneFlag[] = {{18, 12, -6, 6, S}, {26, 6, 0, 0, o},  {34, 1, 0, 0, C},
                             {33, 36, 2, 0, o},  {31, 68, 0, 0, o}, {30, 100, 2, 0, o}};

// A large head and a base that waves.
constexpr Knot kTwoSwan[] = {{6, 26, -3, 8, S}, {16, 6, 0, 0, o},  {40, 2, 2, 0, o},   {56, 20, 2, 4, o},
                             {44, 50, 0, 4, o}, {20, 78, 0, 2, o}, {4, 96, -3, -3, o}, {18, 84, 0, -4, o},
                             {36, 90, 0, 4, o}, {58, 96, 4, 0, o}, {72, 86, 6, -4, o}};
// Begins inside its own head.
constexpr Knot kTwoCurl[] = {{30, 26, 5, 4, S},  {20, 26, -5, 4, o}, {22, 8, 0, 0, o},
                             {42, 2, 0, 0, o},   {56, 22, 2, 4, o},  {40, 56, 0, 4, o},
                             {10, 92, -3, 0, C}, {36, 92, 0, 3, o},  {64, 90, 6, -3, o}};
// A wide flat base below a small head.
constexpr Knot kTwoFlat[] = {{16, 16, -6, 4, S}, {32, 2, 0, 0, o},   {48, 12, 2, 4, o}, {42, 40, 0, 6, o},
                             {16, 76, 0, 0, o},  {-2, 92, -6, 0, C}, {40, 88, 0, 2, o}, {84, 92, 8, -3, o}};
// A wide loop at the lower left.
constexpr Knot kTwoBigLoop[] = {{12, 20, -4, 4, S}, {28, 3, 0, 0, o},  {50, 12, 3, 2, o},   {48, 40, 2, 4, o},
                                {28, 72, 0, 4, o},  {4, 94, -6, 2, o}, {-8, 80, -6, -4, o}, {12, 66, 0, -6, o},
                                {36, 80, 0, 2, o},  {50, 94, 4, 0, o}, {66, 84, 8, -4, o}};

// A small head, a wide belly.
constexpr Knot kThreeBig[] = {{16, 8, -6, 3, S},  {34, 1, 0, 0, o},   {46, 12, 2, 2, o}, {38, 30, 0, 4, o},
                              {26, 36, -4, 2, C}, {52, 44, 4, 0, o},  {62, 68, 4, 0, o}, {40, 96, 0, 0, o},
                              {8, 92, -4, -2, o}, {-4, 78, -4, -6, o}};
// Both ends curl in.
constexpr Knot kThreeCurl[] = {{20, 22, -4, 4, S}, {8, 14, -2, 0, o},  {26, 1, 0, 0, o},  {52, 12, 2, 0, o},
                               {44, 40, 0, 4, o},  {24, 48, -8, 2, C}, {54, 54, 2, 0, o}, {56, 84, 2, 0, o},
                               {24, 99, 0, 0, o},  {4, 84, -3, -2, o}, {18, 76, 3, -4, o}};
// Straight strokes with sharp turns.
constexpr Knot kThreeSharp[] = {{4, 6, -3, 3, S},  {34, 2, 0, 0, o},   {54, 10, 4, 3, C},
                                {38, 28, 0, 0, o}, {18, 46, -5, 2, C}, {46, 52, 0, 2, o},
                                {58, 64, 3, 0, C}, {34, 88, 0, 0, o},  {2, 99, -4, -3, o}};

// A wide box, open at the top, on a long stem.
constexpr Knot kFourBox[] = {{4, 4, 4, 4, S},   {2, 26, 0, 0, o}, {4, 48, -2, 4, C}, {30, 50, 0, 2, o},
                             {56, 48, 3, 0, C}, {58, 2, 0, 6, S}, {56, 50, 0, 0, o}, {54, 100, 0, 0, o}};
// One stroke: down, across and back over the stem.
constexpr Knot kFourLightning[] = {{24, 0, 6, 0, S},   {14, 28, 0, 0, o}, {2, 58, -3, 3, C},
                                   {34, 56, 0, 0, o},  {64, 50, 4, 0, C}, {52, 24, -6, -4, o},
                                   {50, 14, -4, 4, C}, {46, 60, 0, 0, o}, {40, 100, -3, 0, o}};
// Closed at a peak, the bar short: near a nine.
constexpr Knot kFourPeak[] = {{54, 4, 2, 0, S},  {32, 12, -4, 0, o}, {8, 38, -2, 4, o},
                              {4, 54, -2, 2, C}, {30, 52, 0, 2, o},  {56, 46, 2, 0, o},
                              {58, 6, 0, 3, S},  {52, 50, 0, 0, o},  {42, 100, -4, 0, o}};
// The bar low and long, the stem short.
constexpr Knot kFourLow[] = {{34, 0, 8, 4, S},   {18, 32, 0, 0, o}, {-2, 68, -4, 2, C}, {36, 66, 0, 2, o},
                             {82, 60, 6, -3, o}, {56, 28, 4, 8, S}, {50, 66, 0, 0, o},  {46, 100, 0, -3, o}};

// The bar beside the rest, not touching it.
constexpr Knot kFiveApart[] = {{16, 12, 0, 3, S}, {8, 44, 0, 4, C},  {32, 38, 0, 2, o},  {54, 54, 2, 4, o},
                               {50, 82, 2, 0, o}, {26, 98, 0, 0, o}, {0, 90, -4, -4, o}, {26, 6, 4, 2, S},
                               {48, 4, 0, 0, o},  {72, 2, 8, -3, o}};
// A long neck and a small belly.
constexpr Knot kFiveBelly[] = {{62, 2, 6, 2, S},  {38, 4, 0, 0, o},   {26, 8, 0, 0, C},   {16, 34, -3, 0, o},
                               {8, 58, -2, 3, C}, {30, 50, 0, 0, o},  {48, 62, 2, 0, o},  {46, 86, 0, 0, o},
                               {24, 98, 0, 0, o}, {2, 92, -3, -3, o}, {-4, 84, -2, -4, o}};
// A slanting neck, a sharp corner and a flat belly.
constexpr Knot kFiveSharp[] = {{84, 0, 8, 3, S},  {52, 6, 0, 0, o},  {28, 10, 0, 0, C},
                               {20, 26, 0, 3, o}, {12, 46, 0, 3, C}, {36, 46, 0, 2, o},
                               {50, 60, 3, 2, o}, {36, 82, 0, 0, o}, {-6, 98, -6, -3, o}};
// Upper half small, lower half large.
constexpr Knot kFiveLow[] = {{18, 2, 0, 3, S},  {14, 28, 0, 4, C}, {38, 26, 2, 0, o},   {62, 48, 2, 4, o},
                             {58, 80, 2, 0, o}, {30, 98, 0, 0, o}, {-2, 86, -4, -4, o}, {18, 3, 0, 2, S},
                             {38, 2, 0, 0, o},  {56, 0, 10, 2, o}};

// A long neck and a small bowl.
constexpr Knot kSixTall[] = {{58, 0, 8, 2, S},   {34, 22, 0, 0, o},  {14, 52, 0, 0, o},
                             {4, 78, 0, 0, o},   {14, 97, 0, 0, o},  {36, 92, 2, 0, o},
                             {40, 76, 3, -4, o}, {26, 68, 0, -4, o}, {10, 78, 0, -3, o}};
// The bowl ends inside itself.
constexpr Knot kSixSpiral[] = {{44, 3, 8, 4, S},  {20, 20, 0, 0, o}, {5, 52, 0, 0, o},   {10, 86, 0, 0, o},
                               {34, 98, 0, 0, o}, {58, 80, 2, 0, o}, {52, 56, 2, -4, o}, {30, 50, 0, -2, o},
                               {20, 66, 0, 0, o}, {32, 80, 4, 4, o}};
// The bowl stays open.
constexpr Knot kSixOpen[] = {{40, 0, 6, 2, S},  {18, 28, 0, 0, o},  {4, 64, 0, 0, o},   {12, 92, 0, 0, o},
                             {36, 98, 0, 0, o}, {54, 80, 2, -2, o}, {46, 60, 4, -4, o}, {30, 60, -4, 4, o}};
// A wide bowl below a neck that leans.
constexpr Knot kSixFlat[] = {{64, 8, 10, 4, S}, {40, 10, 0, 0, o}, {16, 30, 0, 0, o},  {4, 66, -3, 0, o},
                             {18, 94, 0, 0, o}, {50, 96, 3, 0, o}, {66, 72, 4, -4, o}, {48, 52, 0, -6, o},
                             {20, 60, 0, 0, o}, {6, 74, -4, 4, o}};

// A short bar: near a one.
constexpr Knot kSevenNarrow[] = {{14, 14, -5, 4, S}, {30, 8, 0, 0, o},  {48, 4, 2, 0, C},
                                 {44, 36, 0, 0, o},  {38, 68, 0, 0, o}, {34, 100, 3, 0, o}};
// The bar waves, the stem bends.
constexpr Knot kSevenWave[] = {{2, 18, -2, 6, S}, {14, 6, 0, 0, o},   {32, 12, 0, 3, o}, {52, 6, 2, 0, o},
                               {64, 4, 3, 0, C},  {42, 34, -3, 0, o}, {30, 64, 0, 0, o}, {30, 100, 4, 0, o}};
// A hook before and a bar across.
constexpr Knot kSevenHookBar[] = {{4, 24, 0, 6, S},  {8, 8, 0, 0, C},    {34, 8, 0, 0, o},   {62, 4, 2, 0, C},
                                  {42, 44, 3, 0, o}, {26, 100, 5, 0, o}, {14, 54, -5, 3, S}, {56, 46, 8, -4, o}};
// A wide bar over a stem that leans far.
constexpr Knot kSevenLong[] = {{-6, 10, -8, 3, S}, {30, 6, 0, 2, o},  {70, 4, 4, 0, C},
                               {44, 40, 0, 0, o},  {16, 76, 0, 0, o}, {2, 99, -6, 0, o}};

// An S and a straight way back.
constexpr Knot kEightBack[] = {{56, 10, 4, 4, S}, {34, 2, 0, 0, o},  {14, 14, 0, 2, o}, {24, 38, 0, 4, o},
                               {44, 58, 0, 2, o}, {50, 84, 2, 0, o}, {28, 99, 0, 0, o}, {6, 86, -2, 0, o},
                               {18, 64, 0, 0, o}, {40, 36, 0, 0, o}, {62, 8, 6, -2, o}};
// A small upper loop over a wide one.
constexpr Knot kEightSmallTop[] = {{42, 6, 4, 2, S},  {30, 1, 0, 0, o},  {20, 14, -2, 0, o}, {28, 30, 0, 3, o},
                                   {52, 50, 3, 3, o}, {62, 78, 3, 0, o}, {34, 99, 0, 0, o},  {4, 80, -3, 0, o},
                                   {16, 50, 0, 0, o}, {40, 28, 0, 2, o}, {44, 8, 4, 0, o}};
// A wide upper loop over a small one.
constexpr Knot kEightSmallBottom[] = {{58, 16, 4, 4, S}, {36, 1, 0, 0, o},  {8, 14, -3, 0, o}, {12, 38, -2, 2, o},
                                      {34, 56, 0, 2, o}, {42, 80, 0, 0, o}, {30, 99, 0, 0, o}, {18, 86, -2, 0, o},
                                      {26, 62, 0, 2, o}, {52, 40, 0, 2, o}, {62, 14, 2, -4, o}};
// Begins in the middle.
constexpr Knot kEightMiddle[] = {{34, 44, 6, 2, S}, {14, 30, -2, 0, o}, {20, 6, 0, 0, o},   {44, 3, 0, 0, o},
                                 {52, 24, 0, 2, o}, {34, 46, 0, 2, o},  {10, 70, 0, 2, o},  {16, 96, 0, 0, o},
                                 {42, 97, 0, 0, o}, {54, 74, 2, 0, o},  {38, 50, -4, 0, o}, {26, 40, -8, -3, o}};

// A large bowl and a stem with a hook.
constexpr Knot kNineHook[] = {{52, 18, 3, -6, S}, {34, 2, 0, 0, o},  {8, 14, -2, 0, o},  {4, 38, -2, 3, o},
                              {24, 54, 0, 3, o},  {48, 40, 0, 2, o}, {56, 10, 0, 0, C},  {58, 50, 0, 0, o},
                              {54, 84, 0, 0, o},  {38, 99, 0, 0, o}, {20, 92, -6, -4, o}};
// A small bowl on a long stem.
constexpr Knot kNineSmall[] = {{48, 8, 3, -4, S}, {34, 1, 0, 0, o},  {20, 10, -3, 0, o}, {18, 24, -2, 4, o},
                               {32, 32, 0, 3, o}, {46, 20, 0, 2, o}, {50, 6, 2, 0, o},   {46, 46, 0, 0, o},
                               {42, 72, 0, 0, o}, {40, 100, 4, 0, o}};
// Open at the top: near a four.
constexpr Knot kNineOpen[] = {{30, 4, -6, 4, S}, {12, 14, -2, 0, o}, {6, 34, -2, 3, o}, {22, 48, 0, 3, o},
                              {44, 38, 0, 2, o}, {54, 6, 4, 4, C},   {52, 50, 0, 0, o}, {46, 100, 3, 0, o}};
// The bowl and the stem drawn one after the other.
constexpr Knot kNineApart[] = {{48, 8, 4, -2, S}, {26, 3, 0, 0, o},  {8, 20, 0, 0, o},   {10, 42, 0, 4, o},
                               {32, 48, 0, 3, o}, {50, 28, 2, 0, o}, {48, 8, 3, 3, o},   {54, 4, 2, 6, S},
                               {54, 40, 0, 0, o}, {50, 72, 0, 0, o}, {44, 100, -3, 0, o}};

constexpr Variant kZero[] = {{0.8F, kZeroRound}, {0.2F, kZeroTail}, {0.14F, kZeroLoop}, {0.14F, kZeroRight}};
constexpr Variant kOne[] = {
    {0.78F, kOnePlain}, {0.07F, kOneSerif}, {0.03F, kOneFoot}, {0.06F, kOneHook}, {0.05F, kOneFlag}};
constexpr Variant kTwo[] = {{0.40F, kTwoCorner}, {0.38F, kTwoLoop}, {0.22F, kTwoZed},    {0.20F, kTwoSwan},
                            {0.08F, kTwoCurl},   {0.14F, kTwoFlat}, {0.16F, kTwoBigLoop}};
constexpr Variant kThree[] = {{0.60F, kThreeRound}, {0.28F, kThreeLoop}, {0.12F, kThreeFlat},
                              {0.22F, kThreeBig},   {0.16F, kThreeCurl}, {0.12F, kThreeSharp}};
constexpr Variant kFour[] = {{0.45F, kFourOpen},      {0.40F, kFourSoft}, {0.15F, kFourClosed}, {0.18F, kFourBox},
                             {0.14F, kFourLightning}, {0.06F, kFourPeak}, {0.10F, kFourLow}};
constexpr Variant kFive[] = {{0.50F, kFiveBar},   {0.30F, kFiveOneStroke}, {0.20F, kFiveEss}, {0.16F, kFiveApart},
                             {0.14F, kFiveBelly}, {0.12F, kFiveSharp},     {0.12F, kFiveLow}};
constexpr Variant kSix[] = {{0.6F, kSixCurved},  {0.4F, kSixStraight}, {0.20F, kSixTall},
                            {0.16F, kSixSpiral}, {0.12F, kSixOpen},    {0.14F, kSixFlat}};
constexpr Variant kSeven[] = {{0.42F, kSevenPlain},  {0.26F, kSevenRound}, {0.14F, kSevenHook},    {0.18F, kSevenBar},
                              {0.14F, kSevenNarrow}, {0.14F, kSevenWave},  {0.08F, kSevenHookBar}, {0.10F, kSevenLong}};
constexpr Variant kEight[] = {{0.55F, kEightCross}, {0.20F, kEightBowls},    {0.25F, kEightOpen},
                              {0.25F, kEightBack},  {0.14F, kEightSmallTop}, {0.14F, kEightSmallBottom},
                              {0.12F, kEightMiddle}};
constexpr Variant kNine[] = {{0.45F, kNineStraight}, {0.20F, kNineCurved}, {0.35F, kNineSlant}, {0.16F, kNineHook},
                             {0.16F, kNineSmall},    {0.07F, kNineOpen},   {0.14F, kNineApart}};

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

/// Cardinal spline: passes p1 at t = 0 and p2 at t = 1. `tension` is the length of its tangents: 0 gives straight
/// lines, 0.5 Catmull-Rom's curves, more gives rounder ones.
float spline(float p0, float p1, float p2, float p3, float t, float tension) {
  const float m1 = tension * (p2 - p0);
  const float m2 = tension * (p3 - p1);
  const float c = 3.0F * (p2 - p1) - 2.0F * m1 - m2;
  const float d = 2.0F * (p1 - p2) + m1 + m2;
  return p1 + t * (m1 + t * (c + t * d));
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

/// What one writer does alike in the whole digit.
struct Hand {
  float sloppy;   ///< 1 is usual; a few are far above it
  float tension;  ///< of curves: below 0.5 angular, above round
  float haste;    ///< above 0 curves are cut short and corners become round, below 0 they are drawn out
};

Hand take_up(Draws& draw) {
  const float u = draw.uniform();
  const float u2 = u * u;
  const float u4 = u2 * u2;
  Hand hand{};
  hand.sloppy = 0.44F + 0.40F * u2 + 0.70F * u4 * u4 * u4;
  hand.tension = draw.normal(0.50F, 0.11F, 0.2F, 0.8F);
  hand.haste = draw.normal(0.02F, 0.10F * hand.sloppy, -0.25F, 0.4F);
  return hand;
}

/// The knots of one image: the variant's, moved by its shape parameters, and as far from there as the hand is sloppy.
/// Neighbours move alike, and each stroke as a whole, so that bars cross at other heights and parts touch or do not.
void move_knots(std::span<const Knot> knots, const Hand& hand, Draws& draw, std::array<Point, kMaxKnots>& p) {
  constexpr float kKeep = 0.70F;    // correlation of neighbours
  constexpr float kFresh = 0.714F;  // sqrt(1 - kKeep^2)
  // Shape parameters at the digit's beginning and at its end, for both directions.
  const Point first{draw.between(-1.3F, 1.3F), draw.between(-1.3F, 1.3F)};
  const Point last{draw.between(-1.3F, 1.3F), draw.between(-1.3F, 1.3F)};
  const float together = 0.030F * hand.sloppy;
  const float alone = 0.015F * hand.sloppy;
  Point drift{};
  for (std::size_t i = 0; i < knots.size(); ++i) {
    const Knot& knot = knots[i];
    const float t = static_cast<float>(i) / static_cast<float>(knots.size() - 1);
    const float keep = i == 0 ? 0.0F : kKeep;
    const float fresh = i == 0 ? 1.0F : kFresh;
    drift = {keep * drift.x + fresh * draw.normal(), keep * drift.y + fresh * draw.normal()};
    p[i] = {0.01F * (static_cast<float>(knot.x) + (first.x + t * (last.x - first.x)) * static_cast<float>(knot.dx)) +
                together * drift.x + alone * draw.normal(),
            0.01F * (static_cast<float>(knot.y) + (first.y + t * (last.y - first.y)) * static_cast<float>(knot.dy)) +
                together * drift.y + alone * draw.normal()};
  }
}

/// Cuts curves short or draws them out, and ends strokes early or late.
void hasten(std::span<const Knot> knots, const Hand& hand, Draws& draw, std::array<Point, kMaxKnots>& p) {
  const std::array<Point, kMaxKnots> before = p;
  for (std::size_t i = 0; i < knots.size(); ++i) {
    const bool begins = knots[i].join == Join::start;
    const bool ends = i + 1 == knots.size() || knots[i + 1].join == Join::start;
    if (begins || ends) {
      const Point next = begins ? before[i + 1] : before[i - 1];
      const float longer = draw.normal(0.03F, 0.15F * hand.sloppy, -0.4F, 0.5F);
      p[i] = {before[i].x + longer * (before[i].x - next.x), before[i].y + longer * (before[i].y - next.y)};
    } else {
      p[i] = {before[i].x + hand.haste * (0.5F * (before[i - 1].x + before[i + 1].x) - before[i].x),
              before[i].y + hand.haste * (0.5F * (before[i - 1].y + before[i + 1].y) - before[i].y)};
    }
  }
}

/// The spline through the knots.
void trace(std::span<const Knot> knots, const Hand& hand, Draws& draw, Path& path) {
  std::array<Point, kMaxKnots> p;
  move_knots(knots, hand, draw, p);
  hasten(knots, hand, draw, p);
  const bool rounds = draw.uniform() < 0.3F * hand.sloppy;  // corners are taken without a stop
  const auto bends = [&](std::size_t i) {
    return i + 1 < knots.size() && knots[i].join != Join::start && knots[i + 1].join != Join::start &&
           (rounds || knots[i].join == Join::smooth);
  };
  for (std::size_t i = 0; i < knots.size(); ++i) {
    if (knots[i].join == Join::start) {
      path.add(p[i], true);
      continue;
    }
    const Point p1 = p[i - 1];
    const Point p2 = p[i];
    const Point p0 = bends(i - 1) ? p[i - 2] : p1;
    const Point p3 = bends(i) ? p[i + 1] : p2;
    for (std::size_t s = 1; s <= kSamplesPerSegment; ++s) {
      const float t = static_cast<float>(s) / static_cast<float>(kSamplesPerSegment);
      path.add({spline(p0.x, p1.x, p2.x, p3.x, t, hand.tension), spline(p0.y, p1.y, p2.y, p3.y, t, hand.tension)},
               false);
    }
  }
}

/// The writer's hand: wobble, proportions, bends, aspect, slant and rotation.
void deform(Path& path, unsigned label, const Hand& hand, Draws& draw) {
  const PathNoise wobble_x(draw, 7);
  const PathNoise wobble_y(draw, 7);
  const float wobble = 0.012F * hand.sloppy * draw.uniform();
  const float loose = 0.6F + 0.4F * hand.sloppy;
  const float heavy = draw.normal(0.0F, 0.20F * loose, -0.6F, 0.6F);   // upper against lower half
  const float wide = draw.normal(0.0F, 0.15F * loose, -0.45F, 0.45F);  // top wider or narrower than the bottom
  const float lean = draw.normal(0.0F, 0.13F * loose, -0.45F, 0.45F);  // left taller or lower than the right
  const float uneven = draw.normal(0.0F, 0.25F * loose, -0.8F, 0.8F);  // left wider or narrower than the right
  const float bend = draw.normal(0.0F, 0.17F * loose, -0.55F, 0.55F);
  const float twist = draw.normal(0.0F, 0.30F * loose, -0.9F, 0.9F);  // slant changes from top to bottom
  const float sag = draw.normal(0.0F, 0.15F * loose, -0.5F, 0.5F);
  const float aspect = draw.normal(label == 1 ? 1.0F : 1.10F, 0.26F, 0.55F, 1.9F);
  const float slant = draw.normal(0.20F, 0.27F, -0.50F, 0.85F);
  const float climb = draw.normal(0.0F, 0.12F, -0.32F, 0.32F);
  // (1 - h^2, 2h) / (1 + h^2) is a rotation by twice the angle whose tangent is h.
  const float h = draw.normal(0.0F, 0.055F, -0.11F, 0.11F);
  const float cosine = (1.0F - h * h) / (1.0F + h * h);
  const float sine = 2.0F * h / (1.0F + h * h);
  for (std::size_t i = 0; i < path.count; ++i) {
    Point& at = path.samples[i].at;
    float x = at.x - 0.33F + wobble * wobble_x.at(i);
    float y = at.y + wobble * wobble_y.at(i);
    y += heavy * y * (1.0F - y);
    const float middle = y - 0.5F;
    x += uneven * (0.09F - x * x);
    x *= 1.0F - 2.0F * wide * middle;
    y += lean * 2.0F * x * middle;
    x += bend * middle * middle + twist * middle * (0.25F - middle * middle);
    y += sag * x * x;
    x *= aspect;
    x -= slant * middle;
    y += climb * x;
    y -= 0.5F;
    at = {cosine * x - sine * y, sine * x + cosine * y};
  }
}

/// Half the pen's width in pixels of the final image. It varies along the path, and where the pen comes and goes it
/// is thinner (fast) or thicker (it rests); once in a while the ink fails for a moment.
void press(Path& path, const Hand& hand, Draws& draw) {
  const float u = draw.uniform();
  const float pen = 0.80F + 0.70F * u + 0.52F * u * u * u;  // most pens thin, a few broad
  const PathNoise noise(draw, 9);
  const float unsteady = draw.between(0.02F, 0.20F);
  const float at_ends = draw.normal(-0.08F, 0.14F, -0.40F, 0.25F);
  constexpr std::size_t kEnd = 4;
  std::size_t since_start = 0;
  for (std::size_t i = 0; i < path.count; ++i) {
    since_start = path.samples[i].starts ? 0 : since_start + 1;
    std::size_t to_end = 0;
    while (to_end < kEnd && i + to_end + 1 < path.count && !path.samples[i + to_end + 1].starts) ++to_end;
    const std::size_t near = std::min(std::min(since_start, to_end), kEnd);
    const float end = at_ends * static_cast<float>(kEnd - near) / static_cast<float>(kEnd);
    path.samples[i].radius = pen * (1.0F + end + std::clamp(unsteady * noise.at(i), -0.35F, 0.35F));
  }
  if (draw.uniform() < 0.05F * hand.sloppy) {
    const std::size_t at = 1 + draw.bits() % (path.count - 1);
    path.samples[at].starts = true;
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
  const Hand hand = take_up(draw);
  trace(choose(kClasses[label], draw.uniform()).knots, hand, draw, path);
  deform(path, label, hand, draw);
  press(path, hand, draw);
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

namespace {
constexpr std::string_view kNameBegins = "generated:";
/// Version 1 was named in English and had no number.
constexpr std::string_view kVersion1Begins = "built-in generated digits, seed ";
}  // namespace

std::string generated_name(std::uint64_t seed) { return join({kNameBegins, kGeneratorVersion, ":", seed}); }

unsigned generated_version(std::string_view name) {
  if (name.starts_with(kVersion1Begins)) return 1;
  if (!name.starts_with(kNameBegins)) return 0;
  unsigned version = 0;
  for (const char c : name.substr(kNameBegins.size())) {
    if (c < '0' || c > '9' || version > 99'999) break;
    version = version * 10 + static_cast<unsigned>(c - '0');
  }
  return version;
}

DataSource generated_source(std::uint64_t seed, std::size_t train_count, std::size_t test_count,
                            const TaskRunner& run) {
  return {generate_digits(seed, 0, train_count, run), generate_digits(seed, kGeneratedTestIndex, test_count, run),
          generated_name(seed)};
}

}  // namespace quarterturn
