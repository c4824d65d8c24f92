// Two sets of training settings to choose between: the page's usual ones, and the notebook's.
import { batch, computed } from '@preact/signals';
import { PROPERTIES } from '../state/properties.js';
import { settings } from '../state/settings.js';

/** What the notebook runs with where the page's usual value is another. */
const NOTEBOOK = { preset: 'notebook', epochs: 50 };
/** What belongs to a set; the rest of the notebook's values are the page's usual ones too. */
const NAMES = /** @type {const} */ (['preset', 'epochs', 'batch', 'shuffle', 'rate', 'labels', 'armEpochs', 'armRate']);

/** @typedef {'usual' | 'notebook'} SettingSet */
/** @type {readonly SettingSet[]} */
export const SETS = ['usual', 'notebook'];

/** @param {SettingSet} set @param {(typeof NAMES)[number]} name */
const valueIn = (set, name) =>
  set === 'notebook' && name in NOTEBOOK
    ? NOTEBOOK[/** @type {'preset' | 'epochs'} */ (name)]
    : PROPERTIES[name].initial;

/** The set that the settings are; empty where the visitor has made others. */
export const presentSet = computed(
  () => SETS.find((set) => NAMES.every((name) => settings[name].value === valueIn(set, name))) ?? '',
);

/** Gives the settings the values of a set; what a lesson has fixed stays. @param {SettingSet} set */
export const chooseSet = (set) =>
  batch(() => {
    for (const name of NAMES) {
      const value = /** @type {import('@preact/signals').Signal<unknown>} */ (settings[name]);
      value.value = valueIn(set, name);
    }
  });
