import { readConfig } from './config/config.ts';
import { readArguments, runDoctor, USAGE } from './doctor/command.ts';

// `npm run doctor`, and `doctor` in the image.
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const print = (line: string) => {
    process.stdout.write(`${line}\n`);
  };
  const wanted = readArguments(process.argv.slice(2));
  if (!wanted) {
    print(USAGE);
    return 0;
  }
  const { serverKey: key, version, PARTOO_BASE_URL } = readConfig();
  if (key === undefined) throw new Error('Set PARTOO_API_KEY, or PARTOO_API_KEY_FILE, to a Partoo key.');
  if (PARTOO_BASE_URL !== undefined)
    return runDoctor(wanted, { baseUrl: PARTOO_BASE_URL, key, version, print });
  const { createEmulator } = await import('./partoo-emulator/emulator.ts');
  const emulator = createEmulator();
  try {
    return await runDoctor(wanted, { baseUrl: await emulator.listen(), key, version, print });
  } finally {
    await emulator.close();
  }
}
