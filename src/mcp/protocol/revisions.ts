import { MODERN } from './normalize-message.ts';

/** The protocol revisions that this server speaks, newest first. */
export const REVISIONS = [MODERN, '2025-11-25', '2025-06-18', '2025-03-26'];
