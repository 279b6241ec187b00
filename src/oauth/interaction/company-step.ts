import { type CompanyLogin, newPendingLogin } from '../company-login/company-login.ts';
import type { Refused } from '../company-login/refusals.ts';
import { type Answer, signInAnswer } from './answers.ts';
import type { SignInProgress } from './sign-in-progress.ts';
import type { Visit } from './visit.ts';

/** People sign in with their company's login, and share the server's Partoo key. */
export interface CompanyIdentification {
  by: 'company';
  /** As the button names it. */
  name: string;
  login: CompanyLogin;
}

/** Sends the browser to the company's login, or takes what it brings back from there. */
export async function companyStep(
  visit: Visit,
  { name, login }: CompanyIdentification,
  progress: SignInProgress,
): Promise<Answer> {
  const { uid, frame, request } = visit;
  const refused = (refusal: Refused) => {
    const message = frame.texts.refusal(refusal);
    return signInAnswer(visit, { by: 'company', name }, { message, field: false, status: 403 });
  };
  const { state } = request.query as { state?: string | string[] };
  if (state === undefined) {
    const begun = await login.begin(await progress.keepLogin(uid, newPendingLogin(uid)));
    return 'reason' in begun ? refused(begun) : { location: begun.url };
  }
  const pending = await progress.takeLogin(uid, state);
  if (!pending) return refused({ reason: 'other_sign_in' });
  const admitted = await login.finish(request.url, pending);
  if ('reason' in admitted) return refused(admitted);
  const { person, mayWrite } = admitted;
  await progress.keepPendingConsent(uid, {
    identity: { person },
    owner: { by: 'company', name: person, mayWrite },
  });
  return { location: frame.action };
}
