// A run as a Keras script. Pure: settings in, text out.
import {
  FILE_NAMES,
  QUESTIONS_NOTE,
  TABLE_PART,
  WILSON_PART,
  answersOf,
  argumentsPart,
  dataPart,
  head,
  importsPart,
  mapsPart,
  settingsPart,
} from './code-run.js';

/** @param {import('./code-run.js').CodeRun} run @returns {string} */
export const kerasScript = (run) => `${head(run, {
  library: 'Keras',
  install: 'tensorflow',
  loader: 'keras.datasets',
  file: FILE_NAMES.keras,
  own: "Keras' own",
})}
${importsPart(run.settings.task.name)}
import keras
import numpy as np
from keras import layers

${settingsPart(run)}

# ---- data and question -----------------------------------------------------------------------------------------------


${dataPart('        sets = keras.datasets.mnist.load_data()')}

${mapsPart(run.settings.task.name)}

class Questions(keras.utils.PyDataset):
${QUESTIONS_NOTE}

    def __init__(self, images, maps, batch, shuffle=False):
        super().__init__()
        self.images, self.maps, self.batch, self.shuffle = images, maps, batch, shuffle
        self.order = np.arange(len(images) * len(maps))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.order) / self.batch)

    def __getitem__(self, batch):
        rows = self.order[batch * self.batch : (batch + 1) * self.batch]
        answers = rows % len(self.maps)
        images = (rows // len(self.maps) + 1) % len(self.images)
        return as_input(np.take_along_axis(self.images[images], self.maps[answers], axis=1)), answers

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.order)


def as_input(images):
    return images.reshape(-1, 28, 28, 1).astype("float32") * np.float32(SCALE)


# ---- networks --------------------------------------------------------------------------------------------------------


def trunk():
    """The two convolutions that all networks share; they give 3x3x32 = 288 features."""
    return [
        layers.Conv2D(64, 3, strides=2, padding="same", activation="relu", name="conv1"),
        layers.MaxPooling2D(2, name="pool1"),
        layers.Conv2D(32, 3, padding="same", activation="relu", name="conv2"),
        layers.MaxPooling2D(2, name="pool2"),
    ]


def pretext_network():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *trunk(),
            layers.Conv2D(16, 3, strides=2, padding="same", activation="relu", name="conv3"),
            layers.Flatten(),
            layers.Dense(${answersOf(run.settings.task.name)}, name="answers"),  # the softmax is in the loss
        ],
        name="pretext",
    )


def classifier(name, pretext, arm):
    """The trunk and one layer that reads digits."""
    network = keras.Sequential(
        [keras.Input((28, 28, 1)), *trunk(), layers.Flatten(), layers.Dense(10, name="digits")], name=name
    )
    for layer in ("conv1", "conv2"):
        if arm["trunk"] == "pretext":
            network.get_layer(layer).set_weights(pretext.get_layer(layer).get_weights())
        network.get_layer(layer).trainable = not arm["frozen"]
    return network


def compiled(network, optimizer):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    network.summary()
    return network


def early_stopping(patience):
    return [keras.callbacks.EarlyStopping(monitor="accuracy", patience=patience)] if patience else []


def count(weights):
    return sum(int(np.prod(weight.shape)) for weight in weights)


def right(network, images, labels):
    return int((network.predict(as_input(images), batch_size=500, verbose=0).argmax(axis=1) == labels).sum())


# ---- the experiment --------------------------------------------------------------------------------------------------


def main():
${argumentsPart('Keras')}
    keras.utils.set_random_seed(given.seed)

    train, train_labels, test, test_labels = load_data(given.folder)
    maps = pixel_maps()

    pretext = compiled(pretext_network(), keras.optimizers.Adam(PRETEXT["rate"]))
    questions = Questions(train[PRETEXT_IMAGES], maps, PRETEXT["batch"], PRETEXT["shuffle"])
    pretext.fit(questions, epochs=PRETEXT["epochs"], shuffle=False, verbose=2)
    _, share = pretext.evaluate(Questions(test[PRETEXT_TEST_IMAGES], maps, 500), verbose=0)
    print(f"\\npretext: {100 * share:.2f} % of {len(maps) * PRETEXT_TEST_IMAGES.stop} questions right, on images never seen\\n")

    rows = []
    for name, arm in ARMS.items():
        optimizer = (
            keras.optimizers.SGD(arm["rate"], momentum=0.9) if arm["optimizer"] == "sgd" else keras.optimizers.Adam(arm["rate"])
        )
        network = compiled(classifier(name, pretext, arm), optimizer)
        history = network.fit(
            as_input(train[LABELLED_IMAGES]),
            train_labels[LABELLED_IMAGES],
            batch_size=arm["batch"],
            epochs=arm["epochs"],
            shuffle=arm["shuffle"],
            validation_split=arm["validation"],
            callbacks=early_stopping(arm["patience"]),
            verbose=2,
        )
        rows.append(
            (
                name,
                len(history.epoch),
                count(network.trainable_weights),
                count(network.weights),
                right(network, test[TEST_IMAGES], test_labels[TEST_IMAGES]),
                right(network, test[ALL_TEST_IMAGES], test_labels[ALL_TEST_IMAGES]),
            )
        )
    print_table(rows)


${WILSON_PART}

${TABLE_PART}

if __name__ == "__main__":
    main()
`;
