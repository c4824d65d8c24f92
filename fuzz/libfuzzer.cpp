// One target as a libFuzzer program, which is called TARGET_fuzz.
#include <string>
#include <string_view>

#include "core/native/message_text.hpp"
#include "fuzz/heap.hpp"
#include "fuzz/targets.hpp"

namespace {

const quarterturn::fuzz::Target* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** arguments) {
  std::string_view name = (*arguments)[0];
  name = name.substr(name.rfind('/') + 1);
  for (const auto& target : quarterturn::fuzz::kTargets) {
    if (name == std::string(target.name) + "_fuzz") chosen = &target;
  }
  if (chosen == nullptr) quarterturn::fuzz::broken(std::string(name) + ": there is no such target");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace fuzz = quarterturn::fuzz;
  const fuzz::Target& target = *chosen;
  static const bool warm = (static_cast<void>(target.read({})), true);  // what is made once counts for no input
  static_cast<void>(warm);
  fuzz::Heap::start();
  const quarterturn::Status status = target.read({data, size});
  const std::size_t peak = fuzz::Heap::peak();
  if (!status) {
    const std::string_view fault = fuzz::message_fault(message_text(status.error()), target.messages);
    if (!fault.empty()) fuzz::broken(std::string(fault) + ": " + message_text(status.error()));
  }
  if (peak > target.per_byte * size + target.fixed) {
    fuzz::broken(std::to_string(peak) + " bytes of heap for an input of " + std::to_string(size));
  }
  return 0;
}
