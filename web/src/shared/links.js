// Addresses that the page links to, in one place. A link that is not known is not shown.
/* global SOURCE_ADDRESS */

/** The paper of the rotation task. */
export const PAPER = 'https://arxiv.org/abs/1803.07728';
/** Files that the build puts beside the document. */
export const LICENCE = './LICENSE';
export const NOTICES = './THIRD-PARTY-NOTICES.txt';
/** Where the source is, as package.json names it (`repository`, else `homepage`); empty: nowhere. */
export const SOURCE = SOURCE_ADDRESS;

/** @typedef {'paper' | 'source' | 'licence' | 'notices'} LinkName */

/** In the order in which they are shown. @type {readonly { name: LinkName, address: string }[]} */
export const LINKS = /** @type {{ name: LinkName, address: string }[]} */ ([
  { name: 'paper', address: PAPER },
  { name: 'source', address: SOURCE },
  { name: 'licence', address: LICENCE },
  { name: 'notices', address: NOTICES },
]).filter(({ address }) => address !== '');
