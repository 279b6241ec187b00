/** The loggable part of an error. Pino's own serializer writes every property, and some hold text of a customer. */
export function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { name, code: (error as { code?: unknown }).code, message, stack };
}
