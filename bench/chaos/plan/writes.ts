import type { Random } from '../../../src/partoo-emulator/model/seeded-random.ts';
import type { Call, Intent, Reach } from './intent.ts';

type Write = Call & Pick<Intent, 'effect'>;
/** `content` is unique to the write, and identifies it in the upstream's record. */
type MakeWrite = (random: Random, reach: Reach, content: string) => Write;

const sendMessage: MakeWrite = (random, { key, conversations }, content) => ({
  key,
  tool: 'send_message',
  effect: 'adds',
  args: { conversation_id: random.pick(conversations), content },
});

const createPost: MakeWrite = (random, { key, isAdmin, businesses }, content) => ({
  key,
  tool: 'create_post',
  effect: 'adds',
  args: {
    business__in: random.pick(businesses),
    publishers: 'google_my_business',
    post_type: 'news',
    summary: content,
    // Without a date, which the server then sets by its clock: a repeated call differs slightly.
    ...(isAdmin && random.chance(0.6) && { is_draft: true }),
  },
});

const createTemplate: MakeWrite = (_random, { key }, content) => ({
  key,
  tool: 'create_review_reply_template',
  effect: 'adds',
  args: { language: 'fr', title: 'chaos', text: content, positive: true, neutral: false, negative: false },
});

/** Falls back to a message when no review without a reply is left. */
const replyToReview: MakeWrite = (random, reach, content) => {
  const review_id = reach.takeReview();
  if (review_id === undefined) return sendMessage(random, reach, content);
  return { key: reach.key, tool: 'reply_to_review', effect: 'adds', args: { review_id, content } };
};

const updateBusiness: MakeWrite = (random, { key, businesses }, content) => ({
  key,
  tool: 'update_business',
  effect: 'replaces',
  args: { business_id: random.pick(businesses), description_short: content },
});

const WRITES = [
  sendMessage,
  sendMessage,
  createPost,
  createPost,
  createTemplate,
  replyToReview,
  updateBusiness,
];

export const planWrite: MakeWrite = (random, reach, content) => random.pick(WRITES)(random, reach, content);
