import { useEffect, useState } from 'preact/hooks';
import { readTool, type ToolResult } from '../../kit/results.ts';
import type { ViewProps } from '../../kit/view.tsx';
import type { Business } from '../values/business.ts';
import { Listing } from './listing.tsx';

/** The result of get_business. If the model asked for some fields only, the view reads the others. */
export function ListingView({ host, formats, input, result, data }: ViewProps & { data: Business }) {
  const isPart = Array.isArray(input.fields) || typeof input.fields === 'string';
  const [whole, setWhole] = useState<ToolResult>();
  // Once per result.
  useEffect(() => {
    if (!isPart) return;
    let isCurrent = true;
    readTool(host, 'get_business', { business_id: data.id ?? input.business_id })
      .then(read => isCurrent && setWhole(read))
      .catch(reportError);
    return () => {
      isCurrent = false;
    };
  }, [result]);
  const rest = !isPart || whole?.data ? undefined : (whole?.error ?? 'reading');
  return <Listing business={whole?.data ?? data} host={host} formats={formats} {...(rest && { rest })} />;
}
