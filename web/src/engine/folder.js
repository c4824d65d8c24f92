/* global ENGINE_FOLDER */
/** Where the engines of this page's version lie, absolute: the name of the folder holds a hash of its content. */
export const engineBase = () => new URL(ENGINE_FOLDER, document.baseURI).href;
