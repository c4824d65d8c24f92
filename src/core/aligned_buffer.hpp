// One aligned allocation, to be carved into views.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

namespace quarterturn {

/// Widest vector (AVX-512) and cache line: every buffer and every carved view starts at a multiple of this.
inline constexpr std::size_t kAlignment = 64;

constexpr std::size_t round_up(std::size_t value, std::size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// Whether an allocation of so many bytes would succeed now. Standard containers end the program where there is no
/// memory, so a large one is asked for first where memory is small.
inline bool has_room(std::size_t bytes) {
  void* volatile block = std::malloc(bytes);  // volatile: a compiler may leave out a pair of malloc and free
  const bool found = block != nullptr;
  std::free(block);
  return found;
}

/// A zeroed, 64-byte aligned block of trivially copyable elements; moves, never copies by accident.
template <class T>
class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  explicit AlignedBuffer(std::size_t count) : count_(count) {
    const std::size_t bytes = round_up(count * sizeof(T) + kAlignment, kAlignment);  // a vector may read past the end
    data_.reset(static_cast<T*>(std::aligned_alloc(kAlignment, bytes)));
    if (data_ == nullptr) {
      count_ = 0;
    } else {
      std::memset(data_.get(), 0, bytes);
    }
  }

  [[nodiscard]] T* data() { return data_.get(); }
  [[nodiscard]] const T* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] std::span<T> span() { return {data_.get(), count_}; }
  [[nodiscard]] std::span<const T> span() const { return {data_.get(), count_}; }
  T& operator[](std::size_t i) {
    assert(i < count_);
    return data_[i];
  }
  const T& operator[](std::size_t i) const {
    assert(i < count_);
    return data_[i];
  }

 private:
  struct Free {
    void operator()(T* pointer) const { std::free(pointer); }
  };
  std::unique_ptr<T[], Free> data_;
  std::size_t count_ = 0;
};

}  // namespace quarterturn
