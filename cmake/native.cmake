find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)

# ---- the engine ----------------------------------------------------------------------------------------------------
set(isa_flags_sse2)
set(isa_flags_avx2_unfused -mavx2)
set(isa_flags_avx2 -mavx2 -mfma)
set(isa_flags_avx512 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mavx512cd -mavx2 -mfma)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC bug 105593: its own AVX-512 header warns of itself.
  list(APPEND isa_flags_avx512 -Wno-maybe-uninitialized -Wno-uninitialized)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(isas sse2 avx2_unfused avx2 avx512)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
  set(isas neon64)
else()
  set(isas scalar)
endif()
if(QUARTERTURN_BASELINE)
  list(GET isas 0 isas)
endif()

file(GLOB file_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/data/native/*.cpp)
set(kernel_objects)
if(EXISTS ${kernel_source})
  foreach(isa IN LISTS isas)
    quarterturn_kernels(kernels-${isa} ${isa} ${isa_flags_${isa}})
    list(APPEND kernel_objects $<TARGET_OBJECTS:kernels-${isa}>)
  endforeach()
endif()
quarterturn_isa_definitions(isa_definitions ${isas})

if(NOT model_sources AND NOT engine_sources)
  message(WARNING "no engine sources: nothing to build")
  return()
endif()
add_library(quarterturn STATIC ${model_sources} ${engine_sources} ${file_sources} ${kernel_objects})
set_target_properties(quarterturn PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME quarterturn-engine)
target_compile_definitions(quarterturn PUBLIC ${isa_definitions})
target_link_libraries(quarterturn PUBLIC project_options Threads::Threads PRIVATE ZLIB::ZLIB PNG::PNG)

# ---- the command line ----------------------------------------------------------------------------------------------
file(GLOB cli_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/cli/*.cpp)
list(REMOVE_ITEM cli_sources ${PROJECT_SOURCE_DIR}/src/cli/main.cpp)
add_library(command_line STATIC ${cli_sources})
target_compile_definitions(command_line PUBLIC CLI11_COMPILE)  # its functions stand in cli11.cpp alone
target_precompile_headers(command_line PRIVATE <CLI/CLI.hpp> <nlohmann/json.hpp> <algorithm> <string> <vector> <memory>)
target_compile_options(command_line PRIVATE ${quarterturn_cold_flags})
target_link_libraries(command_line PUBLIC quarterturn)
add_executable(quarterturn_cli ${PROJECT_SOURCE_DIR}/src/cli/main.cpp)
set_target_properties(quarterturn_cli PROPERTIES OUTPUT_NAME quarterturn)
target_compile_options(quarterturn_cli PRIVATE ${quarterturn_cold_flags})
target_link_libraries(quarterturn_cli PRIVATE command_line)

# ---- fuzz targets --------------------------------------------------------------------------------------------------
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/fuzz/*_fuzz.cpp)
add_library(fuzz_targets STATIC EXCLUDE_FROM_ALL ${fuzz_sources})
target_include_directories(fuzz_targets PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_options(fuzz_targets PRIVATE ${quarterturn_cold_flags})
target_link_libraries(fuzz_targets PUBLIC command_line PRIVATE ZLIB::ZLIB)
if(QUARTERTURN_FUZZ)
  add_custom_target(all-fuzz-targets)
  foreach(source IN LISTS fuzz_sources)
    get_filename_component(name ${source} NAME_WE)
    string(REPLACE _fuzz "" target ${name})
    add_executable(${name} ${PROJECT_SOURCE_DIR}/fuzz/libfuzzer.cpp)
    if(target STREQUAL picture)
      target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/fuzz/picture_mutator.cpp)
    endif()
    target_compile_definitions(${name} PRIVATE QUARTERTURN_FUZZ_TARGET="${target}")
    target_link_libraries(${name} PRIVATE fuzz_targets ZLIB::ZLIB)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    add_dependencies(all-fuzz-targets ${name})
  endforeach()
endif()

# ---- tests ---------------------------------------------------------------------------------------------------------
include(CTest)
if(NOT BUILD_TESTING)
  return()
endif()
find_package(GTest REQUIRED)
include(GoogleTest)

# The worker team with a function of the test's at every point where threads may overtake each other.
file(GLOB thread_test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/native-tests/threads/*.cpp)
add_executable(thread-tests ${thread_test_sources} ${PROJECT_SOURCE_DIR}/src/parallel/worker_team.cpp)
target_compile_definitions(thread-tests PRIVATE QUARTERTURN_SCHEDULE_HOOK)
target_link_libraries(thread-tests PRIVATE quarterturn GTest::gtest_main)
gtest_discover_tests(thread-tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
if(QUARTERTURN_SANITIZE STREQUAL "thread")
  # A team with races, by mistake of the test's: ThreadSanitizer must see them.
  add_executable(racy-team ${PROJECT_SOURCE_DIR}/native-tests/racy/racy_team.cpp)
  target_link_libraries(racy-team PRIVATE quarterturn)
  add_test(NAME ThreadSanitizer.ReportsATeamWithoutOrder COMMAND racy-team)
  set_tests_properties(ThreadSanitizer.ReportsATeamWithoutOrder PROPERTIES
    PASS_REGULAR_EXPRESSION "WARNING: ThreadSanitizer: data race" TIMEOUT 300)
  return()  # all else runs in one thread
endif()

# Every file of fuzz/corpus through its target, without libFuzzer.
add_executable(corpus-tests ${PROJECT_SOURCE_DIR}/fuzz/corpus_test.cpp)
target_compile_definitions(corpus-tests PRIVATE QUARTERTURN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(corpus-tests PRIVATE fuzz_targets GTest::gtest_main)
gtest_discover_tests(corpus-tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)

file(GLOB test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/native-tests/*.cpp
  ${PROJECT_SOURCE_DIR}/native-tests/reference/*.cpp)  # the double-precision twins
add_executable(native-tests ${test_sources})
target_compile_definitions(native-tests PRIVATE QUARTERTURN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  QUARTERTURN_CLI="$<TARGET_FILE:quarterturn_cli>")
target_compile_options(native-tests PRIVATE ${quarterturn_cold_flags})
target_include_directories(native-tests PRIVATE ${PROJECT_SOURCE_DIR}/native-tests)
target_precompile_headers(native-tests PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
target_link_libraries(native-tests PRIVATE quarterturn GTest::gmock GTest::gtest_main ZLIB::ZLIB PNG::PNG)
add_dependencies(native-tests quarterturn_cli)
gtest_discover_tests(native-tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
