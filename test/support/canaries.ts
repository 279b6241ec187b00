import { expect } from 'vitest';

/** Expects that no place holds a canary, in any form in which it could leave the server. */
export function expectNowhere(canary: string, places: Record<string, string>) {
  for (const [place, text] of Object.entries(places)) {
    for (const form of formsOf(canary))
      expect(text.includes(form), `${canary} as ${form} in ${place}`).toBe(false);
  }
}

/** The canary itself, and its bytes as base64 at each alignment, as hex, and as a list of numbers. */
function formsOf(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const base64 = [0, 1, 2].map(skip => {
    const whole = bytes.subarray(skip);
    return whole.subarray(0, whole.length - (whole.length % 3)).toString('base64');
  });
  return [canary, bytes.toString('hex'), [...bytes].join(','), ...base64];
}
