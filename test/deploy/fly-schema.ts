/**
 * The parts of fly.toml that we use, from https://fly.io/docs/reference/configuration/. Other names are errors: Fly
 * ignores unknown ones, and so misspelt ones.
 */
const table = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = { type: 'string', minLength: 1 };
const port = { type: 'integer', minimum: 1, maximum: 65_535 };
const flag = { type: 'boolean' };
/** The unit is required: a bare number means milliseconds in some places and seconds in others. */
const duration = { type: 'string', pattern: '^([0-9]+(ms|s|m|h))+$' };
const texts = { type: 'array', items: text };

const check = table(
  {
    grace_period: duration,
    interval: duration,
    timeout: duration,
    method: { enum: ['GET', 'get', 'HEAD', 'head'] },
    path: { type: 'string', pattern: '^/' },
    protocol: { enum: ['http', 'https'] },
    tls_server_name: text,
    tls_skip_verify: flag,
    headers: { type: 'object', additionalProperties: text },
  },
  ['interval', 'timeout', 'grace_period', 'method', 'path'],
);

const concurrency = table(
  {
    type: { enum: ['connections', 'requests'] },
    soft_limit: { type: 'integer', minimum: 1 },
    hard_limit: { type: 'integer', minimum: 1 },
  },
  ['type', 'soft_limit', 'hard_limit'],
);

export const FLY_SCHEMA = table(
  {
    app: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
    primary_region: { type: 'string', pattern: '^[a-z]{3}$' },
    kill_signal: { enum: ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGKILL', 'SIGSTOP'] },
    // In seconds. Fly's maximum is five minutes.
    kill_timeout: { type: 'integer', minimum: 1, maximum: 300 },
    swap_size_mb: { type: 'integer', minimum: 1 },
    build: table({ dockerfile: text, ignorefile: text, 'build-target': text, args: { type: 'object' } }),
    // Values must be strings, and Fly reserves the prefix FLY_.
    env: {
      type: 'object',
      propertyNames: { pattern: '^(?!FLY_)[A-Z][A-Z0-9_]*$' },
      additionalProperties: { type: 'string' },
    },
    http_service: table(
      {
        processes: texts,
        internal_port: port,
        force_https: flag,
        auto_stop_machines: { enum: ['off', 'stop', 'suspend'] },
        auto_start_machines: flag,
        min_machines_running: { type: 'integer', minimum: 0 },
        concurrency,
        http_options: { type: 'object' },
        tls_options: { type: 'object' },
        checks: { type: 'array', items: check, minItems: 1 },
      },
      ['internal_port', 'concurrency', 'checks'],
    ),
    vm: {
      type: 'array',
      items: table({
        size: { type: 'string', pattern: '^(shared-cpu|performance)-[0-9]+x$' },
        memory: { type: 'string', pattern: '^[0-9]+(mb|gb|MB|GB)$' },
        cpus: { enum: [1, 2, 4, 8, 16] },
        cpu_kind: { enum: ['shared', 'performance'] },
        processes: texts,
      }),
    },
    metrics: table({ port, path: { type: 'string', pattern: '^/' }, processes: texts }, ['port', 'path']),
    deploy: table({
      strategy: { enum: ['rolling', 'immediate', 'canary', 'bluegreen'] },
      max_unavailable: { type: 'number', exclusiveMinimum: 0 },
      release_command: text,
      release_command_timeout: duration,
      wait_timeout: duration,
    }),
  },
  ['app', 'primary_region', 'kill_signal', 'kill_timeout', 'http_service'],
);
