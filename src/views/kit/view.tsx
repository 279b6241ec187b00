import './theme.css';
import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { type ComponentType, render } from 'preact';
import { useState } from 'preact/hooks';
import { Host } from './host.ts';
import { type Formats, formatsOf } from './locale.ts';
import { ErrorMessage, Skeleton } from './messages.tsx';
import { readToolResult, type ToolResult } from './results.ts';
import { COMMON } from './texts.ts';
import type { Values } from './values.ts';

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

interface State {
  context: McpUiHostContext;
  input: Values;
  result?: ToolResult;
  isCancelled: boolean;
}

/** Connects to the host and renders a view. `showsItself`: the view shows also a call without a result, or its error. */
export function startView(
  name: string,
  View: ComponentType<ViewProps>,
  showsItself: (props: ViewProps) => boolean = () => false,
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
    const tool = context.toolInfo?.tool.name;
    const props = { host, formats, context, enabledTools, tool, input, result, isCancelled };
    if (result?.data || showsItself(props)) return <View {...props} />;
    if (result) return <ErrorMessage error={result.error} language={formats.language} />;
    return isCancelled ? <p class="note">{texts.cancelled}</p> : <Skeleton label={texts.loading} />;
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
