# The four engines {threads, single} x {relaxed, simd}. Only the kernels and src/models, which knows the instruction sets
# compiled in, differ between relaxed and simd; the rest is compiled once with and once without threads.
file(GLOB binding_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/bindings/*.cpp)

add_library(wasm_options INTERFACE)
# Static constructors are not run (src/bindings/bindings.cpp, engine_begin).
target_compile_options(wasm_options INTERFACE -msimd128 -fno-exceptions -fno-rtti -Wglobal-constructors)
target_link_libraries(wasm_options INTERFACE project_options)

set(simd_flags_simd)
set(simd_flags_relaxed -mrelaxed-simd)
set(binaryen_relaxed relaxed-simd)
# Unrolled as far as -O3 does, kernels are twice as large. With relaxed SIMD they are 3% slower, too, since V8 then keeps
# less in registers; without it they are 4% faster.
set(unroll_relaxed -O2 "SHELL:-mllvm -unroll-threshold=100")
set(unroll_simd)
set(binaryen_threads threads)
set(isa_simd wasm_simd)
set(isa_relaxed wasm_relaxed)

execute_process(COMMAND ${QUARTERTURN_EMSCRIPTEN_ROOT}/em-config BINARYEN_ROOT
  OUTPUT_VARIABLE binaryen_root OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

# Emscripten's own script is left aside: src/bindings/engine.mjs takes its place. So what that script would need of the
# module is taken out of it (wasm-metadce) once it is linked, and -O2 keeps the names by which the two know each other.
set(engine_script ${PROJECT_SOURCE_DIR}/src/bindings/engine.mjs)
set(engine_exports engine_begin engine_methods engine_new engine_call engine_delete)
set(exports_threads _emscripten_stack_restore thread_room thread_main)
set(exports_single memory)
set(engine_link_options
  -O2 --profiling-funcs --no-entry -fno-exceptions -fno-rtti -msimd128 -mbulk-memory
  # The calls of value.hpp and thread.hpp, which engine.mjs answers.
  -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0
  -sSTRICT=1 -sENVIRONMENT=worker,node
  -sINITIAL_MEMORY=67108864 -sALLOW_MEMORY_GROWTH=0 -sSTACK_SIZE=262144
  # A failed allocation is an answer (null), not the end of the module.
  -sMALLOC=emmalloc -sABORTING_MALLOC=0 -sFILESYSTEM=0
  # Binaryen would inline a function with one caller even where it is marked noinline, and V8 then spills the kernels'
  # accumulators.
  -sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=1)

# Generating digits is most of what a visitor waits for before the first training step.
set_source_files_properties(${PROJECT_SOURCE_DIR}/src/data/digits.cpp PROPERTIES COMPILE_OPTIONS "-O2;-mllvm;-unroll-threshold=100")

foreach(threading IN ITEMS threads single)
  set(thread_flags)
  if(threading STREQUAL "threads")
    set(thread_flags -pthread)
  endif()
  set(reaches ${engine_exports} ${exports_${threading}})
  set(nodes)
  foreach(name IN LISTS reaches)
    string(APPEND nodes ",{\"name\":\"${name}\",\"export\":\"${name}\"}")
  endforeach()
  list(JOIN reaches "\",\"" reaches)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/reached-${threading}.json
    CONTENT "[{\"name\":\"engine.mjs\",\"root\":true,\"reaches\":[\"${reaches}\"]}${nodes}]")
  if(engine_sources OR binding_sources)
    add_library(engine-${threading} OBJECT ${engine_sources} ${binding_sources})
    # All hot loops are in the kernels; the rest is better small, since every visitor downloads it. The kernels stay out
    # of link-time optimisation, which does not know their flags.
    target_compile_options(engine-${threading} PRIVATE -Oz -flto ${thread_flags})
    target_link_libraries(engine-${threading} PRIVATE wasm_options)
  endif()
  foreach(simd IN ITEMS relaxed simd)
    set(name quarterturn-${threading}-${simd})
    if(NOT EXISTS ${kernel_source} OR NOT binding_sources)
      continue()
    endif()
    # Without loop strength reduction the loops keep one bumped pointer, which V8 compiles best.
    quarterturn_kernels(kernels-${threading}-${simd} ${isa_${simd}} ${thread_flags} ${simd_flags_${simd}}
                        ${unroll_${simd}} "SHELL:-mllvm -disable-lsr")
    target_link_libraries(kernels-${threading}-${simd} PRIVATE wasm_options)
    quarterturn_isa_definitions(isa_definitions ${isa_${simd}})
    add_executable(${name} ${model_sources} $<TARGET_OBJECTS:engine-${threading}> $<TARGET_OBJECTS:kernels-${threading}-${simd}>)
    target_compile_options(${name} PRIVATE -Oz -flto ${thread_flags})
    target_compile_definitions(${name} PRIVATE ${isa_definitions})
    target_link_libraries(${name} PRIVATE wasm_options)
    target_link_options(${name} PRIVATE ${engine_link_options} ${thread_flags} ${simd_flags_${simd}})
    set_target_properties(${name} PROPERTIES SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/linked
                          LINK_DEPENDS ${engine_script})
    # Functions of one class or template beside each other compress best: 4% of what a visitor downloads. Their names are
    # linked in for this alone.
    set(wasm_features simd bulk-memory mutable-globals nontrapping-float-to-int sign-ext multivalue reference-types
      ${binaryen_${threading}} ${binaryen_${simd}})
    list(TRANSFORM wasm_features PREPEND --enable-)
    set(linked ${CMAKE_BINARY_DIR}/linked/${name})
    set(engine ${CMAKE_BINARY_DIR}/engine/${name})
    add_custom_command(TARGET ${name} POST_BUILD VERBATIM
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/engine
      COMMAND ${binaryen_root}/bin/wasm-metadce ${wasm_features} -g --graph-file ${CMAKE_BINARY_DIR}/reached-${threading}.json
        ${linked}.wasm -o ${linked}.reached.wasm > ${linked}.unreached.txt
      COMMAND ${binaryen_root}/bin/wasm-opt ${wasm_features} -O3 --one-caller-inline-max-function-size=1
        --reorder-functions-by-name --strip-debug --strip-producers ${linked}.reached.wasm -o ${engine}.wasm
      COMMAND ${CMAKE_COMMAND} -E copy ${engine_script} ${engine}.mjs)
  endforeach()
endforeach()
