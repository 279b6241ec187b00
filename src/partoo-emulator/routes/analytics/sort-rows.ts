/** Sorts in place by a field, descending with a leading `-`. Rows without a value come last. */
export function sortBy<T>(rows: T[], order: string, fieldOf: (row: T, field: string) => unknown): T[] {
  const descending = order.startsWith('-');
  const field = order.replace(/^-/, '');
  return rows.sort((a, b) => {
    const [x, y] = [fieldOf(a, field), fieldOf(b, field)];
    if (x === y) return 0;
    if (x === null || x === undefined) return 1;
    if (y === null || y === undefined) return -1;
    return x < y === descending ? 1 : -1;
  });
}
