import type { Config } from '../../../config/config.ts';
import type { Language } from '../../../core/pages/languages.ts';
import { DEFAULT_TOOLS, permittedTools } from '../../../mcp/tool-filter/enabled-tools.ts';
import type { Effect, Tool } from '../../../tools/definition/define-tool.ts';
import { TOOLSETS, type Toolset, toolsets } from '../../../tools/index.ts';
import type { Credentials } from '../../deployment/credentials.ts';
import { credentialsOf, urlForCallers, urlForRequest } from '../../deployment/deployment.ts';
import { exampleArguments } from './example-arguments.ts';
import type { ScriptModel } from './script-model.ts';
import type { Choices, ListedTool } from './selection.ts';
import toolTokens from './tool-tokens.json' with { type: 'json' };

export interface DemoKey {
  key: string;
  about: string;
}

export interface PageTool extends ListedTool {
  title: string;
  toolset: Toolset;
  effect: Effect;
}

/** What the page shows of this deployment. */
export interface ConnectModel extends ScriptModel {
  language: Language;
  credentials: Credentials;
  version: string;
  environment: 'production' | 'sandbox' | 'demo' | 'custom';
  limitsIn: 'Redis' | 'process';
  /** Those that the operator permits. */
  tools: readonly PageTool[];
  /** Whether the operator lets nobody write. */
  readOnly: boolean;
  /** Present in the demo. */
  demoKeys: readonly DemoKey[];
}

export interface Deployment {
  config: Config;
  /** The keys of the demo; empty elsewhere. */
  demoKeys: readonly DemoKey[];
}

export interface Visit {
  language: Language;
  request: Parameters<typeof urlForRequest>[1];
  /** Whether the scripts of this page may call /mcp. */
  mayCall: boolean;
}

/** Returns the model of the page for a visit. */
export function createModel({ config, demoKeys }: Deployment): (visit: Visit) => ConnectModel {
  const permitted = permittedTools(config).tools;
  const tools = TOOLSETS.flatMap(toolset =>
    toolsets[toolset].filter(tool => permitted.includes(tool)).map(tool => pageTool(tool, toolset)),
  );
  const credentials = credentialsOf(config, demoKeys[0]?.key);
  const isDemo = demoKeys.length > 0;
  const names = tools.map(({ name }) => name);
  const keyCheckTool = (['get_account', 'search_businesses'] as const).find(name => names.includes(name));
  const shared = {
    urlIsSet: config.PUBLIC_URL !== undefined,
    credentials,
    version: config.version,
    environment: environmentOf(config.environment),
    limitsIn: config.REDIS_URL === undefined ? 'process' : 'Redis',
    // Those without credentials may not learn of them.
    tools: config.ANONYMOUS_DISCOVERY ? tools : [],
    choices: choicesOf(config, permitted),
    frameTokens: toolTokens.frame,
    readOnly: config.READ_ONLY,
    demoKeys,
  } as const;
  return ({ language, mayCall, request }) => ({
    ...shared,
    language,
    url: urlForRequest(config, request) ?? urlForCallers(config, config.PORT),
    keyCheckTool: mayCall && credentials.header ? keyCheckTool : undefined,
    examples: mayCall && isDemo && credentials.header?.holds === 'key' ? exampleArguments(names) : undefined,
  });
}

const pageTool = ({ name, title, effect, optional }: Tool, toolset: Toolset): PageTool => ({
  name,
  title,
  toolset,
  effect,
  optional: optional === true,
  tokens: (toolTokens.tools as Record<string, number>)[name] ?? 0,
});

function choicesOf({ TOOLSETS: offered, READ_ONLY }: Config, permitted: readonly Tool[]): Choices {
  const named = TOOLSETS.filter(name => toolsets[name].some(tool => permitted.includes(tool)));
  const hasDefault = DEFAULT_TOOLS.some(tool => permitted.includes(tool));
  const selections = offered
    ? ['all', ...(hasDefault ? ['default'] : []), ...named]
    : ['default', ...named, 'all'];
  const readonly = !READ_ONLY && permitted.some(({ effect }) => effect !== 'reads');
  return { base: offered ? 'all' : 'default', selections, readonly };
}

function environmentOf(name: string): ConnectModel['environment'] {
  return name === 'production' || name === 'sandbox' || name === 'demo' ? name : 'custom';
}
