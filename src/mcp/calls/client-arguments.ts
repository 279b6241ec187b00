type Values = Record<string, unknown>;

/** Whether clients send this value: common names such as `action` are not dropped for their name alone. */
type Test = (value: unknown, tool: string) => boolean;

const always: Test = () => true;

/**
 * Arguments that clients and gateways add to every call for themselves. No tool may use these names, which a test checks.
 * Any other unknown name is an error, so that a model learns of a misspelt argument.
 */
const ADDED_BY_CLIENTS = new Map<string, Test>([
  // n8n: https://github.com/n8n-io/n8n/issues/21500 and 21716, https://github.com/sansan0/TrendRadar/issues/768
  ['toolCallId', always],
  ['sessionId', always],
  ['chatInput', always],
  ['action', value => value === 'sendMessage' || value === 'loadPreviousSession'],
  ['tool', (value, tool) => value === tool],
  // The same in the spelling of Python frameworks (LangChain's InjectedToolCallId).
  ['tool_call_id', always],
  // Cline's list of what is done: https://github.com/cline/cline/issues/8256, 9919, 10426
  ['task_progress', always],
  // Gemini CLI's scheduler: https://github.com/google-gemini/gemini-cli/issues/27403
  ['wait_for_previous', always],
  // Antigravity's scheduler has this parameter in the schema of each tool.
  ['waitForPreviousTools', always],
  // CrewAI: https://github.com/crewAIInc/crewAI/issues/4796
  ['security_context', always],
  // OpenHands adds it to the schema of each tool: https://github.com/OpenHands/software-agent-sdk/pull/607
  ['security_risk', always],
  // Letta adds it to the schema of each tool, to be called again.
  ['request_heartbeat', always],
  // SiYuan: https://github.com/siyuan-note/siyuan/issues/17927
  ['_sessionID', always],
  // mcpproxy: https://github.com/smart-mcp-proxy/mcpproxy-go/issues/322
  ['_auth_auth_type', always],
  // LangChain's adapters carry it in the arguments: https://github.com/langchain-ai/langchain-mcp-adapters/pull/412
  ['_meta', always],
  // Cursor's "dummy parameter for no-parameter tools".
  ['random_string', always],
]);

export const CLIENT_ARGUMENTS = [...ADDED_BY_CLIENTS.keys()];

/** Returns the arguments without those that the client added. */
export function withoutClientArguments(tool: string, given: Values): Values {
  const entries = Object.entries(given);
  const kept = entries.filter(([name, value]) => !ADDED_BY_CLIENTS.get(name)?.(value, tool));
  return kept.length === entries.length ? given : Object.fromEntries(kept);
}
