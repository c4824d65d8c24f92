// Emscripten's linker asks for these with every program that has threads, and they would bring in pthreads with all
// their proxying, which the engine does without (parallel/thread.hpp). Nobody calls them: engine.mjs stands where the
// script would be that does.

#ifdef __wasm_atomics__

extern "C" {

void _emscripten_check_mailbox() {}
void _emscripten_run_on_main_thread_js() {}
void _emscripten_thread_exit() {}
void _emscripten_thread_free_data() {}
void _emscripten_thread_init() {}
void emscripten_main_runtime_thread_id() {}
void emscripten_main_thread_process_queued_calls() {}
}

#endif
