type Values = Record<string, unknown>;

/**
 * Arguments that clients and gateways add to every call for themselves. No tool may use these names, which a test checks.
 * Any other unknown name is an error, so that a model learns of a misspelt argument.
 */
export const CLIENT_ARGUMENTS = new Set([
  // n8n: https://github.com/n8n-io/n8n/issues/21500 and 21716, https://github.com/sansan0/TrendRadar/issues/768
  'toolCallId',
  'sessionId',
  'chatInput',
  'action',
  'tool',
  // The same in the spelling of Python frameworks (LangChain's InjectedToolCallId).
  'tool_call_id',
  // Cline's list of what is done: https://github.com/cline/cline/issues/8256, 9919, 10426
  'task_progress',
  // Gemini CLI's scheduler: https://github.com/google-gemini/gemini-cli/issues/27403
  'wait_for_previous',
  // Antigravity's scheduler has this parameter in the schema of each tool.
  'waitForPreviousTools',
  // CrewAI: https://github.com/crewAIInc/crewAI/issues/4796
  'security_context',
  // OpenHands adds it to the schema of each tool: https://github.com/OpenHands/software-agent-sdk/pull/607
  'security_risk',
  // Letta adds it to the schema of each tool, to be called again.
  'request_heartbeat',
  // SiYuan: https://github.com/siyuan-note/siyuan/issues/17927
  '_sessionID',
  // mcpproxy: https://github.com/smart-mcp-proxy/mcpproxy-go/issues/322
  '_auth_auth_type',
  // LangChain's adapters carry it in the arguments: https://github.com/langchain-ai/langchain-mcp-adapters/pull/412
  '_meta',
  // Cursor's "dummy parameter for no-parameter tools".
  'random_string',
]);

/** Returns the arguments without those that the client added. */
export const withoutClientArguments = (tool: string, args: Values): Values =>
  Object.fromEntries(
    Object.entries(args).filter(([name, value]) => !CLIENT_ARGUMENTS.has(name) || isOther(name, value, tool)),
  );

/** Whether an argument came from the model after all. Clients add the common words `action` and `tool` with known values only. */
function isOther(name: string, value: unknown, tool: string): boolean {
  if (name === 'action') return value !== 'sendMessage' && value !== 'loadPreviousSession';
  return name === 'tool' && value !== tool;
}
