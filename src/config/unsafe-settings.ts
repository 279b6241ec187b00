import { isLoopback, travelsInClear } from '../core/loopback.ts';
import { type Finding, fault, warning } from './finding.ts';

/** Settings that silently undo what the server promises: faults, or warnings where the operator consents. */
export function unsafeSettings(env: NodeJS.ProcessEnv, nodeFlags: string[]): Finding[] {
  const inClear = unencryptedPartoo(env).map(risk => judge(risk, 'ALLOW_INSECURE_PARTOO_BASE_URL', env));
  return [...inClear, ...insecureNode(env, nodeFlags).map(risk => judge(risk, 'ALLOW_INSECURE_NODE', env))];
}

function judge(risk: string, consent: string, env: NodeJS.ProcessEnv): Finding {
  return env[consent]?.toLowerCase() === 'true'
    ? warning(`${risk}: allowed by ${consent}`)
    : fault(`${risk} (or set ${consent}=true to accept the risk)`);
}

function unencryptedPartoo({ PARTOO_BASE_URL: url = '' }: NodeJS.ProcessEnv): string[] {
  if (!URL.canParse(url) || !travelsInClear(url)) return [];
  const { host } = new URL(url);
  return [
    `PARTOO_BASE_URL: callers' keys would travel in clear to ${host}, which may be another machine; use https`,
  ];
}

function insecureNode(env: NodeJS.ProcessEnv, nodeFlags: string[]): string[] {
  const risks: string[] = [];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    risks.push(
      'NODE_TLS_REJECT_UNAUTHORIZED: 0 accepts any certificate, so anyone between this server and Partoo can read ' +
        "callers' keys; remove it, and name the authority you trust in NODE_EXTRA_CA_CERTS",
    );
  }
  const flags = [...nodeFlags, env.NODE_OPTIONS ?? ''].join(' ').replaceAll('"', '');
  for (const [flag, name = '', value = ''] of flags.matchAll(FLAG)) {
    const why = whyInsecure(name, value);
    if (why !== undefined) risks.push(`NODE_OPTIONS: ${flag} ${why}; remove it`);
  }
  if (prints(env.NODE_DEBUG, ['undici', 'fetch'])) {
    risks.push("NODE_DEBUG: its output contains callers' arguments, and with * their keys; remove it");
  }
  if (prints(env.DEBUG, ['ioredis:redis', 'ioredis:connection', 'ioredis:cluster'])) {
    risks.push('DEBUG: the output of ioredis contains the password of Redis; remove it');
  }
  return risks;
}

/** A flag's value follows `=` or a space. */
const FLAG = /(?<!\S)--([^\s=]+)(?:[=\s]+([^-\s]\S*))?/g;

const OLD_TLS = 'allows versions of TLS that are broken';
const UNSAFE_FLAGS = new Map([
  [
    'insecure-http-parser',
    'accepts requests that proxies read differently, so one caller can smuggle a request into those of another',
  ],
  ['tls-min-v1.0', OLD_TLS],
  ['tls-min-v1.1', OLD_TLS],
  ['tls-keylog', "writes the secrets to a file with which callers' keys can be read from recorded traffic"],
  ['security-revert', 'brings back a vulnerability that Node.js has fixed'],
]);

function whyInsecure(name: string, value: string): string | undefined {
  // Node reads `_` as `-`.
  const flag = name.replaceAll('_', '-');
  if (!/^inspect(-brk|-wait|-port)?$/.test(flag)) return UNSAFE_FLAGS.get(flag);
  const host = value.replace(/:?\d*$/, '');
  if (host === '' || isLoopback(host)) return undefined;
  return 'lets anyone who reaches its port run code here and read every key';
}

/** Whether a list as in `DEBUG`, with `*` as a wildcard, selects one of `sources`. */
function prints(list: string | undefined, sources: string[]): boolean {
  return (list ?? '').split(/[\s,]+/).some(item => {
    if (item === '' || item.startsWith('-')) return false;
    const pattern = item.replaceAll(/[^\w*:-]/g, '.').replaceAll('*', '.*');
    return sources.some(source => new RegExp(`^${pattern}$`, 'i').test(source));
  });
}
