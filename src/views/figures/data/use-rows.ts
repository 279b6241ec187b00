import { useRef, useState } from 'preact/hooks';
import type { Host } from '../../kit/host.ts';
import { readTool, type ToolError } from '../../kit/results.ts';
import type { Values } from '../../kit/values.ts';
import type { FiguresTool } from '../words/texts.ts';
import { rowsIn, SOURCES } from './sources.ts';

/** One press of the button makes at most so many calls. */
const MAX_CALLS = 20;

interface Loaded {
  rows: Values[];
  hasMore: boolean;
  /** How many rows from the first on are loaded without a gap. */
  seen: number;
  count: number | undefined;
}

/** The rows of the result, and after it those of the further pages, loaded with the same arguments. */
export function useRows(host: Host, tool: FiguresTool, input: Values, data: Values) {
  const [loaded, setLoaded] = useState(() => firstOf(tool, input, data));
  const [isLoading, setIsLoading] = useState(false);
  const [error, setError] = useState<ToolError>();
  const busy = useRef(false);

  async function load(): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    setIsLoading(true);
    setError(undefined);
    let { rows, hasMore, seen, count } = loaded;
    let size = SOURCES[tool].maxPerPage;
    for (let calls = 0; hasMore && calls < MAX_CALLS; calls++) {
      const page = Math.floor(seen / size) + 1;
      const result = await readTool(host, tool, { ...input, page, per_page: size });
      if (result.error) {
        setError(result.error);
        break;
      }
      const more = rowsIn(tool, result.data);
      rows = merge(rows, more);
      seen = Math.max(seen, (page - 1) * size + more.length);
      hasMore = result.data.has_more === true && more.length > 0;
      count = countIn(result.data) ?? count;
      // A result that was cut to fit says so by having no next page.
      if (hasMore && result.data.next_page === undefined) size = Math.max(1, Math.floor(more.length * 0.9));
      setLoaded({ rows, hasMore, seen, count });
    }
    busy.current = false;
    setIsLoading(false);
  }

  return { ...loaded, isLoading, error, load };
}

function firstOf(tool: FiguresTool, input: Values, data: Values): Loaded {
  const rows = rowsIn(tool, data);
  const page = Number(input.page ?? data.page ?? 1);
  const isFirst = !(page > 1);
  const hasMore = data.has_more === true || !isFirst;
  return { rows, hasMore, seen: isFirst ? rows.length : 0, count: countIn(data) };
}

const countIn = ({ count }: Values) => (typeof count === 'number' ? count : undefined);

/** Pages may overlap: a row has one place. */
function merge(before: Values[], more: Values[]): Values[] {
  const known = new Set(before.map(identity));
  return [...before, ...more.filter(row => !known.has(identity(row)))];
}

function identity({ dimension, date, business_id, keyword, branded }: Values): string {
  return JSON.stringify([dimension, date, business_id, keyword, branded]);
}
