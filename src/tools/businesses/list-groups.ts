import * as z from 'zod';
import { mapInBatches } from '../../core/batches.ts';
import type { NumericId } from '../../core/json.ts';
import { objectsIn } from '../../partoo/responses/confirmation.ts';
import { defineTool } from '../definition/define-tool.ts';
import { text } from '../fields/index.ts';
import { page } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

const AT_ONCE = 4;

export const listGroups = defineTool({
  name: 'list_groups',
  title: 'List groups',
  description:
    'List the groups that businesses belong to, by section. Group ids are for `groups` of update_business and ' +
    'get_review_metrics.',
  effect: 'reads',
  optional: true,
  input: { group_name_query: text('Words in the name of a group.').optional(), page },
  output: numberedList(
    'sections',
    z.object({
      id: out.id(),
      name: out.text('section.name'),
      groups: out.rows({ id: out.id(), name: out.text('section.groups.name') }),
    }),
  ),
  view: { rows: 'sections' },
  async run(args, { partoo }) {
    const found = await partoo.sections.search({ ...args, page: args.page ?? 1 });
    const rows = await mapInBatches(objectsIn(found.rows), AT_ONCE, async section =>
      // Partoo does not say whether the list has the groups.
      section.groups === undefined ? partoo.sections.get(section.id as NumericId) : section,
    );
    return toNumberedList('sections', { ...found, rows }, args);
  },
});
