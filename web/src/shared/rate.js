/** The engine keeps rates as 32-bit floats: the shortest decimal that means the same. @param {number} rate */
export const rounded = (rate) => Number(rate.toPrecision(7));
