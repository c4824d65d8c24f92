# src/models/kernels.cpp, once per instruction set. Only this file gets wide flags. Inline functions and templates that it
# shares with the rest of the program (the standard library's, core/, data/) are emitted here too, compiled with those
# flags, and a linker keeps one copy of each: the one it meets first. So in a native build all symbols of a kernel object
# but its kernels() are made local before the linker sees it, whatever the link order (quarterturn_localised_kernels).
# An engine in WebAssembly holds one instruction set, which the browser either runs as a whole or refuses.
set(kernel_source ${PROJECT_SOURCE_DIR}/src/models/kernels.cpp)

# quarterturn_kernels(TARGET NAME FLAGS...): an object library with the kernels of one instruction set.
function(quarterturn_kernels target isa)
  add_library(${target} OBJECT ${kernel_source})
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O3> ${ARGN} ${quarterturn_coverage})
  target_compile_definitions(${target} PRIVATE QUARTERTURN_ISA=${isa} QUARTERTURN_ISA_NAME="${isa}")
  if(QUARTERTURN_SANITIZE)
    # At -O1 a sanitized training step takes minutes of every test run; and where GCC watches scopes, it keeps a tile's
    # accumulators in memory instead of registers, which makes steps twice and compiling eight times as long.
    target_compile_options(${target} PRIVATE -O2 -fno-sanitize-address-use-after-scope)
  endif()
  target_link_libraries(${target} PRIVATE project_options)
endfunction()

# quarterturn_localised_kernels(OUTPUT ISA): compiles the kernels of ISA (target kernels-ISA) and sets OUTPUT to an object
# file whose only global symbol is quarterturn::ISA::kernels(). A relocatable link dissolves the COMDAT groups, which a
# linker merges by name even where their symbols are local; objcopy then makes the symbols local. AddressSanitizer's mark,
# by which the objects of a program register their globals once, stays common to all.
function(quarterturn_localised_kernels output isa)
  quarterturn_kernels(kernels-${isa} ${isa} ${ARGN})
  string(LENGTH ${isa} length)
  set(entry _ZN11quarterturn${length}${isa}7kernelsEv)
  set(object ${CMAKE_BINARY_DIR}/kernels/${isa}${CMAKE_CXX_OUTPUT_EXTENSION})
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/kernels)
  add_custom_command(OUTPUT ${object} DEPENDS kernels-${isa} $<TARGET_OBJECTS:kernels-${isa}> VERBATIM
    COMMAND ${QUARTERTURN_LINKER} -r --force-group-allocation $<TARGET_OBJECTS:kernels-${isa}> -o ${object}
    COMMAND ${CMAKE_OBJCOPY} --keep-global-symbol=${entry}
      --keep-global-symbol=___asan_globals_registered ${object}
    COMMENT "Localising the symbols of the ${isa} kernels")
  set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
  set(${output} ${object} PARENT_SCOPE)
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
