/**
 * What the log says of an error. Not pino's own serializer: that writes every property of an error, and some carry what a
 * customer wrote.
 */
export function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { name, code: (error as { code?: unknown }).code, message, stack };
}
