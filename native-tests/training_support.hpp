// Small experiments for the training tests.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "core/native/message_text.hpp"
#include "data/digits.hpp"
#include "training/experiment.hpp"

namespace quarterturn::testing {

/// Generated digits, made once: 80 for the pretext task, 8 labelled (6 for training, 2 for validation), 12 for the
/// test.
inline const DataSource& small_data() {
  static const DataSource data = generated_source(7, 88, 12);
  return data;
}

inline std::unique_ptr<Compute> make_compute(unsigned threads = 1) {
  ComputeOptions options;
  options.threads = threads;
  auto compute = Compute::create(options);
  EXPECT_TRUE(compute.ok());
  return std::move(compute).value();
}

/// A few epochs of every run; odd batch sizes, so that each epoch ends in a short batch.
inline ExperimentSettings small_settings() {
  ExperimentSettings settings;
  settings.seed = 3;
  settings[Run::pretext] = {76, 2, 0.001F, false, 0.0F, 0};
  settings[Run::self_supervised] = {4, 4, 0.01F, true, 0.2F, 2};
  settings[Run::random] = {5, 3, 0.01F, true, 0.2F, 7};
  settings[Run::supervised] = {4, 2, 0.01F, true, 0.2F, 7};
  return settings;
}

inline std::unique_ptr<Experiment> make_experiment(Compute& compute,
                                                   const ExperimentSettings& settings = small_settings(),
                                                   const DataSource& data = small_data()) {
  auto experiment = Experiment::create(compute, data, settings);
  EXPECT_TRUE(experiment.ok()) << (experiment.ok() ? "" : message_text(experiment.error()));
  return std::move(experiment).value();
}

/// Runs to the end with advance(budget) and gives the signature.
inline std::string run_to_end(Experiment& experiment, double budget = 1e9) {
  while (experiment.advance(budget).more) {
  }
  return experiment.signature();
}

}  // namespace quarterturn::testing
