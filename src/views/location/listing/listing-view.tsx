import { useEffect, useState } from 'preact/hooks';
import { readToolResult, type ToolResult } from '../../kit/results.ts';
import type { ViewProps } from '../../kit/view.tsx';
import type { Business } from '../business.ts';
import { Listing } from './listing.tsx';

/** The result of get_business. If the model asked for some fields only, the view reads the others. */
export function ListingView({ host, formats, input, result, data }: ViewProps & { data: Business }) {
  const isPart = Array.isArray(input.fields) || typeof input.fields === 'string';
  const [whole, setWhole] = useState<ToolResult>();
  // Once per result.
  useEffect(() => {
    if (!isPart) return;
    let isCurrent = true;
    const finish = (read: ToolResult) => isCurrent && setWhole(read);
    host.callTool('get_business', { business_id: data.id ?? input.business_id }).then(
      raw => finish(readToolResult(raw)),
      error => finish({ error: { code: 'internal', message: String(error), problems: [] } }),
    );
    return () => {
      isCurrent = false;
    };
  }, [result]);
  const rest = !isPart || whole?.data ? undefined : (whole?.error ?? 'reading');
  return <Listing business={whole?.data ?? data} host={host} formats={formats} {...(rest && { rest })} />;
}
