// IDX files from the server: fetched, unpacked and cut to size. The engine's worker does it, which waits for nothing else.
import { Fault } from '../state/fault.js';
import { fault, faultOf } from '../fault-data.js';
import { bytesOf, firstItems, isGzip, pairFiles, unpack } from './idx.js';
import { joined } from './joined.js';
import { STALL_MILLISECONDS } from './stall.js';

/** @typedef {import('./idx.js').NamedBytes} NamedBytes */

/** The beginnings of files, and how many bytes were asked for. @type {Map<string, { enough: number, file: Promise<NamedBytes> }>} */
const fetched = new Map();

/**
 * Fetches a file until so much of it is unpacked: MNIST has 60,000 images, of which a sixth are used.
 * @param {string} base
 * @param {string} name
 * @param {number} enough bytes when unpacked
 * @param {() => void} received called with every piece that comes
 * @returns {Promise<NamedBytes>}
 */
async function fetchStart(base, name, enough, received) {
  const stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  // However slow, it goes on as long as something comes.
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), STALL_MILLISECONDS);
  };
  /** Of the server, as against the file. @type {unknown} */
  let ofServer = null;
  wait();
  try {
    const answer = await fetch(new URL(name, base), { signal: stop.signal });
    if (!answer.ok || !answer.body) throw (ofServer = fault('answers', { status: answer.status }));
    const reader = answer.body.getReader();
    const next = async () => {
      const { done, value } = await reader.read();
      received();
      wait();
      return done ? null : value;
    };
    const first = await next();
    if (first && isGzip(first)) {
      /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */
      const packed = new ReadableStream({
        start: (controller) => controller.enqueue(first),
        async pull(controller) {
          try {
            const part = await next();
            if (part) controller.enqueue(part);
            else controller.close();
          } catch (error) {
            ofServer = error;
            throw error;
          }
        },
        cancel: (reason) => reader.cancel(reason),
      });
      return await unpack(name, packed, undefined, enough);
    }
    /** @type {Uint8Array[]} */
    const parts = [];
    for (let part = first; part; part = await next()) parts.push(part);
    return { name, bytes: joined(Uint8Array, parts) };
  } catch (error) {
    if (!ofServer && error instanceof Fault) throw error; // unpack() names what is wrong with the file
    const why = stop.signal.aborted ? fault('noAnswerOfServer') : faultOf(ofServer ?? error);
    throw new Fault('notServed', { name, why });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Extract<import('../engine/types').Data, { kind: 'served' }>} data
 * @param {() => void} received called with every piece that comes
 */
export async function fetchServed({ base, names, train, test }, received) {
  // Without test files a seventh of the training set is for the test.
  const items = Math.ceil((Math.max(train, test) * 7) / 6);
  const enough = bytesOf(items);
  const files = names.map(async (name) => {
    let known = fetched.get(name);
    if (!known || known.enough < enough) {
      known = { enough, file: fetchStart(base, name, enough, received) };
      fetched.set(name, known);
      known.file.catch(() => fetched.delete(name));
    }
    return firstItems(await known.file, items);
  });
  return pairFiles(await Promise.all(files), { train, test });
}
