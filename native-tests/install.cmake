# cmake -D BUILD=build/native -D PREFIX=... -P install.cmake
#
# What `cmake --install` puts into a folder is a program that runs, with its licence and those of what is linked in.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${PREFIX}/bin/quarterturn --version OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
if(NOT version MATCHES "^quarterturn [0-9]+\\.[0-9]+")
  message(FATAL_ERROR "the installed program says '${version}'")
endif()
file(READ ${PREFIX}/share/doc/quarterturn/LICENSE licence)
if(NOT licence MATCHES "Quarterturn contributors")
  message(FATAL_ERROR "the installed licence is not this project's")
endif()
file(REMOVE_RECURSE ${PREFIX})
