import { nearest } from '../core/text/did-you-mean.ts';
import { hasFilterWords } from '../mcp/tool-filter/near-misses.ts';
import { type Finding, fault, warning } from './finding.ts';
import { SETTING_NAMES } from './settings.ts';

/** One letter in four: LOGLEVEL is LOG_LEVEL misspelt, HOME is not HOST. */
const TOLERANCE = 1 / 4;

/** Common additions to a setting's name: `MCP_READONLY`, `READ_ONLY_MODE`, `ENABLED_TOOLSETS`. */
const ADDITIONS = /^((X|PARTOO|MCP|SERVER|APP|IS|ENABLED?|ALLOWED|DEFAULT)_)+|_(MODE|ENABLED)$/g;

/** Prefixes of our settings that others seldom use. */
const OURS = ['PARTOO_', 'REDIS_'];

/** Settings of earlier versions, each with its replacement. */
const REMOVED_SETTINGS = new Map([
  ['READ_CACHE_SECONDS', 'this server no longer caches reads, and every read asks Partoo'],
]);

/** Names that resemble a setting. Where READ_ONLY or TOOLSETS may be meant, a warning would leave every write tool enabled. */
export function misspeltSettings(names: string[]): Finding[] {
  // OpenTelemetry defines more settings than this server reads.
  const unknown = names.filter(name => !SETTING_NAMES.includes(name) && !name.startsWith('OTEL_'));
  return unknown.flatMap(name => {
    const filter = toolFilterMeantBy(name);
    if (filter) return fault(`${name}: is not a setting; did you mean ${filter}?`);
    const removed = REMOVED_SETTINGS.get(name);
    if (removed) return warning(`${name} was removed and has no effect: ${removed}`);
    const meant =
      nearest(name.toUpperCase(), SETTING_NAMES, TOLERANCE) ??
      SETTING_NAMES.find(setting => name.includes('_') && setting.startsWith(`${name}_`));
    if (meant) return warning(`${name} is not a setting and is ignored; did you mean ${meant}?`);
    const prefix = OURS.find(each => name.startsWith(each));
    // Kubernetes sets REDIS_PORT and more where a service is named redis.
    if (!prefix || (prefix === 'REDIS_' && names.includes('REDIS_URL'))) return [];
    const ours = SETTING_NAMES.filter(setting => setting.startsWith(prefix)).join(', ');
    return warning(`${name} is not a setting and is ignored; the ${prefix} settings are ${ours}`);
  });
}

function toolFilterMeantBy(name: string): string | undefined {
  const spelt = name.toUpperCase().replaceAll(/[-.]/g, '_');
  const misspelt = nearest(spelt.replaceAll(ADDITIONS, ''), ['READ_ONLY', 'TOOLSETS'], TOLERANCE);
  if (misspelt) return misspelt;
  // In other words, as in the URL: `DISABLE_WRITES`, `MCP_TOOLS`. A single word, or other words, are too common.
  if (!/_/.test(spelt) || !/READ|WRIT|TOOL/.test(spelt) || !hasFilterWords(spelt)) return undefined;
  return spelt.includes('TOOL') ? 'TOOLSETS' : 'READ_ONLY';
}
