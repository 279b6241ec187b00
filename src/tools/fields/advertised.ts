import * as z from 'zod';

/** The face of an argument that the tool list shows: plain JSON Schema that every model vendor takes. */

export type JsonSchema = Record<string, unknown>;

const advertised = z.registry<JsonSchema>();

/** An argument that is read by `schema` and shown as `json`. */
export function field<Schema extends z.ZodType>(schema: Schema, json: JsonSchema): Schema {
  advertised.add(schema, json);
  return schema;
}

/** The JSON Schema of a tool's arguments, as the tool list shows it. */
export const inputSchema = (shape: z.ZodRawShape) => ({
  ...shownSchema(z.object(shape)),
  type: 'object' as const,
  additionalProperties: false,
});

export function shownSchema(ofType: z.ZodType): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(ofType, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // Objects inside refuse other names as well; saying so in each costs tokens.
      delete jsonSchema.additionalProperties;
      const shown = advertised.get(zodSchema);
      if (!shown) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      Object.assign(jsonSchema, shown);
    },
  });
  return schema;
}

/** What is said to a value of another type. A missing one is told that it is required. */
export const expecting = (form: string) => ({
  error: ({ code, input }: { code?: string; input?: unknown }) =>
    code === 'invalid_type' && input !== undefined ? form : undefined,
});
