import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listCost } from '../../../scripts/support/tool-tokens.ts';
import { readConfig } from '../../../src/config/config.ts';
import { createModel } from '../../../src/http/connect-page/model/model.ts';
import { filteredUrl, selectTools, tokensOf } from '../../../src/http/connect-page/model/selection.ts';
import { PROMPTS } from '../../../src/http/connect-page/prompts/index.ts';
import { TEXTS } from '../../../src/http/connect-page/texts/index.ts';
import { describeTools } from '../../../src/mcp/catalog/tool-list.ts';
import { defaultToolsOf, permittedTools } from '../../../src/mcp/tool-filter/enabled-tools.ts';
import { createToolFilter } from '../../../src/mcp/tool-filter/tool-filter.ts';
import { DEMO_KEYS } from '../../../src/partoo-emulator/model/keys.ts';
import { TOOLSETS, tools } from '../../../src/tools/index.ts';
import { openConnectPage } from '../../support/connect-page.ts';

const LANGUAGES = ['en', 'fr'] as const;
const names = tools.map(({ name }) => name);

function modelWith(env: Record<string, string>) {
  const config = readConfig(env);
  const request = { protocol: 'https', headers: { host: 'mcp.example.com' } };
  const model = createModel({ config, demoKeys: [] })({ language: 'en', request, mayCall: true });
  return { config, model };
}

/** Every combination of the values, none left out. */
const combinations = (values: readonly string[]): string[][] =>
  values.reduce<string[][]>((all, value) => [...all, ...all.map(others => [...others, value])], [[]]);

describe.each([
  ['nothing', {}],
  ['READ_ONLY', { READ_ONLY: 'true' }],
  ['some TOOLSETS', { TOOLSETS: 'default,reviews' }],
  ['one of the TOOLSETS, read only', { TOOLSETS: 'posts', READ_ONLY: 'true' }],
])('where the operator sets %s', (_, env) => {
  const { config, model } = modelWith(env as Record<string, string>);
  const filter = createToolFilter(permittedTools(config), defaultToolsOf(config));

  test('the page lists for every choice the tools that the server lists for its URL', () => {
    const choices = combinations(model.choices.selections).filter(selections => selections.length > 0);
    for (const readonly of model.choices.readonly ? [false, true] : [false]) {
      for (const selections of choices) {
        const url = new URL(filteredUrl(model.url, model.choices, { selections, readonly }));
        const result = filter({ headers: {}, query: Object.fromEntries(url.searchParams) });
        const served = 'enabledTools' in result ? result.enabledTools.tools.map(({ name }) => name) : result;
        const shown = selectTools(model.tools, { selections, readonly }).map(({ name }) => name);
        expect(shown, url.search).toEqual(served);
      }
    }
  });
});

describe('the tokens of the page', () => {
  const { model } = modelWith({});
  const costOf = (selections: string[]) => {
    const listed = selectTools(model.tools, { selections, readonly: false });
    const described = describeTools(tools.filter(tool => listed.some(({ name }) => name === tool.name)));
    return { shown: tokensOf(listed, model.frameTokens), counted: listCost(described).tokens };
  };

  test.each([[['default']], [['all']], [['reviews']], [['default', 'account']], [['posts', 'analytics']]])(
    'for %j are those of the list that is served',
    selections => {
      const { shown, counted } = costOf(selections);
      expect(shown).toBe(counted);
    },
  );

  test('agree with docs/tokens.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/tokens.md'), 'utf8');
    for (const { name, tokens } of model.tools) {
      expect(page).toMatch(
        new RegExp(`^\\| \`${name}\`(, optional)? \\| ${tokens.toLocaleString('en')} \\|`, 'm'),
      );
    }
  });
});

describe('the questions to ask', () => {
  test.each(TOOLSETS)('of the toolset %s are ten, in both languages; three for the account', toolset => {
    expect(PROMPTS[toolset].length).toBe(toolset === 'account' ? 3 : 10);
    for (const { en, fr } of PROMPTS[toolset]) expect(en).not.toBe(fr);
  });

  test('take tools that exist, one of them of their own toolset', () => {
    for (const [toolset, prompts] of Object.entries(PROMPTS)) {
      for (const prompt of prompts) {
        expect(names).toEqual(expect.arrayContaining([...prompt.tools]));
        expect(TEXTS.en.tools.toolsets).toHaveProperty(toolset);
      }
    }
  });

  test('that write are not shown where nothing can be written', async () => {
    const { body } = await openConnectPage({ READ_ONLY: 'true' });
    expect(body).toContain('Rank our shops by average rating');
    expect(body).not.toContain('Publish only what I approve');
  });
});

describe.each(LANGUAGES)('the texts in %s', language => {
  test('have a summary of every tool and of every key of the demo, and of no other', () => {
    expect(Object.keys(TEXTS[language].tools.summaries).toSorted()).toEqual(names.toSorted());
    expect(Object.keys(TEXTS[language].demo.keysAbout).toSorted()).toEqual(
      DEMO_KEYS.map(({ key }) => key).toSorted(),
    );
  });
});

test('a browser that prefers French gets the page in French', async () => {
  const { headers, body } = await openConnectPage({}, { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.5' });
  expect(headers.vary).toContain('Accept-Language');
  expect(body).toContain('<html lang="fr">');
  expect(body).toContain('Connecter votre assistant');
  const words = body.replaceAll(
    /<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<pre>[\s\S]*?<\/pre>|<[^>]*>/g,
    ' ',
  );
  expect(words).not.toMatch(/\b(the|your|with|and|listed|Copy|Check|Tools)\b/);
});

test('where nobody may list tools without credentials, the page names none', async () => {
  const { body } = await openConnectPage({ ANONYMOUS_DISCOVERY: 'false' });
  expect(body).not.toMatch(/reply_to_review|delete_post/);
  expect(body).toContain('claude mcp add');
});

test.each(['/favicon.ico', '/favicon.svg'])('%s is the icon of the server', async path => {
  const { startServer } = await import('../../support/start.ts');
  const server = await startServer('http://127.0.0.1:1/v2');
  const response = await fetch(`${server.origin}${path}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  expect(await response.text()).toMatch(/^<svg /);
  await server.close();
});
