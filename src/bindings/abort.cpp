// The C++ library's own last words go through printf, some 10 KB of code, and never reach a visitor.

#include <cstdlib>
#include <version>

#ifdef _LIBCPP_VERSION
_LIBCPP_BEGIN_NAMESPACE_STD
void __libcpp_verbose_abort(const char* /*format*/, ...) { std::abort(); }
_LIBCPP_END_NAMESPACE_STD
#endif

extern "C" [[noreturn]] void abort_message(const char* /*format*/, ...) { std::abort(); }
