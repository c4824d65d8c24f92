#!/usr/bin/env python3
"""Finds weight seeds whose golden runs do not multiply rounding noise. Only Keras is asked, never the engine.

    choose_seeds.py --images IMAGES.idx --labels LABELS.idx --biases zero|spread [--runs RUN...] [--seeds SEED...]

For every seed of every network: how far Keras in float32 lies from Keras in float32 begun with perturbed weights
(make_golden.perturbed), over both presets. The tables SEEDS and ADAM_SEEDS of make_golden.py hold the choice; the self-supervised arm
goes by the RotNet of that table.
"""

import argparse
import json

import keras
import make_golden as golden
import numpy as np
import tensorflow as tf


class Trainer:
    """A compiled model that can begin again, which saves tracing it for every seed."""

    def __init__(self, model, optimizer, x, y):
        model.compile(optimizer=optimizer, loss="categorical_crossentropy")
        model.train_on_batch(x[:1], y[:1])
        self.model = model
        variables = [v for v in model.optimizer.variables if v is not model.optimizer._learning_rate]
        self.fresh = [(v, np.zeros(v.shape)) for v in variables]

    def losses(self, x, y, batch, epochs, weights):
        golden.load(self.model, weights)
        for variable, value in self.fresh:
            variable.assign(value)
        for _ in range(epochs):
            for first in range(0, len(x), batch):
                rows = slice(first, first + batch)
                self.model.reset_metrics()
                yield float(self.model.train_on_batch(x[rows], y[rows]))


class HeadTrainer:
    """The frozen arms need no Keras once the features are there."""

    def losses(self, x, y, batch, epochs, weights):
        kernel, bias = weights["head.kernel"].copy(), weights["head.bias"].copy()
        speed = [np.zeros_like(kernel), np.zeros_like(bias)]
        for _ in range(epochs):
            for first in range(0, len(x), batch):
                features, target = x[first : first + batch], y[first : first + batch]
                logits = features @ kernel + bias
                logits -= logits.max(axis=1, keepdims=True)
                exponentials = np.exp(logits)
                total = exponentials.sum(axis=1, keepdims=True)
                yield float(np.mean(np.log(total[:, 0]) - (logits * target).sum(axis=1)))
                slope = (exponentials / total - target) / np.float32(len(features))
                for value, v, g in zip((kernel, bias), speed, (features.T @ slope, slope.sum(axis=0))):
                    v *= np.float32(0.9)
                    v -= np.float32(0.001) * g
                    value += v


def agreement(plain, others, limit, needed):
    """(Leading steps of `plain` within `limit` of all others, largest relative difference in them).

    Gives up below `needed` steps.
    """
    steps = len(plain)
    differences = []
    for other in others:
        row = []
        for a, b in zip(plain[:steps], other):
            row.append(abs(a - b) / abs(a))
            if not row[-1] <= limit:
                steps = len(row) - 1
                break
        differences.append(row)
        if steps < needed:
            break
    return steps, max((d for row in differences for d in row[:steps]), default=0.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", required=True)
    parser.add_argument("--labels", required=True)
    parser.add_argument("--biases", choices=golden.BIASES, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=range(1, 21))
    parser.add_argument("--draws", type=int, default=golden.DRAWS, help="perturbations of each run")
    parser.add_argument("--limit", type=float, default=2e-5, help="relative difference at which a run is given up")
    parser.add_argument("--runs", nargs="+", default=["pretext", "random", "supervised", "self_supervised"])
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    golden.use_precision("float32")
    spread = golden.BIASES[options.biases]

    images = golden.read_idx(options.images, 3)[: golden.IMAGES]
    labels = golden.read_idx(options.labels, 1)[: golden.IMAGES]
    rows, turns = golden.pretext_set(images[: golden.PRETEXT_IMAGES], golden.turns_of)
    pretext = {p: golden.network_input(rows, p, "float32") for p in golden.PRESETS}
    turns = keras.utils.to_categorical(turns, 4).astype(np.float32)
    arm = {p: golden.network_input(images[golden.PRETEXT_IMAGES :][:800], p, "float32") for p in golden.PRESETS}
    labels = keras.utils.to_categorical(labels[golden.PRETEXT_IMAGES :][:800], 10).astype(np.float32)
    classifier = golden.classifier(True)
    trunk = keras.Model(classifier.inputs, classifier.layers[-2].output)

    def report(run, seed, preset, steps, worst):
        row = {"run": run, "biases": options.biases, "seed": seed, "preset": preset, "steps": steps}
        print(json.dumps(row | {"worst": float(f"{worst:.2g}")}), flush=True)

    def compare(run, trainer, x, y, weights_of):
        epochs = 1 if run == "pretext" else golden.EPOCHS
        needed = 20 if run == "pretext" else 0

        def losses(preset, weights):
            inputs = x[preset]
            if isinstance(trainer, HeadTrainer):
                golden.load(classifier, weights)
                inputs = trunk.predict(inputs, batch_size=200, verbose=0)
            return trainer.losses(inputs, y, golden.BATCH[run], epochs, weights)

        for seed in options.seeds:
            for preset in reversed(golden.PRESETS):  # the raw one fails first
                weights = weights_of(seed, preset)
                others = (losses(preset, golden.perturbed(weights, draw)) for draw in range(options.draws))
                steps, worst = agreement(list(losses(preset, weights)), others, options.limit, needed)
                report(run, seed, preset, steps, worst)
                if steps < needed:
                    break

    if "pretext" in options.runs:
        trainer = Trainer(golden.rotnet(4), "adam", pretext["unit"], turns)
        compare(
            "pretext", trainer, pretext, turns, lambda seed, _: golden.initial_weights(golden.ROTNET, seed, spread)
        )
    if "random" in options.runs:
        compare(
            "random", HeadTrainer(), arm, labels, lambda seed, _: golden.initial_weights(golden.CLASSIFIER, seed, spread)
        )
    if "supervised" in options.runs:
        sgd = keras.optimizers.SGD(learning_rate=0.001, momentum=0.9)
        trainer = Trainer(golden.classifier(True), sgd, arm["unit"], labels)
        compare(
            "supervised", trainer, arm, labels, lambda seed, _: golden.initial_weights(golden.CLASSIFIER, seed, spread)
        )
    if "supervised_adam" in options.runs:
        trainer = Trainer(golden.classifier(True), "adam", arm["unit"], labels)
        compare(
            "supervised_adam",
            trainer,
            arm,
            labels,
            lambda seed, _: golden.initial_weights(golden.CLASSIFIER, seed, spread),
        )
    if "self_supervised" in options.runs:
        start = golden.initial_weights(golden.ROTNET, golden.SEEDS[options.biases]["rotnet"], spread)
        trainer = Trainer(golden.rotnet(4), "adam", pretext["unit"], turns)
        trunks = {}
        for preset in golden.PRESETS:
            list(trainer.losses(pretext[preset], turns, golden.BATCH["pretext"], 1, start))
            trained = golden.unload(trainer.model, golden.ROTNET)
            trunks[preset] = {k: v for k, v in trained.items() if k.split(".")[0] in golden.CLASSIFIER}
        compare(
            "self_supervised",
            HeadTrainer(),
            arm,
            labels,
            lambda seed, preset: trunks[preset] | golden.initial_weights(("head",), seed, spread),
        )


if __name__ == "__main__":
    main()
