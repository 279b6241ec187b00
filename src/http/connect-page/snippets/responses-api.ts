import { type Configuration, headersWith, pretty } from './header.ts';

/** An entry of `tools` for the OpenAI Responses API. */
export const responsesApi: Configuration = (url, header) =>
  pretty({
    type: 'mcp',
    server_label: 'partoo',
    server_url: url,
    ...headersWith(header),
    require_approval: 'always',
  });
