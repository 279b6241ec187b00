import { returnPage } from '../pages/notice-page.ts';
import { finishSignIn, refuseSignIn, type SignInServer } from '../server/finish-sign-in.ts';
import type { Identity } from '../tokens/access-token.ts';
import type { Answer } from './answers.ts';
import type { SignInProgress } from './sign-in-progress.ts';
import type { Visit } from './visit.ts';

export type Decision =
  | { notice: 'allowed'; grant: Identity & { scopes: readonly string[] } }
  | { notice: 'denied' };

export type EndSignIn = (visit: Visit, decision: Decision) => Promise<Answer>;

export function createEndSignIn(server: SignInServer, progress: SignInProgress): EndSignIn {
  return async (visit, decision) => {
    const { uid, request, reply } = visit;
    const ended = endedAnswer(visit);
    if (ended) return ended;
    const url = await (decision.notice === 'allowed'
      ? finishSignIn(server, request, reply, decision.grant)
      : refuseSignIn(server, request, reply));
    await progress.finish(uid);
    return returnAnswer(visit, decision.notice, url);
  };
}

/** The way back to the client, for a sign-in whose end the browser has missed: a second click, or a reload. The first decision stands. */
export function endedAnswer(visit: Visit): Answer | undefined {
  const { result, returnTo } = visit.interaction;
  return result && returnAnswer(visit, 'error' in result ? 'denied' : 'allowed', returnTo);
}

const returnAnswer = ({ frame }: Visit, notice: Decision['notice'], url: string): Answer => ({
  page: returnPage({ ...frame, notice, url }),
  status: 200,
});
