// Pretext tasks, the notebook's row order and its slices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/hash.hpp"
#include "data/dataset.hpp"
#include "pretext/quarter_turns.hpp"
#include "pretext/task.hpp"

namespace quarterturn {
namespace {

using Small = std::array<int, 9>;

Small turned(const Small& image, unsigned k) {
  Small out{};
  for (int i = 0; i < 9; ++i) {
    out[static_cast<std::size_t>(i)] = image[static_cast<std::size_t>(quarter_turn_source(k, i / 3, i % 3, 3))];
  }
  return out;
}

// numpy.rot90(numpy.arange(1, 10).reshape(3, 3), k)
TEST(QuarterTurn, IsNumpysRot90) {
  const Small image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(turned(image, 0), image);
  EXPECT_EQ(turned(image, 1), (Small{3, 6, 9, 2, 5, 8, 1, 4, 7}));
  EXPECT_EQ(turned(image, 2), (Small{9, 8, 7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(turned(image, 3), (Small{7, 4, 1, 8, 5, 2, 9, 6, 3}));
}

TEST(QuarterTurn, MapsOf28x28) {
  static_assert(kQuarterTurnMaps[0].base == 0 && kQuarterTurnMaps[0].row == 28 && kQuarterTurnMaps[0].column == 1);
  for (std::int32_t r = 0; r < 28; ++r) {
    for (std::int32_t c = 0; c < 28; ++c) {
      ASSERT_EQ(kQuarterTurnMaps[1].at(r, c), c * 28 + 27 - r);
      ASSERT_EQ(kQuarterTurnMaps[2].at(r, c), (27 - r) * 28 + 27 - c);
      ASSERT_EQ(kQuarterTurnMaps[3].at(r, c), (27 - c) * 28 + r);
    }
  }
  for (const PixelMap& map : kQuarterTurnMaps) EXPECT_TRUE(map.strided);
}

TEST(PixelMap, FindsStridesWhereThereAreSome) {
  const auto mirror = PixelMap::from([](std::int32_t r, std::int32_t c) { return r * 28 + 27 - c; });
  EXPECT_TRUE(mirror.strided);
  EXPECT_EQ(mirror.base, 27);
  EXPECT_EQ(mirror.row, 28);
  EXPECT_EQ(mirror.column, -1);
  EXPECT_EQ(mirror.at(3, 5), 3 * 28 + 22);
  const auto halves = PixelMap::from([](std::int32_t r, std::int32_t c) { return (r + 14) % 28 * 28 + c; });
  EXPECT_FALSE(halves.strided);
  EXPECT_EQ(halves.at(3, 5), 17 * 28 + 5);
}

TEST(PretextTasks, HaveAMapAndANameForEachClass) {
  ASSERT_FALSE(pretext_tasks().empty());
  EXPECT_EQ(pretext_tasks().front().name, "turns");
  for (const PretextTask& task : pretext_tasks()) {
    EXPECT_EQ(pretext_task_named(task.name), &task);
    std::set<std::vector<std::int32_t>> maps;
    std::set<std::string> names;
    for (std::size_t variant = 0; variant < task.classes; ++variant) {
      const PixelMap map = map_of(task, variant);
      std::vector<std::int32_t> sources;
      for (std::int32_t i = 0; i < 28 * 28; ++i) sources.push_back(map.at(i / 28, i % 28));
      maps.insert(sources);
      names.insert(task.class_name(variant));
      std::ranges::sort(sources);
      for (std::int32_t i = 0; i < 28 * 28; ++i) {
        ASSERT_EQ(sources[static_cast<std::size_t>(i)], i) << task.name << ": every pixel is read once";
      }
    }
    EXPECT_EQ(maps.size(), task.classes) << task.name << ": no two classes look alike";
    EXPECT_EQ(names.size(), task.classes);
    EXPECT_EQ(maps_of(task).size(), task.classes);
    EXPECT_EQ(class_names_of(task).size(), task.classes);
  }
  EXPECT_EQ(pretext_task_named("nothing"), nullptr);
}

/// An image on which every rearrangement shows.
std::array<std::uint8_t, kImagePixels> marked_image() {
  std::array<std::uint8_t, kImagePixels> image{};
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = static_cast<std::uint8_t>(i * 37 % 251);
  return image;
}

std::array<std::uint8_t, kImagePixels> seen(std::string_view task, std::size_t variant,
                                            std::span<const std::uint8_t> image) {
  return mapped(image, map_of(*pretext_task_named(task), variant));
}

TEST(PretextTasks, AreThese) {
  std::vector<std::pair<std::string_view, std::size_t>> tasks;
  for (const PretextTask& task : pretext_tasks()) tasks.emplace_back(task.name, task.classes);
  const std::vector<std::pair<std::string_view, std::size_t>> expected = {
      {"turns", 4}, {"mirrors", 4}, {"turns_mirrors", 8}, {"jigsaw", 24}, {"shuffles", 4}};
  EXPECT_EQ(tasks, expected);
}

TEST(PretextTasks, TurnsAreTheQuarterTurns) {
  const auto image = marked_image();
  for (unsigned k = 0; k < 4; ++k) EXPECT_EQ(seen("turns", k, image), quarter_turned(image, k));
}

TEST(PretextTasks, MirrorsAreAGroupOfFour) {
  const auto image = marked_image();
  EXPECT_EQ(seen("mirrors", 0, image), image);
  for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(seen("mirrors", k, seen("mirrors", k, image)), image) << k;
  EXPECT_EQ(seen("mirrors", 3, image), seen("mirrors", 1, seen("mirrors", 2, image)));
  EXPECT_EQ(seen("mirrors", 3, image), quarter_turned(image, 2));
  EXPECT_EQ(seen("mirrors", 1, image)[0], image[27]) << "left-right reverses columns";
  EXPECT_EQ(seen("mirrors", 2, image)[0], image[std::size_t{27} * 28]) << "up-down reverses rows";
}

TEST(PretextTasks, TurnsAndMirrorsAreTheSquaresSymmetries) {
  const auto image = marked_image();
  for (unsigned k = 0; k < 4; ++k) {
    EXPECT_EQ(seen("turns_mirrors", k, image), quarter_turned(image, k));
    EXPECT_EQ(seen("turns_mirrors", 4 + k, image), quarter_turned(seen("mirrors", 1, image), k));
    const auto once = seen("turns_mirrors", 4 + k, image);
    EXPECT_EQ(seen("turns_mirrors", 4 + k, once), image) << "a reflection twice is none";
  }
}

TEST(PretextTasks, JigsawOrdersAreAllOrdersOfTheQuarters) {
  const auto image = marked_image();
  const PretextTask& jigsaw = *pretext_task_named("jigsaw");
  std::string order = "1234";
  for (std::size_t variant = 0; variant < 24; ++variant) {
    EXPECT_EQ(jigsaw.class_name(variant), order);
    const auto puzzle = seen("jigsaw", variant, image);
    for (std::size_t place = 0; place < 4; ++place) {
      const auto quarter = static_cast<std::size_t>(order[place] - '1');
      for (const std::size_t r : {0U, 5U, 13U}) {
        for (const std::size_t c : {0U, 8U, 13U}) {
          ASSERT_EQ(puzzle[(place / 2 * 14 + r) * 28 + place % 2 * 14 + c],
                    image[(quarter / 2 * 14 + r) * 28 + quarter % 2 * 14 + c])
              << order << ", place " << place;
        }
      }
    }
    std::next_permutation(order.begin(), order.end());
  }
  EXPECT_EQ(seen("jigsaw", 0, image), image);
}

// Checkpoints and signatures rest on them.
TEST(PretextTasks, ShufflesAreTheSameOnEveryMachine) {
  Fnv1a hash;
  for (const PixelMap& map : maps_of(*pretext_task_named("shuffles"))) {
    EXPECT_FALSE(map.strided);
    hash.add(map.table.data(), map.table.size() * sizeof map.table[0]);
  }
  EXPECT_EQ(hash.text(), "f91305d03ecf73d1");
}

TEST(QuarterTurn, FourTurnsAreNone) {
  std::array<std::uint8_t, kImagePixels> image{};
  for (std::size_t i = 0; i < image.size(); ++i) {
    image[i] = static_cast<std::uint8_t>(i * 37 % 251);
  }
  auto once = quarter_turned(image, 1);
  EXPECT_NE(once, image);
  EXPECT_EQ(quarter_turned(once, 1), quarter_turned(image, 2));
  EXPECT_EQ(quarter_turned(quarter_turned(once, 1), 1), quarter_turned(image, 3));
  EXPECT_EQ(quarter_turned(quarter_turned(image, 3), 1), image);
}

// The notebook's loop, with its negative indices, for 5 images: rows 4i-4 .. 4i-1 hold image i.
TEST(RotationRows, AreWhereTheNotebooksLoopWritesThem) {
  constexpr int kImages = 5;
  std::array<std::pair<int, int>, 4 * kImages> written{};
  for (int i = 0; i < kImages; ++i) {
    for (int k = 0; k < 4; ++k) {
      const int row = (4 * i - 4 + k + 4 * kImages) % (4 * kImages);
      written[static_cast<std::size_t>(row)] = {i, k};
    }
  }
  ASSERT_EQ(pretext_rows(kImages, kTurns), written.size());
  for (std::size_t row = 0; row < written.size(); ++row) {
    EXPECT_EQ(static_cast<int>(pretext_row(row, kImages, kTurns).image), written[row].first) << row;
    EXPECT_EQ(static_cast<int>(pretext_row(row, kImages, kTurns).variant), written[row].second) << row;
  }
}

TEST(RotationRows, OfTheNotebook) {
  EXPECT_EQ(pretext_row(0, 10000, kTurns).image, 1U);
  EXPECT_EQ(pretext_row(12, 10000, kTurns).image, 4U);  // the notebook's figure
  EXPECT_EQ(pretext_row(15, 10000, kTurns).image, 4U);
  EXPECT_EQ(pretext_row(15, 10000, kTurns).variant, 3U);
  EXPECT_EQ(pretext_row(39995, 10000, kTurns).image, 9999U);
  EXPECT_EQ(pretext_row(39996, 10000, kTurns).image, 0U);
  EXPECT_EQ(pretext_row(39999, 10000, kTurns).image, 0U);
  EXPECT_EQ(pretext_row(3, 1, kTurns).image, 0U);
}

void expect_slice(const Slice& slice, std::size_t first, std::size_t last) {
  EXPECT_EQ(slice.first, first);
  EXPECT_EQ(slice.last, last);
}

TEST(Splits, OfTheNotebook) {
  for (const std::size_t train : {std::size_t{60000}, std::size_t{11000}}) {
    const Splits splits = notebook_splits(train, 10000);
    expect_slice(splits.pretext, 0, 10000);
    expect_slice(splits.downstream, 10000, 11000);
    expect_slice(splits.test, 300, 600);
  }
}

TEST(Splits, OfSmallerSetsKeepTheProportions) {
  const Splits splits = notebook_splits(4400, 600);
  expect_slice(splits.pretext, 0, 4000);
  expect_slice(splits.downstream, 4000, 4400);
  expect_slice(splits.test, 300, 600);
  expect_slice(notebook_splits(4400, 599).test, 0, 599);
}

TEST(Splits, CoverTheSetAndNeverOverlap) {
  for (std::size_t train = 0; train < 300; ++train) {
    const Splits splits = notebook_splits(train, train);
    EXPECT_EQ(splits.pretext.first, 0U);
    EXPECT_EQ(splits.pretext.last, splits.downstream.first);
    EXPECT_EQ(splits.downstream.last, train);
    EXPECT_LE(splits.test.last, train);
    EXPECT_EQ(splits.pretext.count() > 0 && splits.downstream.count() > 0, train >= 2) << train;
  }
}

}  // namespace
}  // namespace quarterturn
