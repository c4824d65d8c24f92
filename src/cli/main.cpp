// The `quarterturn` program: the experiment on the command line.
#include <exception>
#include <new>

#include "cli/console.hpp"
#include "cli/interrupt.hpp"
#include "cli/options.hpp"
#include "cli/program.hpp"
#include "core/native/message_text.hpp"

namespace {

using quarterturn::cli::complain;
using quarterturn::cli::kExitFailure;
using quarterturn::cli::kExitUsage;

int run(int argc, char** argv) {
  const auto request = quarterturn::cli::parse_command_line({argv + (argc > 0 ? 1 : 0), argv + argc});
  if (!request.ok()) return complain(message_text(request.error()), kExitUsage);
  if (request.value().execute) return request.value().execute();
  return quarterturn::cli::print_standard_output(request.value().text);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    quarterturn::cli::prepare_process();
    return quarterturn::cli::end_process(run(argc, argv));
  } catch (const std::bad_alloc&) {
    return complain("out of memory", kExitFailure);
  } catch (const std::exception& error) {
    return complain(error.what(), kExitFailure);
  }
}
