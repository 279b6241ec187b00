import { nearest } from '../core/did-you-mean.ts';
import { hasFilterWording } from '../mcp/tool-filter/near-misses.ts';

/** One letter in four: LOGLEVEL is LOG_LEVEL misspelt, HOME is not HOST. */
const TOLERANCE = 1 / 4;

/** Common additions to a setting's name: `MCP_READONLY`, `READ_ONLY_MODE`, `ENABLED_TOOLSETS`. */
const ROUND_IT = /^((X|PARTOO|MCP|SERVER|APP|IS|ENABLED?|ALLOWED|DEFAULT)_)+|_(MODE|ENABLED)$/g;

/** Prefixes of our settings that others seldom use. */
const OURS = ['PARTOO_', 'REDIS_'];

/** Settings of earlier versions, each with its replacement. */
const REMOVED_SETTINGS: Record<string, string> = {
  READ_CACHE_SECONDS: 'this server no longer caches reads, and every read asks Partoo',
};

/**
 * Names that may have been meant as READ_ONLY or TOOLSETS. Ignored with a warning, they would leave every tool that
 * writes.
 */
export function misspeltToolFilters(names: string[], known: readonly string[]): string[] {
  return names
    .filter(name => !known.includes(name))
    .flatMap(name => {
      const spelt = name.toUpperCase().replaceAll(/[-.]/g, '_');
      const bare = spelt.replaceAll(ROUND_IT, '');
      const meant = nearest(bare, ['READ_ONLY', 'TOOLSETS'], TOLERANCE) ?? inOtherWords(spelt);
      return meant === undefined ? [] : [`${name}: is not a setting; did you mean ${meant}?`];
    });
}

/** As in the URL (`DISABLE_WRITES`, `MCP_TOOLS`). One word by itself, or one that is not about these, is too common a name. */
function inOtherWords(name: string): string | undefined {
  if (!name.includes('_') || !/READ|WRIT|TOOL/.test(name) || !hasFilterWording(name)) return undefined;
  return name.includes('TOOL') ? 'TOOLSETS' : 'READ_ONLY';
}

/** Warnings about names that resemble a setting. */
export function misspeltSettings(names: string[], known: readonly string[]): string[] {
  const warnings: string[] = [];
  for (const name of names) {
    // OpenTelemetry defines more of these than this server reads.
    if (known.includes(name) || name.startsWith('OTEL_')) continue;
    const removed = REMOVED_SETTINGS[name];
    if (removed !== undefined) {
      warnings.push(`${name} was removed and has no effect: ${removed}`);
      continue;
    }
    const meant =
      nearest(name.toUpperCase(), known, TOLERANCE) ??
      known.find(setting => name.includes('_') && setting.startsWith(`${name}_`));
    const prefix = OURS.find(each => name.startsWith(each));
    if (meant) warnings.push(`${name} is not a setting and was ignored; did you mean ${meant}?`);
    // Kubernetes sets REDIS_PORT and more where a service has that name.
    else if (prefix !== undefined && !(prefix === 'REDIS_' && names.includes('REDIS_URL'))) {
      const own = known.filter(setting => setting.startsWith(prefix)).join(', ');
      warnings.push(`${name} is not a setting and was ignored; the ${prefix} settings are ${own}`);
    }
  }
  return warnings;
}
