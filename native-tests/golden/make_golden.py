#!/usr/bin/env python3
"""Makes the golden runs: the experiment's networks trained by Keras from given weights on generated digits.

    make_golden.py --images IMAGES.idx --labels LABELS.idx --seed SEED [--out FOLDER] [--only RUNS]

The images are stored beside this file: the first IMAGES of version 1 of the digit generator for SEED. golden.json keeps
their hash. See README.md for the one command that does everything.

Every run is made in float32 (what Keras does by default), in float64 (the same program without rounding noise), and
DRAWS times "perturbed", which is float32 from weights moved by the rounding noise of a fast kernel. Where all agree,
another float32 program can be asked to agree too. Figures of a training step are the plain mean loss and accuracy of
that batch before the step.
"""

import argparse
import itertools
import json
import os
import pathlib
import platform
import re
import struct
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from safetensors.numpy import save_file

PRETEXT_IMAGES = 928  # 3,712 rows: 19 batches of 192 and one of 64
JIGSAW_IMAGES = 155  # the first of them; 3,720 rows in 24 orders: 19 batches of 192 and one of 72
DOWNSTREAM_IMAGES = 1000
IMAGES = PRETEXT_IMAGES + DOWNSTREAM_IMAGES
EPOCHS = 3
PRESETS = ("unit", "notebook")
BATCH = {"pretext": 192, "self_supervised": 64, "random": 32, "supervised": 32, "supervised_adam": 32}

CONV = {"conv1": (3, 3, 1, 64), "conv2": (3, 3, 64, 32), "conv3": (3, 3, 32, 16)}
DENSE = {"dense": (64, 4), "head": (288, 10)}
ROTNET = ("conv1", "conv2", "conv3", "dense")
CLASSIFIER = ("conv1", "conv2", "head")

# "zero": as the experiment starts, where blank pixels give exactly-zero pre-activations. "spread": without them.
BIASES = {"zero": 0.0, "spread": 0.1}
# Chosen with choose_seeds.py for runs that do not multiply rounding noise: see README.md.
SEEDS = {
    "zero": {"rotnet": 14, "random": 11, "supervised": 11, "self_supervised": 11},
    "spread": {"rotnet": 15, "random": 13, "supervised": 14, "self_supervised": 19},
}
ADAM_SEEDS = {"zero": 15, "spread": 4}  # of the supervised network with Adam, chosen in the same way
JIGSAW_SEED = 6  # chosen as those, of 1 to 8, which three perturbed runs were asked for; biases are zero
# Relative. Half a unit in the last place of a float32 is 6e-8; a sum of 576 products in another order, or Winograd's
# transforms, come to about 1e-6.
PERTURBATION = 1e-6
DRAWS = 10  # perturbed runs; one alone is often lucky


def read_idx(path, rank):
    """An uncompressed IDX file of unsigned bytes."""
    data = pathlib.Path(path).read_bytes()
    zero, kind, dimensions = struct.unpack(">HBB", data[:4])
    if zero != 0 or kind != 8 or dimensions != rank:
        sys.exit(f"{path}: not an IDX file of unsigned bytes with {rank} dimensions")
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def fnv1a(*arrays):
    """64-bit FNV-1a as src/core/hash.hpp has it: 16 hexadecimal digits."""
    state = 0xCBF29CE484222325
    for array in arrays:
        for byte in array.tobytes():
            state = ((state ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{state:016x}"


def initial_weights(network, seed, bias_spread, variants=4):
    """Glorot-uniform kernels; biases uniform in [-bias_spread, bias_spread]. Names as the engine saves them."""
    random = np.random.default_rng(seed)
    weights = {}
    for layer in network:
        shape = {**CONV, **DENSE, "dense": (64, variants)}[layer]
        receptive_field = int(np.prod(shape[:-2]))
        limit = np.sqrt(6.0 / (receptive_field * (shape[-2] + shape[-1])))
        weights[f"{layer}.kernel"] = random.uniform(-limit, limit, shape).astype(np.float32)
        weights[f"{layer}.bias"] = random.uniform(-bias_spread, bias_spread, shape[-1]).astype(np.float32)
    return weights


def perturbed(weights, seed=0):
    """Every weight times 1 + PERTURBATION * u, u uniform in [-1, 1]; a bias of zero stays zero."""
    random = np.random.default_rng(seed)
    return {
        name: (value * (1 + PERTURBATION * random.uniform(-1, 1, value.shape))).astype(np.float32)
        for name, value in weights.items()
    }


def prefixed(prefix, weights):
    return {f"{prefix}.{name}": value for name, value in weights.items()}


def trunk_layers(trainable):
    return [
        keras.layers.Conv2D(64, 3, strides=2, padding="same", activation="relu", name="conv1", trainable=trainable),
        keras.layers.MaxPool2D(2, 2),
        keras.layers.Conv2D(32, 3, strides=1, padding="same", activation="relu", name="conv2", trainable=trainable),
        keras.layers.MaxPool2D(2, 2),
    ]


def rotnet(variants):
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *trunk_layers(True),
            keras.layers.Conv2D(16, 3, strides=2, padding="same", activation="relu", name="conv3"),
            keras.layers.Flatten(),
            keras.layers.Dense(variants, activation="softmax", name="dense"),
        ]
    )


