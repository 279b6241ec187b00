/** Epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

export const print = (text: string) => process.stdout.write(`${text}\n`);

/** `at`: epoch milliseconds. The report and the notes share this scale. */
export const secondsIntoRun = (at: number) => `${((at - performance.timeOrigin) / 1_000).toFixed(1)} s`;

/** Prints a line with the time since the start of the run. */
export const note = (text: string) => print(`${secondsIntoRun(Date.now()).padStart(8)}  ${text}`);
