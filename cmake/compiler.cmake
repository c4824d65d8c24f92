set(QUARTERTURN_TESTS OFF CACHE BOOL "Build the tests too, with GoogleTest")
set(QUARTERTURN_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
set(QUARTERTURN_FUZZ OFF CACHE BOOL "Build the fuzz targets too, with libFuzzer (clang)")
set(QUARTERTURN_ENGINE_ONLY OFF CACHE BOOL "Neither files (zlib, libpng) nor the command line, nor tests that need them")
set(QUARTERTURN_BASELINE OFF CACHE BOOL "Build the kernels of the baseline instruction set only")
set(QUARTERTURN_ISAS "" CACHE STRING "Build the kernels of these instruction sets only, of those that the processor's kind has")
set(QUARTERTURN_UNITY OFF CACHE BOOL "Compile the files of a room together: for test builds, which start from nothing")
set(QUARTERTURN_WERROR ON CACHE BOOL "Warnings are errors")

# What every file of this project is compiled with.
add_library(project_options INTERFACE)
target_compile_options(project_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${QUARTERTURN_WERROR}>:-Werror>
  # Only the simd seam decides where multiply and add fuse: results must not depend on the optimiser.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(project_options INTERFACE -Wno-restrict)  # GCC bug 105651: warns of std::string's own operator+
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  target_compile_options(project_options INTERFACE -Wno-psabi)  # notes that GCC 10.1 changed how std::pair is passed
endif()
target_compile_definitions(project_options INTERFACE QUARTERTURN_VERSION="${PROJECT_VERSION}")
target_include_directories(project_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(project_options INTERFACE third_party)

if(QUARTERTURN_SANITIZE)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
  add_compile_options(-fsanitize=${QUARTERTURN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_definitions(QUARTERTURN_SANITIZERS="${QUARTERTURN_SANITIZE}")  # GCC and Clang tell of them in different ways
  add_link_options(-fsanitize=${QUARTERTURN_SANITIZE} -fno-sanitize-recover=all)
endif()

# In debug builds, and wherever a sanitizer runs, the standard library checks its preconditions and so does this project
# (assert; NDEBUG is not set there).
if(QUARTERTURN_SANITIZE)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
else()
  add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
endif()

# What libFuzzer counts, for all that a fuzz target runs; the test programs have no use for it.
if(QUARTERTURN_FUZZ)
  set(quarterturn_coverage -fsanitize=fuzzer-no-link)
endif()

# quarterturn_unity(TARGET): compiles together what a folder of src/ holds, and tests whose names begin alike. Half the
# time of a sanitized build is reading the same headers and making the same templates again. A build without it shows
# what a file forgets to include.
function(quarterturn_unity target)
  if(NOT QUARTERTURN_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_filename_component(folder ${source} DIRECTORY)
    get_filename_component(group ${folder} NAME)
    if(group STREQUAL "parallel")
      continue()  # thread-tests has its own worker_team.cpp, so the library's is left out as an object of its own
    endif()
    if(group STREQUAL "native-tests")
      get_filename_component(group ${source} NAME_WE)
      string(REGEX REPLACE "_.*" "" group ${group})
    endif()
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()

# Files in which nothing is hot, and whose libraries are slow to optimise.
set(quarterturn_cold_flags -O1)
if(QUARTERTURN_SANITIZE)
  set(quarterturn_cold_flags -O0)
endif()