def classifier(trainable_trunk):
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *trunk_layers(trainable_trunk),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax", name="head"),
        ]
    )


def load(model, weights):
    for name in sorted({key.split(".")[0] for key in weights}):
        model.get_layer(name).set_weights([weights[f"{name}.kernel"], weights[f"{name}.bias"]])


def unload(model, network):
    return {
        f"{layer}.{part}": np.asarray(value, np.float32)
        for layer in network
        for part, value in zip(("kernel", "bias"), model.get_layer(layer).get_weights())
    }


def network_input(images, preset, precision):
    pixels = images.astype(precision)[..., None]
    return pixels / np.asarray(255, precision) if preset == "unit" else pixels


def turns_of(image):
    return [np.rot90(image, k) for k in range(4)]


def puzzles_of(image):
    """The image's quarters in all orders, in lexicographic order."""
    quarters = [image[:14, :14], image[:14, 14:], image[14:, :14], image[14:, 14:]]
    return [np.block([[a, b], [c, d]]) for a, b, c, d in itertools.permutations(quarters)]


def pretext_set(images, variants_of):
    """The notebook's rows: of four turns, image i in rows 4i-4 .. 4i-1, so that image 0 comes last."""
    variants = [variants_of(image) for image in images]
    count = len(variants[0])
    rows = np.zeros((count * len(images), 28, 28), np.uint8)
    classes = np.zeros(count * len(images), np.uint8)
    for i, each in enumerate(variants):
        for k in range(count):
            rows[count * i - count + k] = each[k]
            classes[count * i - count + k] = k
    return rows, classes


def use_precision(precision):
    # Both are needed: with the layers' policy left at float32, the loss would cast the model's output, lose Keras'
    # trace back to the logits and fall back to clipped probabilities.
    keras.config.set_floatx(precision)
    keras.config.set_dtype_policy(precision)


def pretext_run(images, weights, preset, precision, variants_of=turns_of):
    """20 steps of Adam: {"steps": [loss, accuracy] of each}, and the weights after the last."""
    use_precision(precision)
    rows, classes = pretext_set(images, variants_of)
    x = network_input(rows, preset, precision)
    y = keras.utils.to_categorical(classes)
    model = rotnet(y.shape[1])
    load(model, weights)
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    steps = []
    for first in range(0, len(x), BATCH["pretext"]):
        batch = slice(first, first + BATCH["pretext"])
        if first == 0 or batch.stop > len(x):  # train_on_batch must report this batch, before its step, alone
            before = model.test_on_batch(x[batch], y[batch], return_dict=True)["loss"]
            model.reset_metrics()
        report = model.train_on_batch(x[batch], y[batch], return_dict=True)
        if first == 0 or batch.stop > len(x):
            np.testing.assert_allclose(report["loss"], before, rtol=1e-5)
        steps.append([float(report["loss"]), float(report["accuracy"])])
    return {"steps": steps}, unload(model, ROTNET)


class PlainBatches(keras.callbacks.Callback):
    """Loss and accuracy of each training batch alone; Keras' own logs are means over the epoch so far.

    Emptying the metrics spoils the training figures in the history of the fit that this is given to.
    """

    def __init__(self):
        super().__init__()
        self.rows = []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()

    def on_train_batch_end(self, batch, logs=None):
        self.rows.append([float(logs["loss"]), float(logs["accuracy"])])


