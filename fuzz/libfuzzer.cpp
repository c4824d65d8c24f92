// One target as a libFuzzer program; QUARTERTURN_FUZZ_TARGET is its name.
#include <string>

#include "fuzz/heap.hpp"
#include "fuzz/targets.hpp"

namespace {

const quarterturn::fuzz::Target& chosen() {
  for (const auto& target : quarterturn::fuzz::kTargets) {
    if (std::string_view(target.name) == QUARTERTURN_FUZZ_TARGET) return target;
  }
  quarterturn::fuzz::broken("there is no target " QUARTERTURN_FUZZ_TARGET);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace fuzz = quarterturn::fuzz;
  static const fuzz::Target& target = chosen();
  static const bool warm = (static_cast<void>(target.read({})), true);  // what is made once counts for no input
  static_cast<void>(warm);
  fuzz::Heap::start();
  const quarterturn::Status status = target.read({data, size});
  const std::size_t peak = fuzz::Heap::peak();
  if (!status) {
    const std::string_view fault = fuzz::message_fault(status.error().message, target.messages);
    if (!fault.empty()) fuzz::broken(std::string(fault) + ": " + status.error().message);
  }
  if (peak > target.per_byte * size + target.fixed) {
    fuzz::broken(std::to_string(peak) + " bytes of heap for an input of " + std::to_string(size));
  }
  return 0;
}
