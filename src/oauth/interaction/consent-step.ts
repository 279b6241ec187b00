import { type ConsentModel, consentPage } from '../pages/consent-page.ts';
import { scopesOf } from '../tokens/scopes.ts';
import type { Answer } from './answers.ts';
import type { EndSignIn } from './end-sign-in.ts';
import type { PendingConsent } from './sign-in-progress.ts';
import type { Visit } from './visit.ts';

/** Returns the second step. */
export const consentAnswer = (
  { frame }: Visit,
  { owner }: PendingConsent,
  again?: Pick<ConsentModel, 'chosen' | 'problem'>,
): Answer => ({ page: consentPage({ ...frame, owner, ...again }), status: again ? 422 : 200 });

/** Grants what the form leaves chosen of what the client requested. */
export async function allow(
  visit: Visit,
  pendingConsent: PendingConsent,
  form: URLSearchParams,
  end: EndSignIn,
): Promise<Answer> {
  const { access, texts } = visit.frame;
  const { identity, owner } = pendingConsent;
  const chosen = form.getAll('toolset');
  const toolsets = access.toolsets.filter(name => chosen.includes(name));
  const mayWrite = owner.mayWrite && access.changeable.length > 0;
  const readonly = !mayWrite || form.get('permission') !== 'write';
  if (toolsets.length === 0) {
    const problem = { message: texts.errors.no_toolset, field: true };
    return consentAnswer(visit, pendingConsent, { chosen: { readOnly: readonly, toolsets }, problem });
  }
  return end(visit, { notice: 'allowed', grant: { ...identity, scopes: scopesOf({ readonly, toolsets }) } });
}