def arm_run(images, labels, weights, arm, preset, precision, check):
    """EPOCHS epochs of SGD or Adam: {"epochs": [loss, accuracy, validation loss, validation accuracy] of each,
    "steps": [loss, accuracy] of each batch of all epochs}. check: a plain fit must give the same epochs."""
    use_precision(precision)
    x = network_input(images, preset, precision)
    y = keras.utils.to_categorical(labels, 10)

    sizes = [min(BATCH[arm], 800 - first) for first in range(0, 800, BATCH[arm])]

    def fit(callbacks):
        model = classifier(trainable_trunk=arm.startswith("supervised"))
        load(model, weights)
        sgd = keras.optimizers.SGD(learning_rate=0.001, momentum=0.9)
        model.compile(
            optimizer="adam" if arm.endswith("adam") else sgd,
            loss="categorical_crossentropy",
            metrics=["accuracy"],
        )
        return model.fit(
            x,
            y,
            batch_size=BATCH[arm],
            validation_split=0.2,
            epochs=EPOCHS,
            shuffle=False,  # the notebook shuffles; a golden run must not
            verbose=0,
            callbacks=callbacks,
        ).history

    batches = PlainBatches()
    history = fit([batches])
    steps = np.array(batches.rows).reshape(EPOCHS, len(sizes), 2)
    training = np.average(steps, axis=1, weights=sizes)
    epochs = np.column_stack([training, history["val_loss"], history["val_accuracy"]])
    if check:
        history = fit([])
        columns = [history[k] for k in ("loss", "accuracy", "val_loss", "val_accuracy")]
        np.testing.assert_allclose(epochs.T, columns, rtol=1e-5)
    return {"epochs": epochs.tolist(), "steps": batches.rows}


def largest_differences(plain, others):
    """Of each row of figures, for every loss: the largest relative difference of the other runs from the plain one."""
    return {
        rows: [
            [float(f"{max(abs(other[rows][i][c] / row[c] - 1) for other in others):.2e}") for c in range(0, len(row), 2)]
            for i, row in enumerate(plain[rows])
        ]
        for rows in plain
    }


def distance(start, end, other):
    """How far `other` ends from `end`, as a part of the way from `start` to `end` (lengths over all weights)."""

    def length(a, b):
        return np.sqrt(sum(np.sum((np.float64(a[k]) - b[k]) ** 2) for k in start))

    return float(length(other, end) / length(end, start))


def jigsaw_runs(images, seed, draws):
    """Both presets from the same weights, and these weights."""
    start = initial_weights(ROTNET, seed, 0.0, variants=24)
    runs = []
    for preset in PRESETS:
        plain, _ = pretext_run(images, start, preset, "float32", puzzles_of)
        exact, _ = pretext_run(images, start, preset, "float64", puzzles_of)
        others = [pretext_run(images, perturbed(start, draw), preset, "float32", puzzles_of)[0] for draw in range(draws)]
        figures = {"float32": plain, "float64": exact, "perturbed": largest_differences(plain, others)}
        runs.append({"run": "jigsaw", "biases": "zero", "preset": preset, "batch": BATCH["pretext"], "figures": figures})
        print("jigsaw", preset, flush=True)
    return runs, start


def arm_figures(images, labels, weights, arm, preset, draws):
    """Of every precision; draws: 0 leaves out all but float32."""

    def run(weights, precision, check=False):
        return arm_run(images, labels, weights, arm, preset, precision, check)

    figures = {"float32": run(weights, "float32", check=True)}
    if draws > 0:
        figures["float64"] = run(weights, "float64")
        others = [run(perturbed(weights, draw), "float32") for draw in range(draws)]
        figures["perturbed"] = largest_differences(figures["float32"], others)
    return figures


def adam_runs(images, labels, seeds, draws):
    """The supervised network with Adam: both presets and kinds of biases, and the weights at their starts."""
    runs, starts = [], {}
    for biases, spread in BIASES.items():
        start = initial_weights(CLASSIFIER, seeds[biases], spread)
        starts |= prefixed(biases, start)
        for preset in PRESETS:
            run = "supervised_adam"
            figures = arm_figures(images, labels, start, run, preset, draws)
            runs.append({"run": run, "biases": biases, "preset": preset, "batch": BATCH[run], "figures": figures})
            print(run, biases, preset, flush=True)
    return runs, starts


