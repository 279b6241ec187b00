import * as z from 'zod';

type JsonSchema = Record<string, unknown>;

const advertised = z.registry<JsonSchema>();

/** An argument that `schema` parses and the tool list describes by `json`: plain JSON Schema that every model vendor accepts. */
export function field<Schema extends z.ZodType>(schema: Schema, json: JsonSchema): Schema {
  advertised.add(schema, json);
  return schema;
}

/** A field advertised as a string: its value is normalized first, and then parsed. */
export const stringField = <Schema extends z.ZodType>(
  normalize: (value: unknown) => unknown,
  schema: Schema,
  description: string,
) => field(z.preprocess(normalize, schema), { type: 'string', description });

export const inputSchema = (shape: z.ZodRawShape) => ({
  ...advertisedSchema(z.object(shape)),
  type: 'object' as const,
  additionalProperties: false,
});

export function advertisedSchema(type: z.ZodType): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(type, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // Nested objects refuse unknown names too, but saying so in each costs tokens.
      delete jsonSchema.additionalProperties;
      const json = advertised.get(zodSchema);
      if (!json) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      Object.assign(jsonSchema, json);
    },
  });
  return schema;
}

/** The error for a value of the wrong type. A missing value gets "is required" instead. */
export const expecting = (form: string) => ({
  error: ({ code, input }: { code?: string; input?: unknown }) =>
    code === 'invalid_type' && input !== undefined ? form : undefined,
});
