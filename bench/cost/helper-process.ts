import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Starts a process that replies to each message with one message. */
export function startHelper(file: string) {
  const child: ChildProcess = fork(join(import.meta.dirname, file));
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  let stopping = false;
  child.once('exit', code => {
    process.removeListener('exit', killNow);
    // A caller that awaits its next message would wait forever.
    if (!stopping) throw new Error(`${file} ended with ${code}`);
  });
  const nextMessage = async () => (await once(child, 'message'))[0];
  return {
    nextMessage,
    request(message: object | string) {
      child.send(message);
      return nextMessage();
    },
    stop() {
      stopping = true;
      child.disconnect();
    },
  };
}
