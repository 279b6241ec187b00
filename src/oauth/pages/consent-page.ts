import { type Html, html } from '../../core/pages/html.ts';
import { EXCLAMATION } from '../../core/pages/icons.ts';
import type { Toolset } from '../../tools/index.ts';
import { alert, clientHeading, type Frame, nameOf, page } from './document.ts';
import type { Label, Texts } from './texts.ts';

export interface ConsentModel extends Frame {
  owner: Owner;
  /** What the person chose before an error. Everything on the first view. */
  chosen?: { readOnly: boolean; toolsets: readonly Toolset[] };
  problem?: { message: string; field: boolean };
}

/** The person or organization that signs in, as far as it is known. */
export interface Owner {
  by: 'key' | 'company';
  /** The organization's name, or the person's. */
  name: string;
  person?: string;
  /** As Partoo spells it. */
  role?: string;
  locations?: number;
  /** Whether this person may let a client write. */
  mayWrite: boolean;
}

/** Returns the second step: says whose access it is, and asks how much of it to give. */
export function consentPage(model: ConsentModel): string {
  const { texts, client, access, action, token, owner, problem } = model;
  const app = nameOf(client, texts);
  const title = texts.allowTitle(client.name || texts.unnamedApp);
  const chosen = model.chosen ?? { readOnly: false, toolsets: access.toolsets };
  return page(
    model,
    problem ? `${texts.error}: ${title}` : title,
    html`${clientHeading(client, texts, 2, texts.allow(app))}
${problem && !problem.field && alert(problem.message)}
${ownerCard(owner, texts, action)}
<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
${permissionChoice(model, app, chosen.readOnly)}
<fieldset${problem?.field && html` aria-describedby="toolsets-error"`}><legend>${texts.scope}</legend>
<div class="choices">
${access.toolsets.map((name, i) =>
  choice(texts.toolsets[name], {
    type: 'checkbox',
    name: 'toolset',
    value: name,
    checked: chosen.toolsets.includes(name),
    autofocus: problem?.field === true && i === 0,
  }),
)}
</div>
${problem?.field && html`<p class="error" id="toolsets-error" role="alert">${EXCLAMATION}<span>${problem.message}</span></p>`}
</fieldset>
<div class="buttons">
<button class="primary" name="decision" value="allow">${texts.allowButton}</button>
<button class="secondary" name="decision" value="cancel" formnovalidate>${texts.cancel}</button>
</div>
</form>
<p class="after">${owner.by === 'key' ? texts.untilWhenByKey(app) : texts.untilWhen(app)}</p>`,
  );
}

function ownerCard(owner: Owner, texts: Texts, action: string): Html {
  const { by, name, person, role = '', locations } = owner;
  const about = [texts.roles[role], locations !== undefined && texts.locations(locations)].filter(Boolean);
  const another = by === 'key' ? texts.useAnotherKey : texts.useAnotherAccount;
  return html`<section class="owner" aria-label="${texts.owner}">
<span class="mark" aria-hidden="true">${[...name][0]?.toUpperCase()}</span>
<div><p class="name"><bdi>${name}</bdi></p>
${person !== undefined && html`<p class="about"><bdi>${person}</bdi></p>`}
${about.length > 0 && html`<p class="about">${about.join(' · ')}</p>`}
<p class="another"><a href="${action}?another">${another}</a></p></div>
</section>`;
}

function permissionChoice({ texts, access, owner }: ConsentModel, app: Html, readOnly: boolean): Html {
  if (access.changeable.length === 0) return html`<p class="message">${texts.onlyReads(app)}</p>`;
  if (!owner.mayWrite) return html`<p class="message">${texts.onlyReadsByGroup}</p>`;
  const radio = (label: Label, value: string, checked: boolean) =>
    choice(label, { type: 'radio', name: 'permission', value, checked });
  return html`<fieldset><legend>${texts.permission}</legend>
<div class="choices">
${radio(texts.readAndWrite, 'write', !readOnly)}
${radio(texts.readOnly, 'read', readOnly)}
</div>
</fieldset>`;
}

interface Input {
  type: 'radio' | 'checkbox';
  name: string;
  value: string;
  checked: boolean;
  autofocus?: boolean;
}

const choice = (label: Label, { type, name, value, checked, autofocus = false }: Input): Html =>
  html`<label class="choice"><input type="${type}" name="${name}" value="${value}"${checked && html` checked`}${autofocus && html` autofocus`}><span><span class="name">${label.name}</span><span class="about">${label.about}</span></span></label>`;
