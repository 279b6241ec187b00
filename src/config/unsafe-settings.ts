import { isLoopback, travelsInClear } from '../core/loopback.ts';

/** Settings with which an operator accepts a risk. */
type Consent = 'ALLOW_INSECURE_PARTOO_BASE_URL' | 'ALLOW_INSECURE_NODE';

interface Risk {
  /** The setting and its risk, without a full stop. */
  says: string;
  /** Turns the fault into a warning. */
  consent: Consent;
}

/** Settings that silently undo what the server promises. `faults` stop the start; accepted risks are `warnings`. */
export function unsafeSettings(env: NodeJS.ProcessEnv, nodeFlags: string[]) {
  const risks = [...plainPartoo(env), ...insecureNode(env, nodeFlags)];
  const consented = ({ consent }: Risk) => env[consent]?.toLowerCase() === 'true';
  return {
    faults: risks
      .filter(risk => !consented(risk))
      .map(({ says, consent }) => `${says} (or set ${consent}=true if you mean it)`),
    warnings: risks.filter(consented).map(({ says, consent }) => `${says}: allowed by ${consent}`),
  };
}

function plainPartoo({ PARTOO_BASE_URL: url = '' }: NodeJS.ProcessEnv): Risk[] {
  if (!URL.canParse(url) || !travelsInClear(url)) return [];
  return [
    {
      says: `PARTOO_BASE_URL: callers' keys would travel in clear to ${new URL(url).host}, which may be another machine; use https`,
      consent: 'ALLOW_INSECURE_PARTOO_BASE_URL',
    },
  ];
}

function insecureNode(env: NodeJS.ProcessEnv, nodeFlags: string[]): Risk[] {
  const risks: string[] = [];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    risks.push(
      'NODE_TLS_REJECT_UNAUTHORIZED: 0 accepts any certificate, so that anybody on the way to Partoo could read ' +
        "callers' keys; remove it, and name the authority you trust in NODE_EXTRA_CA_CERTS",
    );
  }
  const flags = [...nodeFlags, env.NODE_OPTIONS ?? ''].join(' ').replaceAll('"', '');
  for (const [flag, name = '', value = ''] of flags.matchAll(FLAG)) {
    const why = whyInsecure(name, value);
    if (why !== undefined) risks.push(`NODE_OPTIONS: ${flag} ${why}; remove it`);
  }
  if (prints(env.NODE_DEBUG, ['undici', 'fetch'])) {
    risks.push("NODE_DEBUG: its output holds callers' arguments, and with * their keys; remove it");
  }
  if (prints(env.DEBUG, ['ioredis:redis', 'ioredis:connection', 'ioredis:cluster'])) {
    risks.push("DEBUG: ioredis' output holds the password of the Redis; remove it");
  }
  return risks.map(says => ({ says, consent: 'ALLOW_INSECURE_NODE' }));
}

/** A flag's value follows `=` or a space. */
const FLAG = /(?<!\S)--([^\s=]+)(?:[=\s]+([^-\s]\S*))?/g;

/** As Node reads its flags: `_` is `-`. */
function whyInsecure(name: string, value: string): string | undefined {
  switch (name.replaceAll('_', '-')) {
    case 'insecure-http-parser':
      return 'accepts requests that proxies read otherwise, which lets one caller smuggle a request into those of another';
    case 'tls-min-v1.0':
    case 'tls-min-v1.1':
      return 'allows versions of TLS that can be broken';
    case 'tls-keylog':
      return "writes to a file with what callers' keys can be read on the wire";
    case 'security-revert':
      return 'brings back a hole that Node has closed';
    case 'inspect':
    case 'inspect-brk':
    case 'inspect-wait':
    case 'inspect-port': {
      const host = value.replace(/:?\d*$/, '').replace(/^\[|\]$/g, '');
      return host === '' || isLoopback(host)
        ? undefined
        : 'lets anybody who reaches its port run code here and read every key';
    }
    default:
      return undefined;
  }
}

/** Whether a list as in `DEBUG`, with `*` as a wildcard, selects one of `sources`. */
function prints(list: string | undefined, sources: string[]): boolean {
  return (list ?? '').split(/[\s,]+/).some(item => {
    if (item === '' || item.startsWith('-')) return false;
    const pattern = item.replaceAll(/[^\w*:-]/g, '.').replaceAll('*', '.*');
    return sources.some(source => new RegExp(`^${pattern}$`, 'i').test(source));
  });
}
