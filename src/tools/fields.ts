/**
 * The kinds of argument a tool can have. Each has two faces: what the tool list shows (fields/advertised.ts), and what
 * the server accepts, which is wider: every spelling that has one meaning (fields/value-spelling.ts and
 * list-spelling.ts). What has two is refused, with the form that is expected.
 */
export { inputSchema } from './fields/advertised.ts';
export * from './fields/dates.ts';
export * from './fields/lists.ts';
export * from './fields/numbers.ts';
export * from './fields/structures.ts';
export * from './fields/texts.ts';
export * from './fields/words.ts';
