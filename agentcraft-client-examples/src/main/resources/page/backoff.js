// When to try again, as the protocol says: before attempt n wait min(1 s × 2^n, 30 s), and give up after five.

export const MAX_ATTEMPTS = 5;

/** The wait before an attempt, counted from 1, in milliseconds. The base is 1000 but in tests. */
export function delayBefore(attempt, base) {
  return Math.min(base * 2 ** attempt, base * 30);
}

/** Close codes that say: coming back would not help. */
const FINAL_CODES = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

export function isFinal(code) {
  return FINAL_CODES.has(code);
}
