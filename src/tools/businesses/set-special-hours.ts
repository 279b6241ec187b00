import * as z from 'zod';
import { defineTool } from '../definition/define-tool.ts';
import { flag, structure } from '../fields/index.ts';
import { businessIds } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { changeHours } from './change-hours.ts';
import { closedPeriods, dayInTwo, openPeriods, withoutPast } from './hours/specific-hours.ts';

/** One request reads that many. */
const MAX_BUSINESSES = 100;

const hours = (what: string, description?: string) =>
  out.openObject(`special_hours.businesses.${what}`, description);

export const setSpecialHours = defineTool({
  name: 'set_special_hours',
  title: 'Set special hours',
  description:
    'Close or open many businesses on given dates in one call, publicly. Keeps all other exceptions, and writes only ' +
    'what changes. dry_run first shows before and after. If it stops early, call again with the same arguments: ' +
    'finished businesses are skipped.',
  effect: 'replaces',
  optional: true,
  consequence: 'changes the public special hours of many businesses',
  input: {
    business__in: businessIds(`Business ids, up to ${MAX_BUSINESSES}`).refine(
      ids => ids.length <= MAX_BUSINESSES,
      { error: `must have at most ${MAX_BUSINESSES} businesses; call again for the others` },
    ),
    open: structure(openPeriods, 'Days with other hours, ends_at inclusive.').optional(),
    close: structure(closedPeriods, 'Days to be closed, ends_at inclusive.').optional(),
    dry_run: flag('true: show what would change and change nothing.').optional(),
  },
  check({ open = [], close = [] }) {
    if (open.length + close.length === 0) {
      return [{ argument: 'close', message: 'give periods in close, open or both' }];
    }
    const message = dayInTwo(open, close);
    const ahead = withoutPast({ open, close }, new Date());
    const passed = open.length + close.length - ahead.open.length - ahead.close.length;
    return [
      ...(message === undefined ? [] : [{ argument: 'open', message }]),
      ...(passed === 0
        ? []
        : [
            {
              argument: 'close',
              message: `has ${passed} that have passed; leave them out and check the year`,
            },
          ]),
    ];
  },
  output: z.object({
    note: z.string(),
    retry_after_seconds: out.number(),
    businesses: out.rows({
      business_id: out.text('special_hours.businesses.business_id'),
      business: out.businessName('special_hours.businesses'),
      result: out.text(
        'special_hours.businesses.result',
        'changed, unchanged, would_change, not_found, failed, unknown (may have changed) or not_done',
      ),
      error: out.text('special_hours.businesses.error', 'Error code'),
      reason: out.text('special_hours.businesses.reason'),
      before: hours('before', 'Of a changed business: what was replaced'),
      after: hours('after'),
    }),
  }),
  view: { rows: 'businesses' },
  job: ({ business__in, open = [], close = [], dry_run = false }, context) =>
    changeHours(business__in, { open, close }, dry_run, context),
});
