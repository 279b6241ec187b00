import { numericId } from '../fields/index.ts';

export const conversationId = numericId('`id` of a row of list_conversations.');
