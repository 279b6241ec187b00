import { teamTokensFile } from './config/config.ts';
import { runTokenCommand } from './http/authentication/shared-key-tokens/token-command.ts';

// `npm run token`, and `node dist/token.js` in the image. The token alone goes to stdout, so that a script can read it.
try {
  const { result, note } = await runTokenCommand(process.argv.slice(2), teamTokensFile());
  if (result !== undefined) process.stdout.write(`${result}\n`);
  if (note !== undefined) process.stderr.write(`${note}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
