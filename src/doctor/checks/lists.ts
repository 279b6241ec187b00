import { isObject } from '../../core/is-object.ts';
import { type Answer, defectOf } from '../asking/answer.ts';
import type { Build, Probe } from '../asking/probe.ts';
import { namesIn, shapeOf, typeOf } from '../model/shape.ts';
import { Contradicted, confirmed, contradicted, NotTested } from '../model/verdict.ts';
import type { Check } from './belief.ts';

export type Row = Record<string, unknown>;

/** Where the rows of an answer stand: under a name, in a list or in a map by id. */
export type List = string | { map: string };

const nameOf = (list: List) => (typeof list === 'string' ? list : list.map);

function rowsUnder(json: Row, list: List): unknown[] | undefined {
  const rows = json[nameOf(list)];
  if (typeof list === 'string') return Array.isArray(rows) ? rows : undefined;
  return isObject(rows) ? Object.values(rows) : undefined;
}

/** The answer has a list, or a map, of this name, and this server's reader takes it. */
export function hasList(build: Build, list: List): Check {
  return async probe => {
    const answer = await probe.ask(build);
    if (answer.status !== 200) return contradicted(refusal(answer));
    const { json } = answer;
    if (!isObject(json)) return contradicted(`the answer is ${typeOf(json)}, not an object`);
    if (!rowsUnder(json, list)) {
      return contradicted(`no ${typeof list === 'string' ? 'list' : 'map'} of this name in ${shapeOf(json)}`);
    }
    const defect = defectOf(answer);
    return defect === undefined ? confirmed() : contradicted(`this server does not take it: it ${defect}`);
  };
}

/** The envelope has numbers of these names beside the list. */
export function hasCounts(build: Build, list: List, names: string[]): Check {
  return async probe => {
    const envelope = await envelopeOf(probe, build, list);
    const wrong = names.filter(name => !Number.isInteger(envelope[name]));
    if (wrong.length === 0) return confirmed();
    return contradicted(wrong.map(name => `${name} is ${typeOf(envelope[name])}`).join(', '));
  };
}

/** The answer is one object without an envelope, which this server's reader takes. `id` is a name that it must have. */
export function isBare(build: (probe: Probe) => Promise<Build>, id?: string): Check {
  return async probe => {
    const answer = await probe.ask(await build(probe));
    if (answer.status !== 200) return contradicted(refusal(answer));
    if (!isObject(answer.json)) return contradicted(`the answer is ${typeOf(answer.json)}`);
    if (id !== undefined && answer.json[id] === undefined)
      return contradicted(`no ${id} in ${shapeOf(answer.json)}`);
    const defect = defectOf(answer);
    return defect === undefined ? confirmed() : contradicted(`this server does not take it: it ${defect}`);
  };
}

/** Returns the object around a list. @throws NotTested if the list is not there, which is another belief. */
export async function envelopeOf(probe: Probe, build: Build, list: List): Promise<Row> {
  const { status, json } = await probe.ask(build);
  if (status !== 200 || !isObject(json) || !rowsUnder(json, list)) {
    throw new NotTested(`the list ${nameOf(list)} cannot be read`);
  }
  return json;
}

/** @throws NotTested as `envelopeOf` */
export async function rowsOf(probe: Probe, build: Build, list: List): Promise<Row[]> {
  const envelope = await envelopeOf(probe, build, list);
  return (rowsUnder(envelope, list) ?? []).filter(isObject);
}

/** As `rowsOf`, for a list that must not be empty. */
export async function someRows(probe: Probe, build: Build, list: List): Promise<Row[]> {
  const rows = await rowsOf(probe, build, list);
  if (rows.length === 0) throw new NotTested(`no data: the list ${nameOf(list)} is empty`);
  return rows;
}

/** As `rowsOf`, where a refusal contradicts the belief: the belief is about a parameter of the request. */
export async function rowsWith(probe: Probe, build: Build, list: List): Promise<Row[]> {
  const answer = await probe.ask(build);
  if (answer.status !== 200) throw new Contradicted(refusal(answer));
  return rowsOf(probe, build, list);
}

/** The number of rows on all pages, if the envelope tells. That of a map is the number on its page. */
export async function countOf(probe: Probe, build: Build, list: List): Promise<number | undefined> {
  if (typeof list !== 'string') return undefined;
  const { count } = await envelopeOf(probe, build, list);
  return typeof count === 'number' ? count : undefined;
}

/** Tells the status, and which of the request's own fields the error names. */
export function refusal({ status, json, request }: Answer): string {
  const own = new Set([...Object.keys(request.query ?? {}), ...Object.keys(request.body ?? {})]);
  const named = namesInside(json).filter(name => own.has(name));
  return `Partoo answers ${status}${named.length > 0 ? ` and names ${[...new Set(named)].join(', ')}` : ''}`;
}

function namesInside(json: unknown, depth = 4): string[] {
  if (!isObject(json) || depth === 0) return [];
  return [...namesIn(json), ...Object.values(json).flatMap(value => namesInside(value, depth - 1))];
}
