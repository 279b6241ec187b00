import { readArguments, runDoctor, type Wanted } from '../src/doctor/command.ts';
import { createEmulator } from '../src/partoo-emulator/emulator.ts';
import { writeOrCheckSection } from './support/generated-file.ts';

/** Runs the doctor against the emulator, and writes its report to docs/doctor.md. With `--check` it compares. */

const emulator = createEmulator({ rateLimitPerMinute: 100_000 });
const lines: string[] = [];
await runDoctor(readArguments([]) as Wanted, {
  baseUrl: await emulator.listen(),
  key: 'demo-admin',
  version: 'docs',
  print: line => lines.push(line),
  perMinute: 1_000_000,
});
await emulator.close();
writeOrCheckSection('docs/doctor.md', 'report', `\`\`\`text\n${lines.join('\n')}\n\`\`\``, 'npm run docs');
