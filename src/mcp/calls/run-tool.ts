import { randomUUID } from 'node:crypto';
import type { IdempotencyStore } from '../../idempotency/idempotency-store.ts';
import { type Call, timeLeft } from '../../partoo/client/call.ts';
import type { OpenPartoo } from '../../partoo/partoo.ts';
import type { Tool, WriteTool } from '../../tools/definition/define-tool.ts';
import type { Shown } from '../../tools/outputs/view.ts';
import { readResult } from '../responses/result.ts';
import type { BusinessNames } from './business-names.ts';
import { writeOnce } from './write-once.ts';

type Values = Record<string, unknown>;

export interface RunToolOptions {
  openPartoo: OpenPartoo;
  /** Absent: rows name their business by its id only. */
  businessNames: BusinessNames | undefined;
  /** Absent: every write is sent, also one that was just made. */
  writes: IdempotencyStore | undefined;
}

/** A call whose key and arguments have been checked. */
interface Run {
  tool: Tool;
  /** The tool's own arguments. */
  args: Values;
  shown: Shown;
  idempotencyKey: string | undefined;
  call: Call;
  organization: string;
  onProgress: ((message: string) => void) | undefined;
}

/** Makes the write of a tool once, lets a job make several, or reads. Returns the result. Throws CallError. */
export async function runTool(
  { openPartoo, businessNames, writes: store }: RunToolOptions,
  { tool, args, shown, idempotencyKey, call, organization, onProgress }: Run,
): Promise<Values> {
  const partoo = openPartoo(call);
  const write = async (tool: WriteTool, args: Values, idempotencyKey: string | undefined) =>
    store
      ? writeOnce({ store, openPartoo, call, organization, tool, args, idempotencyKey })
      : readResult(tool, await tool.run(args, { partoo }));

  if (tool.write) return write(tool, args, idempotencyKey);
  if (tool.job) {
    const done = await tool.job(args, {
      partoo,
      // A key of its own: a job has just seen that the write is needed, whatever was written before.
      write: (tool, args) => write(tool, args, randomUUID()),
      timeLeftMs: () => timeLeft(call),
      progress: message => onProgress?.(message),
    });
    return readResult(tool, done, shown);
  }
  const found = await tool.run(args, { partoo });
  const named = await businessNames?.(tool, found, shown, call);
  return readResult(tool, named ?? found, shown);
}
