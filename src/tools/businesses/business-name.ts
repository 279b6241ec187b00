import * as out from '../outputs/outputs.ts';

/** The business of a row, which Partoo names by its id only (mcp/calls/business-names.ts). */
export const businessName = out.object({ code: out.text('business.code'), name: out.text('business.name') });