def text(golden):
    """JSON with one line a row of figures."""
    pretty = json.dumps(golden, indent=1)
    return re.sub(r"\[\s+([-\d.e+]+(?:,\s+[-\d.e+]+)*)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", pretty) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", required=True, help=f"IDX file of at least {IMAGES} generated images")
    parser.add_argument("--labels", required=True, help="IDX file of their labels")
    parser.add_argument("--seed", type=int, required=True, help="the generator's seed")
    parser.add_argument("--out", default=pathlib.Path(__file__).parent, type=pathlib.Path)
    parser.add_argument("--only", choices=["jigsaw", "supervised_adam"], help="leave the other files as they are")
    parser.add_argument("--float32-only", action="store_true", help="for measurements: leave out the others")
    parser.add_argument("--threads", type=int, default=1, help="TensorFlow's threads (default 1)")
    options = parser.parse_args()

    tf.get_logger().setLevel("ERROR")
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    images = read_idx(options.images, 3)[:IMAGES]
    labels = read_idx(options.labels, 1)[:IMAGES]
    if images.shape != (IMAGES, 28, 28) or labels.shape != (IMAGES,):
        sys.exit(f"{options.images}: {images.shape}, {options.labels}: {labels.shape}; {IMAGES} images of 28x28 are needed")
    pretext_images = images[:PRETEXT_IMAGES]
    arm_images, arm_labels = images[PRETEXT_IMAGES:], labels[PRETEXT_IMAGES:]
    options.out.mkdir(parents=True, exist_ok=True)

    if options.only != "supervised_adam":
        jigsaw, start = jigsaw_runs(images[:JIGSAW_IMAGES], JIGSAW_SEED, DRAWS)
        save_file(prefixed("rotnet", start), options.out / "initial_jigsaw.safetensors")
        (options.out / "jigsaw.json").write_text(text({"images": JIGSAW_IMAGES, "seed": JIGSAW_SEED, "runs": jigsaw}))
    if options.only != "jigsaw":
        adam, start = adam_runs(arm_images, arm_labels, ADAM_SEEDS, DRAWS)
        save_file(start, options.out / "initial_adam.safetensors")
        (options.out / "supervised_adam.json").write_text(text({"seeds": ADAM_SEEDS, "runs": adam}))
    if options.only is not None:
        return

    runs = []

    def add(run, figures, **where):
        record = {"run": run, **where, "batch": BATCH[run], "figures": figures}
        runs.append(record)
        print(run, where, flush=True)

    for biases, spread in BIASES.items():
        seeds = SEEDS[biases]
        starts = {
            "rotnet": initial_weights(ROTNET, seeds["rotnet"], spread),
            "random": initial_weights(CLASSIFIER, seeds["random"], spread),
            "supervised": initial_weights(CLASSIFIER, seeds["supervised"], spread),
            "self_supervised": initial_weights(("head",), seeds["self_supervised"], spread),
        }
        save_file(
            {k: v for name, weights in starts.items() for k, v in prefixed(name, weights).items()},
            options.out / f"initial_{biases}.safetensors",
        )
        for preset in PRESETS:
            where = {"biases": biases, "preset": preset}
            start = starts["rotnet"]
            plain, trained = pretext_run(pretext_images, start, preset, "float32")
            figures = {"float32": plain}
            if not options.float32_only:
                figures["float64"], _ = pretext_run(pretext_images, start, preset, "float64")
                others, ends = zip(
                    *(pretext_run(pretext_images, perturbed(start, draw), preset, "float32") for draw in range(DRAWS))
                )
                figures["perturbed"] = largest_differences(plain, others)
                figures["perturbed"]["end"] = max(distance(start, trained, end) for end in ends)
            add("pretext", figures, **where)
            save_file(prefixed("rotnet", trained), options.out / f"trained_{biases}_{preset}.safetensors")
            trunk = {k: trained[k] for k in trained if k.split(".")[0] in CLASSIFIER}
            for arm in ("self_supervised", "random", "supervised"):
                weights = trunk | starts[arm] if arm == "self_supervised" else starts[arm]
                draws = 0 if options.float32_only else DRAWS
                figures = arm_figures(arm_images, arm_labels, weights, arm, preset, draws)
                add(arm, figures, **where)

    golden = {
        "made_with": {
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
            "threads": options.threads,
        },
        "weights": {"seeds": SEEDS, "perturbation": PERTURBATION, "draws": DRAWS},
        "images": {
            "seed": options.seed,
            "pretext": PRETEXT_IMAGES,
            "downstream": DOWNSTREAM_IMAGES,
            "hash": fnv1a(images, labels),
        },
        "columns": {
            "steps": "one row a training step: [loss, accuracy] of the batch, before the step",
            "epochs": "one row an epoch: [loss, accuracy, validation loss, validation accuracy]",
            "perturbed": "for every loss of such a row the largest relative distance of a perturbed run from float32",
            "end": "largest distance of a perturbed run's last weights from those in float32, in ways from first to last",
        },
        "runs": runs,
    }
    (options.out / "golden.json").write_text(text(golden))


if __name__ == "__main__":
    main()
