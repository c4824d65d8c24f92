/** Hands a file to the visitor. @param {string} name @param {BlobPart | Blob} content @param {string} type */
export function download(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by the next turn of its loop; a little later is safe everywhere.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
