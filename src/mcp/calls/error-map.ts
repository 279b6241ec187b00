import type * as z from 'zod';

/** Words zod's issues for models. A message of the field itself wins; undefined leaves the message to zod. */
export function errorMap(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${limit(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${limit(issue.origin, 'at most', issue.maximum)}${length(issue.input)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return `does not take ${issue.keys.join(', ')}`;
  }
}

const EXPECTED: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function limit(origin: string, bound: string, value: number | bigint): string {
  if (origin === 'string') return `have ${bound} ${value} characters`;
  return origin === 'array' ? `have ${bound} ${value} entries` : `be ${bound} ${value}`;
}

const length = (input: unknown) => (typeof input === 'string' ? `; it has ${[...input].length}` : '');
