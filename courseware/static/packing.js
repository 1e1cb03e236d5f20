// Numbers, sets and texts as letters and digits, for suspend data (decision 2).

export const number36 = (text) => parseInt(text, 36) || 0;
export const text36 = (value) => (value ? value.toString(36) : "");

// Bit sets are numbers up to 2^53, taken apart by division: `>>` would stop at 32.
export function positionsIn(mask) {
  const found = [];
  for (let rest = mask, at = 0; rest > 0; rest = Math.floor(rest / 2), at += 1) if (rest % 2) found.push(at);
  return found;
}

export const maskOf = (positions) => positions.reduce((sum, at) => sum + 2 ** at, 0);

// A hash of 24 bits, the same in every browser.
export const hash24 = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 24, 7);
