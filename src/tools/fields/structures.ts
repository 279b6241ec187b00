import * as z from 'zod';
import { isObject } from '../../partoo/page.ts';
import { field, shownSchema } from './advertised.ts';
import { decoded, withoutNulls } from './decode.ts';
import { toTexts, toUrls } from './list-spelling.ts';
import { httpUrl } from './texts.ts';
import { single, unnested } from './value-spelling.ts';

/**
 * An object or list of objects; its own JSON Schema is shown, so it is made of refinements, which are not, rather
 * than of patterns and formats, which some model vendors refuse. A JSON-encoded one does as well.
 */
export function structure<Schema extends z.ZodType>(schema: Schema, description: string) {
  const toShape = schema instanceof z.ZodArray ? toList : single;
  const read = (value: unknown) => toShape(withoutNulls(decoded(value)));
  return field(z.preprocess(read, schema), { ...shownSchema(schema), description });
}

function toList(value: unknown): unknown {
  const list = unnested(value);
  return isObject(list) ? [list] : list;
}

/** Lists inside a structure. An empty text is none of them: it could mean "no longer" as well as "not known". */
export const innerTexts = <Text extends z.ZodType<string>>(text: Text) => innerList(toTexts, text);

export const innerUrls = () => innerList(toUrls, httpUrl());

function innerList<Item extends z.ZodType<string>>(toItems: (value: unknown) => unknown, item: Item) {
  const read = (value: unknown) => (value === '' ? value : toItems(value));
  return field(z.preprocess(read, z.array(item)), { type: 'array', items: { type: 'string' } });
}
