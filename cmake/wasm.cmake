# The four engines {threads, single} x {relaxed, simd}. Only the kernels and src/models, which knows the instruction sets
# compiled in, differ between relaxed and simd; the rest is compiled once with and once without threads.
#
# An engine is what Emscripten links: an ES6 module that is a factory of instances, and the code beside it. Its settings
# (https://emscripten.org/docs/tools_reference/settings_reference.html) stand below; nothing of it is replaced.
# TRUSTED_TYPES is not among them: it would make a policy of its own name at every start, which the page's
# Content-Security-Policy does not know; the page's default policy (web/src/trusted.js) answers for the threads' workers.
# Nor are Wasm Workers: set-up's Emscripten has none of their libraries, and they cannot be joined.
file(GLOB binding_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/bindings/*.cpp)
set(QUARTERTURN_WASM_CHECKS OFF CACHE BOOL "Engines for debugging: assertions, checked memory accesses and stacks")

add_library(wasm_options INTERFACE)
# Every browser with SIMD has the other instructions too.
target_compile_options(wasm_options INTERFACE
  -msimd128 -mbulk-memory -mnontrapping-fptoint -fno-exceptions -fno-rtti)
# Embind without run-time type information.
target_compile_definitions(wasm_options INTERFACE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
target_link_libraries(wasm_options INTERFACE project_options)

set(simd_flags_simd)
set(simd_flags_relaxed -mrelaxed-simd)
set(binaryen_relaxed relaxed-simd)
# Unrolled as far as -O3 does, kernels are twice as large and no faster. Without relaxed SIMD the rest of -O3 is worth 3%.
set(unroll_relaxed -O2 "SHELL:-mllvm -unroll-threshold=100")
set(unroll_simd "SHELL:-mllvm -unroll-threshold=100")
set(binaryen_threads threads)
set(isa_simd wasm_simd)
set(isa_relaxed wasm_relaxed)

execute_process(COMMAND ${QUARTERTURN_EMSCRIPTEN_ROOT}/em-config BINARYEN_ROOT
  OUTPUT_VARIABLE binaryen_root OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

set(engine_link_options
  --no-entry -lembind -fno-exceptions -fno-rtti -msimd128 -mbulk-memory -mnontrapping-fptoint
  # Without `web` Emscripten 3.1.69 imports Node's modules at the top of the file, which no browser can load.
  -sSTRICT=1 -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=web,worker,node
  # The page compiles the code while the script is on its way, and hears what a thread's worker says before it fails.
  -sINCOMING_MODULE_JS_API=instantiateWasm,printErr
  # No eval, which a strict Content-Security-Policy forbids.
  -sDYNAMIC_EXECUTION=0
  # Every host has a TextDecoder and BigInt: browsers with SIMD and Node.
  -sTEXTDECODER=2 -sWASM_BIGINT=1
  -sINITIAL_MEMORY=67108864 -sALLOW_MEMORY_GROWTH=0 -sSTACK_SIZE=262144 -sFILESYSTEM=0
  # A failed allocation is an answer (null), not the end of the module. dlmalloc is 2.2 KB larger and its free memory was
  # in pieces after a few runs beside 70,000 images; mimalloc is 21 KB larger and does not hold so many images.
  -sMALLOC=emmalloc -sABORTING_MALLOC=0)
# Every worker of the pool is up before the module is ready, since a worker that is started later waits for the event
# loop, which the engine blocks. The caller is one of the team, so the pool is one smaller. The option is src/parallel's
# kMaxThreads at most.
set(thread_link_options
  -pthread "-sPTHREAD_POOL_SIZE=Math.min(31,Math.max(0,(Module[\"threads\"]||1)-1))" -sPTHREAD_POOL_SIZE_STRICT=2
  -sDEFAULT_PTHREAD_STACK_SIZE=131072)

if(QUARTERTURN_WASM_CHECKS)
  # Of the sanitizers only this one needs no library that set-up's Emscripten lacks: what is undefined ends in a trap.
  target_compile_options(wasm_options INTERFACE -fsanitize=undefined -fno-sanitize=vptr,function -fsanitize-trap=undefined)
  set(cold_flags -O1)
  list(APPEND engine_link_options -O1 --profiling-funcs -sASSERTIONS=2 -sSAFE_HEAP=1 -sSTACK_OVERFLOW_CHECK=2)
else()
  set(cold_flags -Oz -flto)
  # Binaryen would inline a function with one caller even where it is marked noinline, and V8 then spills the kernels'
  # accumulators.
  # Functions are ordered by their mangled names, which begin with the class and not with the type of the result.
  list(APPEND engine_link_options -O3 --profiling-funcs -Wl,--no-demangle
    -sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=1)
  # Generating digits is most of what a visitor waits for before the first training step.
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/data/digits.cpp
    PROPERTIES COMPILE_OPTIONS "-O2;-mllvm;-unroll-threshold=100")
  # The principal components of some hundred points keep the trainer waiting; a linear probe's loops are here, too.
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/analysis/linear_algebra.cpp
    PROPERTIES COMPILE_OPTIONS "-O2;-fno-unroll-loops")
endif()

foreach(threading IN ITEMS threads single)
  set(thread_flags)
  set(thread_links)
  if(threading STREQUAL "threads")
    set(thread_flags -pthread)
    set(thread_links ${thread_link_options})
  endif()
  if(engine_sources OR binding_sources)
    add_library(engine-${threading} OBJECT ${engine_sources})
    # All hot loops are in the kernels; the rest is better small, since every visitor downloads it. The kernels stay out
    # of link-time optimisation, which does not know their flags.
    target_compile_options(engine-${threading} PRIVATE ${cold_flags} ${thread_flags})
    target_link_libraries(engine-${threading} PRIVATE wasm_options)
    quarterturn_unity(engine-${threading})
    add_library(bindings-${threading} OBJECT ${binding_sources})
    target_compile_options(bindings-${threading} PRIVATE ${cold_flags} ${thread_flags})
    target_link_libraries(bindings-${threading} PRIVATE wasm_options)
  endif()
  foreach(simd IN ITEMS relaxed simd)
    set(name quarterturn-${threading}-${simd})
    if(NOT EXISTS ${kernel_source} OR NOT binding_sources OR (QUARTERTURN_WASM_CHECKS AND simd STREQUAL "relaxed"))
      continue()
    endif()
    # Without loop strength reduction the loops keep one bumped pointer, which V8 compiles best.
    quarterturn_kernels(kernels-${threading}-${simd} ${isa_${simd}} ${thread_flags} ${simd_flags_${simd}}
                        ${unroll_${simd}} "SHELL:-mllvm -disable-lsr")
    target_link_libraries(kernels-${threading}-${simd} PRIVATE wasm_options)
    quarterturn_isa_definitions(isa_definitions ${isa_${simd}})
    add_executable(${name} ${model_sources} $<TARGET_OBJECTS:engine-${threading}>
      $<TARGET_OBJECTS:bindings-${threading}> $<TARGET_OBJECTS:kernels-${threading}-${simd}>)
    target_compile_options(${name} PRIVATE ${cold_flags} ${thread_flags})
    target_compile_definitions(${name} PRIVATE ${isa_definitions})
    target_link_libraries(${name} PRIVATE wasm_options)
    target_link_options(${name} PRIVATE ${engine_link_options} ${thread_links} ${simd_flags_${simd}})
    set_target_properties(${name} PROPERTIES SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/engine)
    if(QUARTERTURN_WASM_CHECKS)
      continue()
    endif()
    # Functions of one class or template beside each other compress best: 4% of what a visitor downloads. Their names are
    # linked in for this alone. A second round of the optimiser finds another 0.5%.
    set(wasm_features simd bulk-memory mutable-globals nontrapping-float-to-int sign-ext multivalue reference-types
      ${binaryen_${threading}} ${binaryen_${simd}})
    list(TRANSFORM wasm_features PREPEND --enable-)
    add_custom_command(TARGET ${name} POST_BUILD VERBATIM COMMAND ${binaryen_root}/bin/wasm-opt ${wasm_features}
      -O3 --one-caller-inline-max-function-size=1 --reorder-functions-by-name --strip-debug --strip-producers
      ${CMAKE_BINARY_DIR}/engine/${name}.wasm -o ${CMAKE_BINARY_DIR}/engine/${name}.wasm)
  endforeach()
endforeach()

# The TypeScript of the bindings, which is the same for all four. Only this program has the text of the types in it, and
# nothing else is made of it. emcc looks for tsc on PATH.
if(EXISTS ${PROJECT_SOURCE_DIR}/node_modules/.bin/tsc AND EXISTS ${kernel_source} AND binding_sources)
  add_executable(engine-types ${model_sources} ${binding_sources} $<TARGET_OBJECTS:engine-single>
    $<TARGET_OBJECTS:kernels-single-simd>)
  target_compile_options(engine-types PRIVATE ${cold_flags})
  quarterturn_isa_definitions(isa_definitions ${isa_simd})
  target_compile_definitions(engine-types PRIVATE ${isa_definitions} QUARTERTURN_TYPES)
  target_link_libraries(engine-types PRIVATE wasm_options)
  target_link_options(engine-types PRIVATE ${engine_link_options} "SHELL:--emit-tsd ${CMAKE_BINARY_DIR}/engine.d.ts")
  set_target_properties(engine-types PROPERTIES SUFFIX .mjs RULE_LAUNCH_LINK
    "${CMAKE_COMMAND} -E env --modify PATH=path_list_prepend:${PROJECT_SOURCE_DIR}/node_modules/.bin --")
endif()
