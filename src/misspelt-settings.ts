import { nearest } from './mcp/nearest.ts';

/** One letter in four: LOGLEVEL is LOG_LEVEL misspelt, HOME is not HOST. */
const TOLERANCE = 1 / 4;

/** What people put round a setting's name: `MCP_READONLY`, `READ_ONLY_MODE`, `ENABLED_TOOLSETS`. */
const ROUND_IT = /^((X|PARTOO|MCP|SERVER|IS|ENABLED?|ALLOWED|DEFAULT)_)+|_(MODE|ENABLED)$/g;

/** Settings of earlier versions, each with what takes its place. */
const REMOVED_SETTINGS: Record<string, string> = {
  READ_CACHE_SECONDS: 'this server no longer caches reads, and every read asks Partoo',
};

/**
 * Names that may have been meant as READ_ONLY or TOOLSETS. Ignored with a warning, they would leave every tool that
 * writes.
 */
export function misspeltNarrowings(names: string[], known: readonly string[]): string[] {
  return names
    .filter(name => !known.includes(name))
    .flatMap(name => {
      const spelt = name.toUpperCase().replaceAll(/[-.]/g, '_');
      const bare = spelt.replaceAll(ROUND_IT, '');
      // As in the URL. By itself it is too common a name.
      const tools = bare === 'TOOLS' && spelt !== bare;
      const meant = tools ? 'TOOLSETS' : nearest(bare, ['READ_ONLY', 'TOOLSETS'], TOLERANCE);
      return meant === undefined ? [] : [`${name}: is not a setting; did you mean ${meant}?`];
    });
}

/** Warnings of names that look like a setting and are none. */
export function misspeltSettings(names: string[], known: readonly string[]): string[] {
  const warnings: string[] = [];
  for (const name of names) {
    // OpenTelemetry knows more of these than we read.
    if (known.includes(name) || name.startsWith('OTEL_')) continue;
    const removed = REMOVED_SETTINGS[name];
    if (removed !== undefined) {
      warnings.push(`${name} was removed and has no effect: ${removed}`);
      continue;
    }
    const meant = nearest(name.toUpperCase(), known, TOLERANCE);
    if (meant) warnings.push(`${name} is not a setting and was ignored; did you mean ${meant}?`);
    else if (name.startsWith('PARTOO_')) {
      const own = known.filter(setting => setting.startsWith('PARTOO_')).join(', ');
      warnings.push(`${name} is not a setting and was ignored; the PARTOO_ settings are ${own}`);
    }
  }
  return warnings;
}
