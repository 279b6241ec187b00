/**
 * The kinds of argument that a tool can have. A kind advertises one form in the tool list (field.ts) and accepts every
 * spelling with only one meaning (normalize.ts, normalize-lists.ts). It refuses ambiguous values and names the form.
 */
export * from './dates.ts';
export { inputSchema } from './field.ts';
export { idArray, ids, numericIdArray, numericIds } from './lists.ts';
export * from './numbers.ts';
export * from './structures.ts';
export * from './texts.ts';
export * from './words.ts';
