import type { Era } from './suite.ts';

/**
 * Maps a scenario, or one of its checks (`scenario:check`), to the reason why it does not apply to this server. The run fails
 * on a failed check that is not excluded, on a passed check that is, and on a passed check of an excluded scenario.
 */
export type Exclusions = Record<string, string>;

export type Part = 'as it ships' | 'with the suite’s tools' | 'with the suite’s tools and sign-in';

const NO_PROMPTS = 'This server declares no prompts.';
const NEEDS_A_RESOURCE_OF_THE_SUITE =
  'It reads a resource of the suite by its URI: it must pass in the second part, which has that resource. The resources here are views.';
const NO_COMPLETION =
  'Only arguments of prompts and of templates of resources are completed, and this server has neither.';
const NO_LOGGING = 'This server declares no logging: its log is its operator’s.';
const NO_TASKS = 'Tasks are an extension that this server does not declare: no call outlives its request.';
const NO_CHANGES =
  'This server declares no listChanged: its lists change only with a release, and are cached for ttlMs.';
const NO_QUESTIONS =
  'No tool, not even of the fixtures, sends a request to a 2025 client: its response would be a POST of its own, which a server without sessions cannot match to the waiting call.';
const NO_SUBSCRIPTIONS =
  'Not even the fixtures allow subscriptions: a 2025 client receives changes in the stream of its session, and this server keeps no sessions.';
const NO_SESSIONS = 'It tests sessions, and this server keeps none: every POST stands alone.';
const NO_RESUMING = 'It resumes a stream, and ours have no event ids: a call ends with its stream.';
/** A test ensures that scenarios excluded for this reason are not excluded with the suite's own tools. */
export const NEEDS_A_TOOL_OF_THE_SUITE =
  'It calls a tool of the suite by name: it must pass in the second part, which has that tool.';

const each = (names: string[], why: string): Exclusions => Object.fromEntries(names.map(name => [name, why]));

/** Scenarios that no server without sessions can pass, whatever its tools. */
const WITHOUT_SESSIONS = {
  ...each(
    [
      'tools-call-sampling',
      'tools-call-elicitation',
      'elicitation-sep1034-defaults',
      'elicitation-sep1330-enums',
    ],
    NO_QUESTIONS,
  ),
  ...each(['resources-subscribe', 'resources-unsubscribe'], NO_SUBSCRIPTIONS),
  ...each(['server-sse-multiple-streams', 'server-session-lifecycle'], NO_SESSIONS),
  'server-sse-polling': NO_RESUMING,
};

const EXTENSIONS = each(
  [
    'tasks-lifecycle',
    'tasks-capability-negotiation',
    'tasks-wire-fields',
    'tasks-request-state-removal',
    'tasks-mrtr-input',
    'tasks-request-headers:tasks-headers-tolerate-mcp-method-on-tools-call',
    'tasks-request-headers:sep-2663-routing-headers-accepted-on-tasks-get',
    'tasks-request-headers:sep-2663-server-rejects-mismatched-mcp-name-on-tasks-get',
    'tasks-dispatch-and-envelope:tasks-server-directed-creation-no-hint',
    'tasks-dispatch-and-envelope:sep-2663-legacy-task-param-ignored',
    'tasks-dispatch-and-envelope:tasks-immediate-result-shortcut',
    'tasks-dispatch-and-envelope:tasks-result-type-complete-on-non-task-responses',
    'tasks-dispatch-and-envelope:sep-2663-durable-create-strong-consistency',
    'tasks-dispatch-and-envelope:sep-2663-tasks-get-invalid-task-id-32602',
    'tasks-status-notifications',
    'tasks-required-task-error',
    'tasks-mrtr-composition',
  ],
  NO_TASKS,
);

const LISTS_THAT_CHANGE = each(
  [
    'server-stateless:sep-2575-server-sends-prompts-list-changed-on-subscription',
    'server-stateless:sep-2575-server-sends-tools-list-changed-on-subscription',
  ],
  NO_CHANGES,
);

/** Scenarios of both eras that need prompts, or resources of the suite. */
const PROMPTS_AND_RESOURCES = {
  ...each(
    [
      'prompts-get-simple',
      'prompts-get-with-args',
      'prompts-get-embedded-resource',
      'prompts-get-with-image',
    ],
    NO_PROMPTS,
  ),
  ...each(
    ['resources-read-text', 'resources-read-binary', 'resources-templates-read'],
    NEEDS_A_RESOURCE_OF_THE_SUITE,
  ),
  'completion-complete': NO_COMPLETION,
};

/** Scenarios of both eras that call tools of the suite. */
const CALLS = each(
  [
    'tools-call-simple-text',
    'tools-call-image',
    'tools-call-audio',
    'tools-call-embedded-resource',
    'tools-call-mixed-content',
    'tools-call-error',
    'tools-call-with-progress',
    'json-schema-2020-12',
  ],
  NEEDS_A_TOOL_OF_THE_SUITE,
);

const WITH_TOOLS: Record<Era, Exclusions> = {
  '2026-07-28': { ...EXTENSIONS, ...LISTS_THAT_CHANGE },
  '2025-11-25': { ...WITHOUT_SESSIONS },
};

export const EXCLUSIONS: Record<Part, Record<Era, Exclusions>> = {
  'as it ships': {
    '2026-07-28': {
      ...PROMPTS_AND_RESOURCES,
      ...CALLS,
      ...EXTENSIONS,
      ...LISTS_THAT_CHANGE,
      ...each(
        [
          'server-stateless:sep-2575-server-rejects-undeclared-capability',
          'server-stateless:sep-2575-missing-capability-http-400',
          'server-stateless:sep-2575-http-server-no-independent-requests-on-stream',
          'server-stateless:sep-2575-server-no-log-without-loglevel',
          'input-required-result-basic-elicitation',
          'input-required-result-basic-sampling',
          'input-required-result-basic-list-roots',
          'input-required-result-request-state',
          'input-required-result-multiple-input-requests',
          'input-required-result-multi-round',
          'input-required-result-missing-input-response',
          'input-required-result-result-type',
          'input-required-result-tampered-state',
          'input-required-result-capability-check',
          'input-required-result-ignore-extra-params',
          'http-custom-header-server-validation',
        ],
        NEEDS_A_TOOL_OF_THE_SUITE,
      ),
      'input-required-result-non-tool-request': NO_PROMPTS,
      'prompts-list': NO_PROMPTS,
      'caching:sep-2549-prompts-list-caching-hints': NO_PROMPTS,
    },
    '2025-11-25': {
      ...PROMPTS_AND_RESOURCES,
      ...CALLS,
      ...WITHOUT_SESSIONS,
      'logging-set-level': NO_LOGGING,
      'tools-call-with-logging': NO_LOGGING,
    },
  },
  'with the suite’s tools': WITH_TOOLS,
  'with the suite’s tools and sign-in': WITH_TOOLS,
};
