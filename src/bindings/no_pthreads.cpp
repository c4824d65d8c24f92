// Emscripten's linker asks for these with every program that has threads, and they would bring in pthreads with all
// their proxying, which the engine does without (parallel/thread.hpp). Nobody calls them: engine.mjs stands where the
// script would be that does. Weak, so that an Emscripten that needs one of its own for something else takes that.

#ifdef __wasm_atomics__

extern "C" {

[[gnu::weak]] void _emscripten_check_mailbox() {}
[[gnu::weak]] double _emscripten_run_on_main_thread_js(int, void*, int, double*) { return 0; }
[[gnu::weak]] void _emscripten_thread_exit(void*) {}
[[gnu::weak]] void _emscripten_thread_free_data(void*) {}
[[gnu::weak]] void _emscripten_thread_init(void*, int, int, int, int, int) {}
[[gnu::weak]] void* emscripten_main_runtime_thread_id() { return nullptr; }
[[gnu::weak]] void emscripten_main_thread_process_queued_calls() {}
}

#endif
