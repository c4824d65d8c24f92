/** Where the engines lie, beside the document: written by the build. */
declare const ENGINE_FOLDER: string;
/** The example runs, beside the document, by the data they have. Written by the build. */
declare const EXAMPLE_FILES: Partial<Record<'generated' | 'mnist', string>>;
/** Where the source is, as package.json names it; empty: it names none. Written by the build. */
declare const SOURCE_ADDRESS: string;
/** A file as text. */
declare module '*?raw' {
  const text: string;
  export default text;
}
/** Fetches a part of the page: offline/obtain.js, into whose hands the build puts every import() of a part. */
declare var obtain: (name: string) => Promise<unknown>;
/** The engine's worker that the first script has started, and what has come of it; session/ahead.js takes it over. */
declare var quarterturnStarted: { worker: Worker; heard: Event[] } | undefined;
/** Where the browser has them. */
declare var trustedTypes:
  | {
      defaultPolicy: unknown;
      createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
    }
  | undefined;
