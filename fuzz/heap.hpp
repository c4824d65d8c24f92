// The heap that a target uses, as clang's sanitizers see it (GCC comes without their header); nothing is measured
// elsewhere.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) && __has_include(<sanitizer/allocator_interface.h>)
#define QUARTERTURN_HEAP_IS_MEASURED 1
#include <sanitizer/allocator_interface.h>
#endif
#endif

namespace quarterturn::fuzz {

/// Bytes in use at most since the last start(), by what was allocated since.
class Heap {
 public:
  static void start() {
    install();
    used_ = 0;
    peak_ = 0;
  }
  static std::size_t peak() { return peak_; }

 private:
#ifdef QUARTERTURN_HEAP_IS_MEASURED
  static void install() {
    static const bool installed = __sanitizer_install_malloc_and_free_hooks(allocated, freed) != 0;
    static_cast<void>(installed);
  }
  static void allocated(const volatile void*, std::size_t bytes) {
    used_ += bytes;
    if (used_ > peak_) peak_ = used_;
  }
  static void freed(const volatile void* block) {
    // What was allocated before start() and is freed now must not count as gained.
    const std::size_t bytes = block == nullptr ? 0 : __sanitizer_get_allocated_size(block);
    used_ = bytes > used_ ? 0 : used_ - bytes;
  }
#else
  static void install() {}
#endif

  inline static thread_local std::size_t used_ = 0;
  inline static thread_local std::size_t peak_ = 0;
};

}  // namespace quarterturn::fuzz
