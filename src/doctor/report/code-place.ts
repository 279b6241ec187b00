import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodePlace } from '../checks/belief.ts';

/** Returns `file:line (text)`; without the line where there are no sources, as in the image. */
export function placeOf(code: CodePlace, root = join(import.meta.dirname, '../../..')): string {
  const [file = '', text = ''] = code.split(/#(.*)/s);
  const line = lineOf(join(root, file), text);
  return `${file}${line === undefined ? '' : `:${line}`} (${text})`;
}

function lineOf(file: string, text: string): number | undefined {
  try {
    const index = readFileSync(file, 'utf8')
      .split('\n')
      .findIndex(line => line.includes(text));
    return index < 0 ? undefined : index + 1;
  } catch {
    return undefined;
  }
}
