// What tests of files and their bytes share.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/native/message_text.hpp"
#include "core/result.hpp"

namespace quarterturn::data_test {

template <class T>
std::string message(const Result<T>& result) {
  return result.ok() ? "no error" : message_text(result.error());
}

/// Every message is one line and begins with the name it was given.
inline void expect_fault(const std::string& text, const std::string& name, const std::vector<std::string>& parts) {
  EXPECT_EQ(text.rfind(name + ": ", 0), 0U) << text;
  EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  for (const std::string& part : parts) {
    EXPECT_THAT(text, ::testing::HasSubstr(part));
  }
}

}  // namespace quarterturn::data_test
