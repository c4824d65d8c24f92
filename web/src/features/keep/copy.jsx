import { useState } from 'preact/hooks';

/** Copies a text, and says so. @param {{ text: string, label: string }} props */
export function Copy({ text, label }) {
  const [said, setSaid] = useState('');
  /** The clipboard is there in secure contexts only, and may be refused. */
  const copy = () =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => setSaid('Copied.'),
        () => setSaid('The browser refused; copy it by hand.'),
      );
  return (
    <span class="copy">
      <button type="button" class="button small" onClick={() => void copy()}>
        {label}
      </button>
      <span class="note" role="status">
        {said}
      </span>
    </span>
  );
}
