#include "models/compute.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/join.hpp"
#include "models/compute_state.hpp"
#include "parallel/processors.hpp"

namespace quarterturn {

#define QUARTERTURN_DECLARE(isa) \
  namespace isa {                \
  const Kernels& kernels();      \
  }
#ifdef QUARTERTURN_ISA_AVX512
QUARTERTURN_DECLARE(avx512)
#endif
#ifdef QUARTERTURN_ISA_AVX2
QUARTERTURN_DECLARE(avx2)
#endif
#ifdef QUARTERTURN_ISA_AVX2_UNFUSED
QUARTERTURN_DECLARE(avx2_unfused)
#endif
#ifdef QUARTERTURN_ISA_SSE2
QUARTERTURN_DECLARE(sse2)
#endif
#ifdef QUARTERTURN_ISA_NEON64
QUARTERTURN_DECLARE(neon64)
#endif
#ifdef QUARTERTURN_ISA_WASM_RELAXED
QUARTERTURN_DECLARE(wasm_relaxed)
#endif
#ifdef QUARTERTURN_ISA_WASM_SIMD
QUARTERTURN_DECLARE(wasm_simd)
#endif
#undef QUARTERTURN_DECLARE

namespace {

/// Widest first, fused before unfused.
std::vector<const Kernels*> runnable_kernels() {
  std::vector<const Kernels*> list;
#ifdef QUARTERTURN_ISA_AVX512
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("fma")) {
    list.push_back(&avx512::kernels());
  }
#endif
#ifdef QUARTERTURN_ISA_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) list.push_back(&avx2::kernels());
#endif
#ifdef QUARTERTURN_ISA_AVX2_UNFUSED
  if (__builtin_cpu_supports("avx2")) list.push_back(&avx2_unfused::kernels());
#endif
#ifdef QUARTERTURN_ISA_SSE2
  list.push_back(&sse2::kernels());
#endif
#ifdef QUARTERTURN_ISA_NEON64
  list.push_back(&neon64::kernels());
#endif
#ifdef QUARTERTURN_ISA_WASM_RELAXED
  list.push_back(&wasm_relaxed::kernels());
#endif
#ifdef QUARTERTURN_ISA_WASM_SIMD
  list.push_back(&wasm_simd::kernels());
#endif
  return list;
}

}  // namespace

Result<const Kernels*> choose_kernels(std::span<const Kernels* const> runnable, std::string_view wanted) {
  if (runnable.empty()) {
    return Error{MessageCode::isa_none};
  }
#ifndef __wasm__  // it has no environment, and one instruction set
  if (wanted.empty()) {
    const char* forced = std::getenv("QUARTERTURN_ISA");
    if (forced != nullptr) wanted = forced;
  }
#endif
  if (wanted.empty()) return runnable.front();
  std::string have;
  for (const Kernels* kernels : runnable) {
    if (wanted == kernels->isa) return kernels;
    have += join({have.empty() ? "" : ", ", kernels->isa});
  }
  return Error{MessageCode::isa_unknown, {wanted, have}};
}

Compute::Compute(std::unique_ptr<State> state) : state_(std::move(state)) {}
Compute::~Compute() = default;

Result<std::unique_ptr<Compute>> Compute::create(const ComputeOptions& options) {
  unsigned threads = options.threads;
#ifdef __wasm__  // its threads were started with the module, and are given
  if (threads == 0) threads = 1;
#else
  if (threads == 0) threads = std::min(usable_processors(), kMaxThreads);
#endif
  if (threads > kMaxThreads) {
    return Error{MessageCode::threads_most, {threads, kMaxThreads}};
  }
  const auto kernels = choose_kernels(runnable_kernels(), options.isa);
  if (!kernels) return kernels.error();
  auto team = WorkerTeam::create(threads);
  if (!team) return team.error();

  auto state = std::make_unique<State>();
  state->kernels = kernels.value();
  state->team = std::move(team).value();
  state->work = AlignedBuffer<BlockWorkspace>(threads);
  state->prepared = AlignedBuffer<PreparedWeights>(threads <= State::kOwnPreparedThreads ? threads : 1);
  state->slabs = AlignedBuffer<float>(kMaxTasks * State::kSlab);
  state->gradient = AlignedBuffer<float>(State::kSlab);
  if (state->work.size() == 0 || state->prepared.size() == 0 || state->slabs.size() == 0 ||
      state->gradient.size() == 0) {
    return Error{MessageCode::no_memory_threads, {threads}};
  }
  return std::unique_ptr<Compute>(new Compute(std::move(state)));
}

std::vector<std::string_view> Compute::available_isas() {
  std::vector<std::string_view> names;
  for (const Kernels* kernels : runnable_kernels()) names.emplace_back(kernels->isa);
  return names;
}

unsigned Compute::threads() const { return state_->team->threads(); }
std::string_view Compute::isa() const { return state_->kernels->isa; }
unsigned Compute::lanes() const { return static_cast<unsigned>(state_->kernels->lanes); }
void Compute::run(int tasks, const std::function<void(int task)>& body) {
  state_->team->run(tasks, [&body](int task, int) { body(task); });
}
double Compute::spin_multiply_adds() {
  constexpr int kSpins = 16;  // some milliseconds: against them, waking the workers is nothing
  const auto workers = static_cast<int>(state_->team->threads());
  double operations = 0.0;  // of one worker: all do the same
  state_->team->run(workers, [&](int task, int worker) {
    float* scratch = state_->work[static_cast<std::size_t>(worker)].logits;
    double done = 0.0;
    for (int spin = 0; spin < kSpins; ++spin) done += state_->kernels->spin_multiply_adds(scratch);
    if (task == 0) operations = done;
  });
  return workers * operations;
}
bool Compute::fused() const { return state_->kernels->fuses(); }

}  // namespace quarterturn
