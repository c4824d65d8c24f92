# cmake -D NM=... -D LIBRARY=libquarterturn-engine.a -D ISAS="sse2;avx2" -P kernel_symbols.cmake
#
# Fails unless, in the static library, each instruction set has one member with its kernels(), and this is the only
# symbol of the member that a linker can see. Else the linker might take an inline function compiled for a wide
# instruction set for the whole program, which then ends with an illegal instruction on a machine without it.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${NM} --defined-only --extern-only ${LIBRARY}
  OUTPUT_VARIABLE listing ERROR_VARIABLE ignored COMMAND_ERROR_IS_FATAL ANY)
set(faults)
set(found)
# Members are separated by an empty line; each begins with its name and a colon.
string(REGEX REPLACE "\n\n" ";" members "${listing}")
foreach(member IN LISTS members)
  if(NOT member MATCHES "_ZN11quarterturn[0-9]+([a-z0-9_]+)7kernelsEv")
    continue()
  endif()
  set(isa ${CMAKE_MATCH_1})
  list(APPEND found ${isa})
  string(REGEX MATCHALL "[A-Za-z] [^ \n]+" symbols "${member}")
  list(FILTER symbols EXCLUDE REGEX "7kernelsEv$|^C ___asan_globals_registered$")  # see cmake/kernels.cmake
  foreach(symbol IN LISTS symbols)
    string(APPEND faults "\n${isa}: ${symbol}")
  endforeach()
endforeach()
list(SORT found)
list(SORT ISAS)
if(NOT found STREQUAL ISAS)
  string(APPEND faults "\n${LIBRARY} has kernels for '${found}', not for '${ISAS}'")
endif()
if(faults)
  message(FATAL_ERROR "a kernel object defines global symbols beside its kernels():${faults}")
endif()
