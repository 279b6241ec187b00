import * as z from 'zod';
import { isObject } from '../../core/is-object.ts';
import { defineTool } from '../definition/define-tool.ts';
import { listOf } from '../fields/index.ts';
import { businessIn, PLATFORM_ALIASES, page, perPage } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

const PER_PAGE = 30;

export const getPublisherStates = defineTool({
  name: 'get_publisher_states',
  title: 'Get publisher states',
  description:
    'Whether the listings of businesses are connected to Google and Facebook, and the kind of problem if not ' +
    '(PUBLISHER_CONNEXION, USER_INPUT or EXTERNAL). For the problems of one business use check_business_update.',
  effect: 'reads',
  optional: true,
  input: {
    business__in: businessIn,
    publishers: listOf(['facebook', 'google_my_business'], 'Platforms', {
      aliases: PLATFORM_ALIASES,
    }).optional(),
    states: listOf(['success', 'pending', 'to_configure'], 'States').optional(),
    page,
    per_page: perPage(100),
  },
  output: numberedList(
    'businesses',
    z.object({
      business_id: out.text('publisher_state.business_id'),
      business_name: out.text('publisher_state.business_name'),
      publishers: out.rows({
        name: out.text('publisher_state.publishers.name'),
        state: out.text('publisher_state.publishers.state'),
        error_type: out.text('publisher_state.publishers.error_type'),
        url_on_publisher: out.text('publisher_state.publishers.url_on_publisher'),
      }),
    }),
  ),
  view: { rows: 'businesses' },
  async run({ page = 1, per_page = PER_PAGE, ...filters }, { partoo }) {
    const { rows } = await partoo.publishers.states({ ...filters, page, per_page });
    return toNumberedList('businesses', { rows: rows.filter(isObject).map(toRow) }, { page, per_page });
  },
});

/** Partoo maps names to states; rows of one shape are described to clients. */
function toRow({ publishers, ...business }: Record<string, unknown>) {
  const entries = isObject(publishers) ? Object.entries(publishers) : [];
  return {
    ...business,
    publishers: entries.map(([name, state]) => ({ name, ...(isObject(state) && state) })),
  };
}
