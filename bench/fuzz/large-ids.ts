import fc from 'fast-check';

/** Above 2^53, where JavaScript numbers are rounded. Odd, so that rounding shows. */
const LARGE_IDS = ['9007199254740993', '9007199254740995', '1234567890123456789', '72057594037927937'];

/** A body whose ids are JSON numbers with all their digits, or strings. */
export const largeIds = fc
  .record({
    id: fc.constantFrom(...LARGE_IDS),
    asText: fc.boolean(),
    messageId: fc.constantFrom('1', ...LARGE_IDS),
    call: fc.constantFrom(
      ['list_messages', 'conversation_id', ''],
      ['send_message', 'conversation_id', ',"content":"x"'],
      ['reply_to_review', 'review_id', ',"content":"x"'],
    ),
  })
  .map(({ id, asText, messageId, call: [name, argument, others] }) =>
    Buffer.from(
      `{"jsonrpc":"2.0","id":${messageId},"method":"tools/call","params":` +
        `{"name":"${name}","arguments":{"${argument}":${asText ? `"${id}"` : id}${others}}}}`,
    ),
  );

/** Returns what is wrong with an id that reached Partoo, or undefined. */
export function judgeId(id: string | undefined): string | undefined {
  const isLarge = /^\d{16,19}$/.test(id ?? '') && !Number.isSafeInteger(Number(id));
  return isLarge && !LARGE_IDS.includes(id as string) ? `Partoo was requested with the id ${id}` : undefined;
}
