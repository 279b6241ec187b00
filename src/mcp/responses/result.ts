import type { Tool } from '../../tools/definition/define-tool.ts';
import { normalizeResponse } from '../../tools/outputs/normalize-response.ts';
import { asObject } from '../../tools/outputs/outputs.ts';
import { readerOf } from '../../tools/outputs/readers.ts';
import { chooseColumns, type Shown, show } from '../../tools/outputs/view.ts';

type Values = Record<string, unknown>;

/** Reads what a tool returned by its `output`, without empty fields and columns that were not requested. */
export function readResult({ output, view }: Tool, raw: unknown, shown: Shown = {}): Values {
  const response = asObject(raw);
  const chosen = view ? chooseColumns(view, response, shown) : response;
  const result = readerOf(output)(normalizeResponse(chosen)) as Values;
  return view ? show(view, result, shown) : result;
}
