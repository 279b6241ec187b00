import * as z from 'zod';
import { placeholdersIn, textOfTemplate } from '../../partoo/api/message-templates.ts';
import { defineTool } from '../definition/define-tool.ts';
import { page, perPage } from '../fields/shared.ts';
import * as out from '../outputs/outputs.ts';
import { numberedList, toNumberedList } from '../outputs/pages.ts';

const MAX_ROWS = 100;

export const listMessageTemplates = defineTool({
  name: 'list_message_templates',
  title: 'List message templates',
  description:
    'List the saved texts for answering customers, with title, text and number of uses. Write the values in ' +
    'the place of {{placeholders}} before send_message, which sends a text as it is.',
  effect: 'reads',
  optional: true,
  input: { page, per_page: perPage(MAX_ROWS) },
  output: numberedList(
    'templates',
    z.object({
      id: out.text('message_template.id'),
      title: out.text('message_template.title'),
      text: out.text('message_template.text'),
      placeholders: out.list('message_template.placeholders'),
      usage_count: out.number(),
      updated_at: out.time(),
    }),
  ),
  view: { rows: 'templates' },
  async run({ page = 1, per_page = MAX_ROWS }, { partoo }) {
    // Partoo returns them all at once; pages let a model read on where a result was cut.
    const all = await partoo.messageTemplates.list();
    const rows = all.slice((page - 1) * per_page, page * per_page).map(({ content, ...template }) => {
      const text = textOfTemplate(content);
      return { ...template, text, placeholders: placeholdersIn(text ?? '') };
    });
    const maxPage = Math.max(1, Math.ceil(all.length / per_page));
    return toNumberedList('templates', { rows, page, maxPage, count: all.length }, { page, per_page });
  },
});
