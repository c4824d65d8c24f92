// The name of a series within a sentence, in the colour that it has in the chart.
import './series-name.css';

/**
 * A part of a message, for `Rich`.
 * @param {string} colour the custom property of the series, such as '--random'
 * @returns {(inner: import('preact').ComponentChildren) => import('preact').VNode}
 */
export const seriesName = (colour) => (inner) => (
  <b class="series-name" style={{ '--series': `var(${colour})` }}>
    {inner}
  </b>
);
