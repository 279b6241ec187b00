import * as out from '../../outputs/outputs.ts';

/** The business of a row of `object`, which Partoo names by its id only (mcp/calls/business-names.ts). */
export const businessName = (object: string) =>
  out.object({ code: out.text(`${object}.business.code`), name: out.text(`${object}.business.name`) });
