/** Starts work that nobody waits for. A failure is a fault of the view, which the browser reports. */
export function inBackground(work: Promise<unknown> | undefined): void {
  work?.catch(reportError);
}
