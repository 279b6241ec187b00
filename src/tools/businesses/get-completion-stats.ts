import * as z from 'zod';
import { EVERY_STATUS } from '../../partoo/api/businesses.ts';
import { defineTool } from '../definition/define-tool.ts';
import { listOf, text } from '../fields/index.ts';
import { businessIn, country, STATUS_ALIASES } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';

export const getCompletionStats = defineTool({
  name: 'get_completion_stats',
  title: 'Get completion statistics',
  description:
    'How complete the listings are: average rate in percent, and how many businesses have a low, middle or high one. Takes ' +
    'filters of search_businesses.',
  effect: 'reads',
  optional: true,
  input: {
    business__in: businessIn,
    query: text('Fuzzy search in name, city and zip code.').optional(),
    city: text('Exact city.').optional(),
    country,
    status: listOf(EVERY_STATUS, 'Default: open. One or several', { aliases: STATUS_ALIASES }).optional(),
  },
  output: z.object({
    average_completion_rate: out.number(),
    counts: out.object({ low: out.number(), mid: out.number(), high: out.number() }),
  }),
  run: (args, { partoo }) => partoo.businesses.completion(args),
});
