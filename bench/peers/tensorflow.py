"""The pretext step in TensorFlow: Keras' fit, and a compiled function of one step with and without XLA."""

import os
import sys
import time

# This file bears the name of the library that it measures.
here = os.path.dirname(os.path.abspath(__file__))
sys.path = [folder for folder in sys.path if os.path.abspath(folder or ".") != here]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf  # noqa: E402

sys.path.append(here)
import pretext  # noqa: E402


def rotnet():
    tf.keras.utils.set_random_seed(1)
    layers = tf.keras.layers
    model = tf.keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(64, 3, strides=2, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
            layers.Flatten(),
            layers.Dense(4),
        ]
    )
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=tf.keras.optimizers.Adam(1e-3, epsilon=1e-7), loss=loss)
    return model


class Times(tf.keras.callbacks.Callback):
    """Seconds of each full batch and of each epoch."""

    def __init__(self):
        super().__init__()
        self.steps, self.epochs = [], []

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch_start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.epochs.append(time.perf_counter() - self.epoch_start)

    def on_train_batch_begin(self, batch, logs=None):
        self.step_start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        if batch < pretext.STEPS - 1:
            self.steps.append(time.perf_counter() - self.step_start)


def measure_fit(images, labels, seconds):
    model = rotnet()
    first = slice(0, pretext.BATCH)
    loss_first = model.evaluate(images[first], labels[first], verbose=0)
    rows = slice(0, 20 * pretext.BATCH)

    def fit(part, **options):
        times = Times()
        model.fit(
            images[part], labels[part], batch_size=pretext.BATCH, shuffle=False, verbose=0, callbacks=[times], **options
        )
        return times

    fit(rows)  # traces and compiles
    steps, epochs = fit(rows).steps, []
    end = time.perf_counter() + seconds
    everything = slice(0, len(images))
    # fit sees to its first epoch what later ones are spared: the first of two is left out.
    if sorted(steps)[len(steps) // 2] * pretext.STEPS < seconds:
        fit(everything)
        while not epochs or time.perf_counter() + epochs[-1] < end:
            times = fit(everything)
            steps, epochs = steps + times.steps, epochs + times.epochs
    return steps, epochs, loss_first, model.evaluate(images[first], labels[first], verbose=0)


def measure_function(images, labels, seconds, xla):
    model = rotnet()
    loss_of, adam = model.loss, model.optimizer
    adam.build(model.trainable_variables)

    def train(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        adam.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    compiled = tf.function(train, jit_compile=xla, reduce_retracing=False)
    batches = [
        (tf.constant(images[rows]), tf.constant(labels[rows]))
        for rows in (pretext.batch_rows(step) for step in range(pretext.STEPS))
    ]

    def first_batch_loss():
        return float(loss_of(batches[0][1], model(batches[0][0], training=False)))

    loss_first = first_batch_loss()
    compiled(*batches[-1])  # the short batch is a shape of its own, compiled before the clock runs
    steps, epochs = pretext.time_steps(lambda step: compiled(*batches[step % pretext.STEPS]).numpy(), seconds)
    return steps, epochs, loss_first, first_batch_loss()


def main():
    options = pretext.arguments()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    rows, labels = pretext.rotated_digits(options.images)
    images = rows[..., None]
    variants = {
        "Keras fit": lambda: measure_fit(images, labels, options.seconds),
        "tf.function": lambda: measure_function(images, labels, options.seconds, xla=False),
        "tf.function, XLA": lambda: measure_function(images, labels, options.seconds, xla=True),
    }
    for variant, measure in variants.items():
        steps, epochs, loss_first, loss_last = measure()
        pretext.report("TensorFlow", tf.__version__, options.threads, variant, steps, epochs, loss_first, loss_last)


main()
