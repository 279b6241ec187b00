import type { Dispatcher } from 'undici';
import type { Lease } from './response-budget.ts';

/** How much is read at once of an answer that is large. */
const PIECE_BYTES = 256 * 1024;

/**
 * Reads an answer's body as text. Up to `freeBytes` at once, and the rest as there is room for it; in between the
 * connection is not read, so that Partoo waits as well.
 */
export function readBody(
  { body, headers }: Pick<Dispatcher.ResponseData, 'body' | 'headers'>,
  freeBytes: number,
  take: Lease['take'],
): Promise<string> {
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (length <= freeBytes) return body.text();
  return new Promise((resolve, reject) => {
    // As undici's own text(): without a byte order mark. Decoded as it comes, since V8 does not feel the weight of buffers.
    const decoder = new TextDecoder();
    let text = '';
    let bytes = 0;
    // Nothing is free of an answer that tells it is large: so many of those may wait at once.
    let granted = length > freeBytes ? 0 : freeBytes;
    const makeRoom = () => {
      const piece = Math.min(PIECE_BYTES, length > granted ? length - granted : PIECE_BYTES);
      granted += piece;
      if (!take(piece, () => body.resume())) body.pause();
    };
    body
      .on('data', (chunk: Buffer) => {
        text += decoder.decode(chunk, { stream: true });
        bytes += chunk.length;
        if (bytes > granted) makeRoom();
      })
      .once('end', () => resolve(text + decoder.decode()))
      .once('error', reject);
    if (granted === 0) makeRoom();
  });
}
