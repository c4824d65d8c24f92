# Header-only libraries, the same for native and WebAssembly builds: from the folder that scripts/setup makes, else from
# the system. They are linked into one folder of the build tree, since a system include folder as a whole must never
# reach a cross compiler.
set(QUARTERTURN_DEPS ${PROJECT_SOURCE_DIR}/.toolchain/deps CACHE PATH "Prefix searched first for header-only libraries")
set(header_folder ${CMAKE_BINARY_DIR}/third_party)
file(MAKE_DIRECTORY ${header_folder})

function(quarterturn_headers folder probe package)
  string(MAKE_C_IDENTIFIER QUARTERTURN_${folder}_PARENT variable)
  find_path(${variable} ${folder}/${probe}
    PATHS ${QUARTERTURN_DEPS}/usr/include ${QUARTERTURN_DEPS}/usr/include/eigen3
          /usr/local/include /usr/local/include/eigen3 /usr/include /usr/include/eigen3
          /opt/homebrew/include /opt/homebrew/include/eigen3
    NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  if(NOT ${variable})
    message(FATAL_ERROR "${folder}/${probe} was not found: run `npm run setup`, or install the package ${package}, "
      "or point QUARTERTURN_DEPS at a prefix that has it")
  endif()
  file(CREATE_LINK ${${variable}}/${folder} ${header_folder}/${folder} SYMBOLIC)
endfunction()

quarterturn_headers(xsimd xsimd.hpp libxsimd-dev)
quarterturn_headers(Eigen Dense libeigen3-dev)
if(NOT EMSCRIPTEN)
  quarterturn_headers(nlohmann json.hpp nlohmann-json3-dev)
  quarterturn_headers(CLI CLI.hpp libcli11-dev)
endif()

file(STRINGS ${header_folder}/xsimd/config/xsimd_config.hpp xsimd_version REGEX "define XSIMD_VERSION_(MAJOR|MINOR) ")
string(REGEX REPLACE "[^0-9]*([0-9]+);[^0-9]*([0-9]+).*" "\\1.\\2" xsimd_version "${xsimd_version}")
if(xsimd_version VERSION_LESS 11.2)
  message(FATAL_ERROR "xsimd ${xsimd_version} is too old, 11.2 is needed: run `npm run setup`, or point QUARTERTURN_DEPS at a newer one")
endif()

add_library(third_party INTERFACE)
target_include_directories(third_party SYSTEM INTERFACE ${header_folder})
target_compile_definitions(third_party INTERFACE
  EIGEN_MPL2_ONLY         # nothing under another licence
  EIGEN_DONT_PARALLELIZE  # Eigen starts no threads and has no part in the worker team's
  # Eigen cuts products into blocks that fit the caches, and the order of a sum follows from the blocks. Without cpuid it
  # takes the same sizes on every machine.
  EIGEN_NO_CPUID
  # The stack of an engine in WebAssembly has 256 KiB, and a product would put two blocks of up to 128 KiB there.
  EIGEN_STACK_ALLOCATION_LIMIT=16384)
