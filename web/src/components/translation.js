// Translation of the page by the browser. A translator puts nodes of its own in the place of the page's texts; Preact
// goes on changing the texts that it made, which nobody sees any more, while what it adds is appended to the
// translation. So a text that was taken out is put back, empty, beside its translation: Preact finds all of its nodes
// where it left them. As soon as it changes any of an element's texts, the translation goes and the element has the
// page's own words again, which the translator may translate again.
import { options } from 'preact';

/** The nodes that Preact has on the page. @type {WeakSet<Node>} */
const own = new WeakSet();
/** The words of texts that were taken out by a translator, and are empty meanwhile. @type {WeakMap<Text, string>} */
const words = new WeakMap();
/** Elements with such texts. @type {WeakSet<Node>} */
const translated = new WeakSet();

/** Whether something was put around nodes of the page. @param {Node} node */
const holdsOwn = (node) => node instanceof Element && [...node.querySelectorAll('*')].some((each) => own.has(each));

/** The page's own words again. @param {Node} parent */
function restore(parent) {
  translated.delete(parent);
  for (const node of [...parent.childNodes]) {
    if (!own.has(node)) {
      if (!holdsOwn(node)) node.remove();
    } else if (node instanceof Text) {
      const text = words.get(node);
      if (text !== undefined) node.data = text;
      words.delete(node);
    }
  }
}

/** Puts a text back beside what stands in its place. @param {Text} text @param {MutationRecord} record of its removal */
function putBack(text, { target, addedNodes, previousSibling, nextSibling }) {
  const here = (/** @type {Node | null | undefined} */ node) => (node?.parentNode === target ? node : null);
  const before = here(nextSibling) ?? here(addedNodes[0]) ?? here(previousSibling)?.nextSibling ?? null;
  words.set(text, text.data);
  text.data = '';
  target.insertBefore(text, before);
  translated.add(target);
}

/** @param {MutationRecord[]} records */
function follow(records) {
  /** @type {Set<Node>} */
  const changed = new Set();
  /** @type {[Text, MutationRecord][]} */
  const taken = [];
  for (const record of records) {
    const { type, target, addedNodes, removedNodes } = record;
    if (type === 'characterData') {
      if (target instanceof Text && words.delete(target) && target.parentNode) changed.add(target.parentNode);
      continue;
    }
    for (const node of removedNodes) {
      // What Preact removes is no longer its own.
      if (node instanceof Text && own.has(node) && !node.parentNode && target.isConnected) taken.push([node, record]);
      else if (translated.has(target)) changed.add(target);
    }
    for (const node of addedNodes) if (own.has(node) && translated.has(target)) changed.add(target);
  }
  // The last one first: so each finds the neighbours that it had.
  for (const [text, record] of taken.reverse()) putBack(text, record);
  changed.forEach(restore);
}

/** Called once, before anything is rendered. @param {Element} room where Preact renders */
export function surviveTranslation(room) {
  // Preact's property names are mangled: `__e` is a node's place on the page.
  const hooks = /** @type {Record<string, ((vnode: any) => void) | undefined>} */ (/** @type {unknown} */ (options));
  const { diffed, unmount } = hooks;
  hooks.diffed = (vnode) => {
    if (typeof vnode.type !== 'function' && vnode.__e) own.add(vnode.__e);
    diffed?.(vnode);
  };
  hooks.unmount = (vnode) => {
    if (typeof vnode.type !== 'function' && vnode.__e) own.delete(vnode.__e);
    unmount?.(vnode);
  };
  const watcher = new MutationObserver((records) => {
    follow(records);
    watcher.takeRecords(); // of its own changes
  });
  watcher.observe(room, { childList: true, characterData: true, subtree: true });
}
