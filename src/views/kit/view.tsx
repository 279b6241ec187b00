import './theme.css';
import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { type ComponentType, render } from 'preact';
import { useState } from 'preact/hooks';
import { Host } from './host.ts';
import { type Formats, formatsOf } from './locale.ts';
import { ErrorMessage, Skeleton } from './messages.tsx';
import { readToolResult, type ToolResult, type Values } from './results.ts';
import { COMMON } from './texts.ts';

export interface ViewProps {
  host: Host;
  formats: Formats;
  context: McpUiHostContext;
  /** The tools of the connection: what the view may offer. */
  enabledTools: ReadonlySet<string>;
  /** The tool whose call the view shows, where the host says so. */
  tool: string | undefined;
  /** The arguments of that call. */
  input: Values;
  /** Absent while the call runs. */
  result: ToolResult | undefined;
  /** The host has given the call up. It may have been carried out. */
  isCancelled: boolean;
}

interface ViewOptions {
  /** The view shows something before the call has a result. */
  beforeResult?: boolean;
  /** The view shows errors and cancelled calls itself. */
  failures?: boolean;
}

interface State {
  context: McpUiHostContext;
  input: Values;
  result?: ToolResult;
  isCancelled: boolean;
}

/** Connects to the host and renders a view. */
export function startView(
  name: string,
  View: ComponentType<ViewProps>,
  { beforeResult = false, failures = false }: ViewOptions = {},
): void {
  const state: State = { context: {}, input: {}, isCancelled: false };
  let update = () => {};
  const change = (changed: Partial<State>) => {
    Object.assign(state, changed);
    update();
  };
  const host = new Host({
    toolInput: input => change({ input }),
    toolResult: raw => change({ result: readToolResult(raw) }),
    toolCancelled: () => change({ isCancelled: true }),
    contextChanged(context) {
      applyTheme(context);
      change({ context });
    },
  });
  const enabledTools = new Set<string>(
    JSON.parse(document.getElementById('enabled-tools')?.textContent || '[]'),
  );

  function Root() {
    const [, setVersion] = useState(0);
    update = () => setVersion(version => version + 1);
    const { context, input, result, isCancelled } = state;
    const formats = formatsOf(context.locale, context.timeZone);
    const texts = COMMON[formats.language];
    if (isCancelled && !result && !failures) return <p class="note">{texts.cancelled}</p>;
    if (!result && !beforeResult) return <Skeleton label={texts.loading} />;
    if (result?.error && !failures) return <ErrorMessage error={result.error} language={formats.language} />;
    const tool = context.toolInfo?.tool.name;
    const props = { host, formats, context, enabledTools, tool, input, result, isCancelled };
    return <View {...props} />;
  }

  const root = document.getElementById('view');
  if (!root) throw new Error('No element for the view');
  render(<Root />, root);
  host.connect(name).catch(error => change({ result: { error: connectionError(error) } }));
}

const connectionError = (error: unknown) => ({ code: 'internal', message: String(error), problems: [] });

function applyTheme({ theme, styles, locale }: McpUiHostContext): void {
  const { documentElement: root } = document;
  if (theme) root.dataset.theme = theme;
  root.lang = formatsOf(locale, undefined).language;
  for (const [name, value] of Object.entries(styles?.variables ?? {})) {
    if (name.startsWith('--') && value) root.style.setProperty(name, value);
  }
}
