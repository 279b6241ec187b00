/**
 * The kinds of argument a tool can have. Each has two faces: what the tool list shows (fields/advertised.ts), and what
 * the server accepts, which is wider: every spelling that has one meaning (fields/value-spelling.ts and
 * list-spelling.ts). What has two is refused, with the form that is expected.
 */
export { inputSchema } from './advertised.ts';
export * from './dates.ts';
export * from './lists.ts';
export * from './numbers.ts';
export * from './structures.ts';
export * from './texts.ts';
export * from './words.ts';
