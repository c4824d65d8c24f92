# GoogleTest programs, run by ctest.
enable_testing()
include(GoogleTest)
if(CMAKE_CROSSCOMPILING)
  # Debian has GoogleTest built for this machine alone, and its sources.
  set(QUARTERTURN_GOOGLETEST /usr/src/googletest CACHE PATH "Sources of GoogleTest, for cross builds")
  set(INSTALL_GTEST OFF)
  add_compile_definitions(QUARTERTURN_EMULATED)
  add_subdirectory(${QUARTERTURN_GOOGLETEST}/googletest ${CMAKE_BINARY_DIR}/googletest EXCLUDE_FROM_ALL SYSTEM)
else()
  find_package(GTest REQUIRED)
endif()

if(localise)
  add_test(NAME Kernels.OnlyTheirTablesAreGlobal COMMAND ${CMAKE_COMMAND} -D NM=${CMAKE_NM}
    -D LIBRARY=$<TARGET_FILE:quarterturn> -D "ISAS=${isas}" -P ${PROJECT_SOURCE_DIR}/native-tests/kernel_symbols.cmake)
endif()

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

# The double-precision twins.
file(GLOB reference_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/native-tests/reference/*.cpp)
add_library(reference STATIC ${reference_sources})
target_include_directories(reference PUBLIC ${PROJECT_SOURCE_DIR}/native-tests)
# Its loops are most of what the tests of the kernels and those against Keras take.
target_compile_options(reference PRIVATE $<IF:$<CONFIG:Release>,-O3,-O2>)
target_link_libraries(reference PUBLIC project_options)
quarterturn_unity(reference)

if(QUARTERTURN_ENGINE_ONLY)
  add_executable(engine-tests ${PROJECT_SOURCE_DIR}/native-tests/kernels_test.cpp
    ${PROJECT_SOURCE_DIR}/native-tests/family_signature_test.cpp)
  quarterturn_unity(engine-tests)
  target_link_libraries(engine-tests PRIVATE quarterturn reference GTest::gtest_main)
  gtest_discover_tests(engine-tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
  return()
endif()

add_test(NAME Install.GivesAProgramThatRunsAndItsLicences COMMAND ${CMAKE_COMMAND} -D BUILD=${CMAKE_BINARY_DIR}
  -D PREFIX=${CMAKE_BINARY_DIR}/installed -P ${PROJECT_SOURCE_DIR}/native-tests/install.cmake)

# corpus_test.cpp: every file of fuzz/corpus through its target, without libFuzzer.
file(GLOB test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/native-tests/*.cpp)
add_executable(native-tests ${test_sources} ${PROJECT_SOURCE_DIR}/fuzz/corpus_test.cpp)
target_compile_definitions(native-tests PRIVATE QUARTERTURN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  QUARTERTURN_CLI="$<TARGET_FILE:quarterturn_cli>")
target_compile_options(native-tests PRIVATE ${quarterturn_cold_flags})
target_precompile_headers(native-tests PRIVATE <gmock/gmock.h> <gtest/gtest.h> <nlohmann/json.hpp> <algorithm> <array> <cmath>
  <filesystem> <fstream> <functional> <map> <memory> <span> <string> <vector>)
quarterturn_unity(native-tests)
target_link_libraries(native-tests PRIVATE quarterturn reference fuzz_targets GTest::gmock GTest::gtest_main ZLIB::ZLIB PNG::PNG)
add_dependencies(native-tests quarterturn_cli)
gtest_discover_tests(native-tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
