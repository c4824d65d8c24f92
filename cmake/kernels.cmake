# src/models/kernels.cpp, once per instruction set. Only this file gets wide flags; what it shares with the rest of the
# program as inline functions is emitted here too, so these objects come last in link order: the linker keeps the first
# copy, and that must be one that every machine can run. For the same reason the baseline is first in each list.
set(kernel_source ${PROJECT_SOURCE_DIR}/src/models/kernels.cpp)

# quarterturn_kernels(TARGET NAME FLAGS...): an object library with the kernels of one instruction set.
function(quarterturn_kernels target isa)
  add_library(${target} OBJECT ${kernel_source})
  target_compile_options(${target} PRIVATE ${ARGN})
  target_compile_definitions(${target} PRIVATE QUARTERTURN_ISA=${isa} QUARTERTURN_ISA_NAME="${isa}")
  if(QUARTERTURN_SANITIZE)
    # At -O1 a sanitized training step takes minutes of every test run; and where GCC watches scopes, it keeps a tile's
    # accumulators in memory instead of registers, which makes steps twice and compiling eight times as long.
    target_compile_options(${target} PRIVATE -O2 -fno-sanitize-address-use-after-scope)
  endif()
  target_link_libraries(${target} PRIVATE project_options)
endfunction()

# Sets `definitions` to QUARTERTURN_ISA_<NAME>=1 for every instruction set given.
function(quarterturn_isa_definitions definitions)
  set(list)
  foreach(isa IN LISTS ARGN)
    string(TOUPPER ${isa} upper)
    list(APPEND list QUARTERTURN_ISA_${upper}=1)
  endforeach()
  set(${definitions} ${list} PARENT_SCOPE)
endfunction()
