import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { errorFields } from '../../core/error-fields.ts';
import { FairShare } from '../../core/fair-share.ts';
import { CALLBACK_PATH, uidIn } from '../company-login/company-login.ts';
import { textsFor } from '../pages/languages.ts';
import type { Notice } from '../pages/texts.ts';
import type { SignInServer } from '../server/finish-sign-in.ts';
import { signInPath } from '../server/paths.ts';
import { RETRY_AFTER_SECONDS, SignInUnavailable } from '../store/unavailable.ts';
import { type Answer, noticeAnswer, send, signInAnswer } from './answers.ts';
import { type CompanyIdentification, companyStep } from './company-step.ts';
import { allow, consentAnswer } from './consent-step.ts';
import { createEndSignIn, endedAnswer } from './end-sign-in.ts';
import { readForms } from './form.ts';
import { createKeyStep, type KeyIdentification } from './key-step.ts';
import { SignInProgress } from './sign-in-progress.ts';
import { type Visit, type VisitRequest, visitOf } from './visit.ts';

interface SignInPagesOptions {
  /** The host of PUBLIC_URL, as people see it in their browser. */
  host: string;
  identification: KeyIdentification | CompanyIdentification;
  /** The address that limits count a request by. */
  addressOf(request: FastifyRequest): string;
}

/** Requests in progress, each waiting for Partoo or the company's login. Half of them at most are of one address. */
const MAX_REQUESTS = 200;

const PATH = signInPath(':uid');

/** The pages that a person sees between a client's authorization request and its end. */
export function createSignInPages(options: SignInPagesOptions): FastifyPluginAsync<SignInServer> {
  const { host, identification, addressOf } = options;
  return async (app, server) => {
    const progress = new SignInProgress(server.store.requests);
    const end = createEndSignIn(server, progress);
    const keyStep =
      identification.by === 'key' &&
      createKeyStep(identification, await identification.throttle(app), progress);
    const inProgress = new FairShare(MAX_REQUESTS);
    /** Forms that are being worked on: a second click on a button waits for what the first one brings. */
    const submissions = new Map<string, Promise<Answer>>();
    readForms(app);

    const notice = (request: FastifyRequest, name: Notice, status: number) =>
      noticeAnswer(textsFor(request.headers['accept-language']), host, name, status);

    app.setErrorHandler((error: FastifyError, request, reply) => {
      const { requestId, status, name } = describeError(error, request);
      if (status >= 500 && !(error instanceof SignInUnavailable)) {
        request.log.error({ requestId, error: errorFields(error) }, 'a page of sign-in failed');
      }
      return send(reply, notice(request, name, status));
    });

    /** Does the work for the browser that started the sign-in; every other one is told that there is no such sign-in. */
    async function answer(
      request: VisitRequest,
      reply: FastifyReply,
      work: (visit: Visit) => Promise<Answer>,
    ): Promise<FastifyReply> {
      const giveBack = inProgress.take(addressOf(request), 1);
      if (!giveBack) {
        return send(reply, { ...notice(request, 'busy', 503), retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      try {
        const visit = await visitOf(server, host, request, reply);
        if (visit) return send(reply, endedAnswer(visit) ?? (await work(visit)));
        const finished = await progress.isFinished(request.params.uid);
        return send(reply, notice(request, finished ? 'finished' : 'expired', 410));
      } finally {
        giveBack();
      }
    }

    async function submit(visit: Visit, form: URLSearchParams): Promise<Answer> {
      switch (form.get('decision')) {
        case 'cancel':
          return end(visit, { notice: 'denied' });
        case 'allow': {
          const pendingConsent = await progress.pendingConsent(visit.uid);
          if (pendingConsent) return allow(visit, pendingConsent, form, end);
          const message = visit.frame.texts.errors.identity_expired;
          return signInAnswer(visit, identification, { message, field: false, status: 422 });
        }
        default:
          return keyStep ? keyStep(visit, form) : signInAnswer(visit, identification);
      }
    }

    app.get<{ Params: { uid: string } }>(PATH, (request, reply) =>
      answer(request, reply, async visit => {
        const again = 'another' in (request.query as object);
        const pendingConsent = again ? undefined : await progress.pendingConsent(visit.uid);
        return pendingConsent ? consentAnswer(visit, pendingConsent) : signInAnswer(visit, identification);
      }),
    );

    app.post<{ Params: { uid: string }; Body: unknown }>(PATH, (request, reply) =>
      answer(request, reply, async visit => {
        const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
        if (form.get('token') !== visit.frame.token) return notice(request, 'expired', 403);
        const submission = `${visit.uid} ${form}`;
        const running = submissions.get(submission);
        if (running) return running;
        const started = submit(visit, form).finally(() => submissions.delete(submission));
        submissions.set(submission, started);
        return started;
      }),
    );

    if (identification.by === 'company') {
      app.get<{ Params: { uid: string } }>(`${PATH}/company`, (request, reply) =>
        answer(request, reply, visit => companyStep(visit, identification, progress)),
      );
      // The cookie that tells the browser goes to the pages of its own sign-in only.
      app.get<{ Querystring: { state?: string } }>(CALLBACK_PATH, async (request, reply) => {
        const uid = uidIn(request.query.state);
        if (uid === undefined) return send(reply, notice(request, 'expired', 410));
        const { search } = new URL(request.url, 'http://localhost');
        return send(reply, { location: `${signInPath(uid)}/company${search}` });
      });
    }
  };
}

function describeError(error: FastifyError, { id }: FastifyRequest) {
  if (error instanceof SignInUnavailable) return { requestId: id, status: 503, name: 'unavailable' as const };
  const status = error.statusCode ?? 500;
  return { requestId: id, status, name: status < 500 ? ('expired' as const) : ('failed' as const) };
}
