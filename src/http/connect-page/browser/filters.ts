import { filteredUrl, type Selection, selectTools, tokensOf, urlSeenAt } from '../model/selection.ts';
import { piecesOf, type SnippetName, writeSnippet } from '../snippets/index.ts';
import { all, element, first, reveal } from './dom.ts';
import { MODEL, TEXTS } from './texts.ts';

const URL_HERE = urlSeenAt(location, MODEL);

/** Makes the toggles change every snippet, install link, mark and total. */
export function filters(): void {
  const form = first('[data-filters]');
  reveal(form);
  const boxes = all<HTMLInputElement>('.chips input', form);
  const readonlyBox = first<HTMLInputElement>('[data-readonly]', form);

  function update(): void {
    const selections = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    write({
      selections: boxes.length > 0 ? selections : [MODEL.choices.base],
      readonly: readonlyBox?.checked ?? false,
    });
  }

  form?.addEventListener('submit', event => event.preventDefault());
  form?.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && boxes.includes(target)) keepSensible(boxes, target);
    update();
  });
  // Browsers fill in what was chosen before a reload.
  update();
  if (location.protocol === 'https:') for (const note of all('[data-needs-https]')) note.remove();
}

/** `all` stands alone, and so does everything that the server offers. Never nothing. */
function keepSensible(boxes: HTMLInputElement[], changed: HTMLInputElement): void {
  const alone = (box: HTMLInputElement) => box.value === 'all';
  if (changed.checked) {
    for (const box of boxes) if (box !== changed && (alone(box) || alone(changed))) box.checked = false;
  }
  if (!boxes.some(({ checked }) => checked)) {
    for (const box of boxes) box.checked = box.value === MODEL.choices.base;
  }
}

function write(selection: Selection): void {
  const { credentials, tools, choices, frameTokens } = MODEL;
  const url = filteredUrl(URL_HERE, choices, selection);
  const listed = selectTools(tools, selection);
  const names = listed.map(({ name }) => name);
  const snippet = (name: SnippetName) => writeSnippet(name, url, credentials, names);
  const secret = credentials.header?.works ? undefined : credentials.header?.value;

  for (const code of all('[data-snippet]')) {
    const pieces = piecesOf(snippet(code.dataset.snippet as SnippetName), url, secret);
    code.replaceChildren(
      ...pieces.map(({ text, kind }) => (kind ? element('span', { class: kind }, text) : text)),
    );
  }
  for (const link of all<HTMLAnchorElement>('[data-link]'))
    link.href = snippet(link.dataset.link as SnippetName);
  for (const row of all('[data-tool]')) {
    const isListed = names.includes(row.dataset.tool ?? '');
    row.className = isListed ? 'on' : 'off';
    first('[data-listed]', row)?.setAttribute('aria-label', isListed ? TEXTS.listed : TEXTS.notListed);
  }
  const total = listed.length > 0 ? TEXTS.total(listed.length, tokensOf(listed, frameTokens)) : TEXTS.noTool;
  for (const place of all('[data-total], [data-total-copy]')) {
    if (place.textContent !== total) place.textContent = total;
  }
  const json = first<HTMLAnchorElement>('[data-tools-link]');
  if (json) json.href = filteredUrl('/tools', choices, selection);
}
