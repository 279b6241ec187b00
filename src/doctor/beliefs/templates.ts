import { isObject } from '../../core/is-object.ts';
import { PLACEHOLDERS, placeholdersIn, textOfTemplate } from '../../partoo/api/message-templates.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import { readSuccess } from '../../partoo/responses/success.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief, CodePlace } from '../checks/belief.ts';
import { everyRow, hasFields, rowsIn } from '../checks/fields.ts';
import { narrows, narrowsTo } from '../checks/filters.ts';
import { hasCounts, hasList, type Row, refusal } from '../checks/lists.ts';
import { startsAtOne } from '../checks/pages.ts';
import { shapeOf } from '../model/shape.ts';
import { confirmed, contradicted, NotTested } from '../model/verdict.ts';

const API = 'src/partoo/api/reviews/review-templates.ts';
const TOOL = 'src/tools/reviews/list-review-reply-templates.ts';
const LIST = 'reply_templates';
type Query = Parameters<Partoo['reviewTemplates']['search']>[0];

const search =
  (query: Partial<Query> = {}): Build =>
  partoo =>
    partoo.reviewTemplates.search({ page: 1, ...query });

const ALL = search();
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
/** Partoo may not distinguish cases and accents. */
const fold = (value: unknown) =>
  String(value ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase();

const byFlag = (name: 'positive' | 'neutral' | 'negative'): Belief => ({
  id: `templates.reply.filter.${name}`,
  says: `${name}=true returns only templates for these ratings`,
  grade: 'D',
  code: `${API}#${name}?:` as CodePlace,
  check: narrows({ list: LIST, all: ALL, some: search({ [name]: true }), fits: row => row[name] === true }),
});

const byWord = (name: 'title_query' | 'text_query', field: 'title' | 'text'): Belief => ({
  id: `templates.reply.filter.${field}`,
  says: `${name} returns only templates whose ${field} contains it`,
  grade: 'D',
  code: `${API}#${name}` as CodePlace,
  check: narrowsTo(
    LIST,
    ALL,
    row => /\p{L}{4,}/u.exec(String(row[field] ?? ''))?.[0],
    value => search({ [name]: value }),
    (row, value) => fold(row[field]).includes(fold(value)),
  ),
});

const KNOWN = ['client_full_name', 'client_first_name', 'business_name', 'my_first_name'];

const forReplies: Belief[] = [
  {
    id: 'templates.reply.list',
    says: 'GET /reviews/templates/search answers with a list reply_templates',
    grade: 'D',
    code: `${API}#'/reviews/templates/search', 'reply_templates'`,
    check: hasList(ALL, LIST),
  },
  {
    id: 'templates.reply.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(ALL, LIST, ['page', 'max_page', 'count']),
  },
  {
    id: 'templates.reply.pages',
    says: 'page starts at 1',
    grade: 'D',
    code: `${API}#default is 0`,
    check: startsAtOne(
      LIST,
      page => search({ page }),
      row => row.id,
    ),
  },
  byFlag('positive'),
  byFlag('neutral'),
  byFlag('negative'),
  {
    id: 'templates.reply.filter.language',
    says: 'language__in returns only templates in these languages',
    grade: 'D',
    code: `${API}#language__in`,
    check: narrowsTo(
      LIST,
      ALL,
      row => text(row.language),
      value => search({ language__in: [value] }),
      (row, value) => row.language === value,
    ),
  },
  byWord('title_query', 'title'),
  byWord('text_query', 'text'),
  {
    id: 'templates.reply.fields',
    says: 'a template has the documented fields',
    grade: 'D',
    code: `${TOOL}#reply_template.title`,
    check: hasFields(rowsIn(ALL, LIST), {
      id: 'integer',
      language: 'text',
      title: 'text',
      text: 'text',
      positive: 'boolean',
      neutral: 'boolean',
      negative: 'boolean',
      update_date: 'utcTime',
    }),
  },
  {
    id: 'templates.reply.placeholders',
    says: `GET /reviews/templates/placeholders answers with names, ${KNOWN.join(', ')} among them`,
    grade: 'D',
    code: `${API}#readPlaceholders`,
    check: async probe => {
      const answer = await probe.ask(partoo => partoo.reviewTemplates.placeholders());
      if (answer.status !== 200) return contradicted(refusal(answer));
      const read = readSuccess(answer.request, answer);
      const names = 'result' in read && Array.isArray(read.result) ? read.result.map(String) : [];
      const missing = KNOWN.filter(known => !names.some(name => name.includes(known)));
      if (missing.length === 0) return confirmed();
      return contradicted(`no ${missing.join(', ')} in ${shapeOf(answer.json)}`);
    },
  },
];

const MESSAGE_API = 'src/partoo/api/message-templates.ts';
const MESSAGE_TOOL = 'src/tools/messages/list-message-templates.ts';

async function messageTemplates(probe: Probe): Promise<Row[]> {
  const { status, json } = await probe.ask(partoo => partoo.messageTemplates.list());
  if (status !== 200 || !Array.isArray(json)) throw new NotTested('the templates cannot be read');
  return json.filter(isObject);
}

/** The content is JSON that has the text. A content that is read as it is, is something else. */
const isWrapped = (content: unknown) => {
  const read = textOfTemplate(content);
  return read !== undefined && read !== content;
};

const forMessages: Belief[] = [
  {
    id: 'templates.message.list',
    says: 'GET /messaging/templates answers with a bare list',
    grade: 'D',
    code: `${MESSAGE_API}#/messaging/templates`,
    check: async probe => {
      const answer = await probe.ask(partoo => partoo.messageTemplates.list());
      if (answer.status !== 200) return contradicted(refusal(answer));
      return Array.isArray(answer.json) ? confirmed() : contradicted(`the answer is ${shapeOf(answer.json)}`);
    },
  },
  {
    id: 'templates.message.fields',
    says: 'a template has id, title, content, usage_count and updated_at',
    grade: 'D',
    code: `${MESSAGE_TOOL}#message_template.title`,
    check: hasFields(messageTemplates, {
      id: 'text',
      title: 'text',
      content: 'text',
      usage_count: 'integer',
      updated_at: 'utcTime',
    }),
  },
  {
    id: 'templates.message.content',
    says: 'content is JSON with text, possibly without a comma after it',
    grade: 'D',
    code: `${MESSAGE_API}#textOfTemplate`,
    check: everyRow(messageTemplates, row => row.content, isWrapped, 'content is no such JSON'),
  },
  {
    id: 'templates.message.placeholders',
    says: 'placeholders are written {{name}}, and are among those of the documentation',
    grade: 'D',
    code: `${MESSAGE_API}#PLACEHOLDERS`,
    check: everyRow(
      messageTemplates,
      ({ content }) => {
        const names = placeholdersIn(textOfTemplate(content) ?? '');
        return names.length > 0 ? names : undefined;
      },
      names => (names as string[]).every(name => PLACEHOLDERS.includes(name)),
      'there are others',
    ),
  },
];

export const templates: Belief[] = [...forReplies, ...forMessages];
