import type { FastifyReply } from 'fastify';
import { PAGE_HEADERS } from '../pages/document.ts';
import { noticePage } from '../pages/notice-page.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import type { Notice, Texts } from '../pages/texts.ts';
import type { Visit } from './visit.ts';

/** What a browser gets: a page, or a redirect. A value, so that two clicks on one button can share it. */
export type Answer = { page: string; status: number; retryAfterSeconds?: number } | { location: string };

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.headers(PAGE_HEADERS);
  if ('location' in answer) return reply.redirect(answer.location, 303);
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', answer.retryAfterSeconds);
  return reply.code(answer.status).send(answer.page);
}

export const noticeAnswer = (texts: Texts, host: string, notice: Notice, status: number): Answer => ({
  status,
  page: noticePage({ texts, host, notice }),
});

/** How people identify themselves, for the first step's page. */
type Identification = { by: 'key' } | { by: 'company'; name: string };

export interface Problem {
  message: string;
  /** About the key that was entered. */
  field: boolean;
  status: number;
  retryAfterSeconds?: number;
}

/** Returns the first step. */
export function signInAnswer({ frame }: Visit, identification: Identification, problem?: Problem): Answer {
  const page = signInPage({
    ...frame,
    identification:
      identification.by === 'key' ? identification : { ...identification, url: `${frame.action}/company` },
    ...(problem && { problem }),
  });
  return { page, status: problem?.status ?? 200, retryAfterSeconds: problem?.retryAfterSeconds };
}
