import { element, first, reveal } from './dom.ts';
import { callTool, type Outcome } from './mcp.ts';
import { MODEL, TEXTS } from './texts.ts';

/** Makes the playground of the demo call tools. */
export function playground(): void {
  const { examples, credentials } = MODEL;
  const { header } = credentials;
  const form = first('[data-playground]');
  const tool = first<HTMLSelectElement>('[data-play-tool]', form);
  const key = first<HTMLSelectElement>('[data-play-key]', form);
  const field = first<HTMLTextAreaElement>('[data-play-arguments]', form);
  const problem = first('[data-play-problem]', form);
  const answer = first('[data-play-answer]', form);
  if (!examples || !header || !form || !tool || !key || !field || !problem || !answer) return;
  reveal(form);

  const showExample = () => {
    field.value = JSON.stringify(examples[tool.value] ?? {}, null, 2);
    field.rows = Math.min(12, Math.max(4, field.value.split('\n').length));
    problem.hidden = true;
  };
  tool.addEventListener('change', showExample);
  showExample();

  const send = async () => {
    const read = readArguments(field.value);
    problem.hidden = 'args' in read;
    problem.textContent = 'args' in read ? '' : read.problem;
    field.setAttribute('aria-invalid', String(!('args' in read)));
    if (!('args' in read)) {
      field.focus();
      return;
    }
    answer.replaceChildren(element('p', { class: 'note' }, TEXTS.sending));
    const began = performance.now();
    const call = { name: tool.value, args: read.args, header, secret: key.value };
    const outcome = await callTool({ ...call, query: 'toolsets=all' });
    const ms = Math.round(performance.now() - began);
    answer.replaceChildren(...answerOf(outcome, ms));
  };
  form.addEventListener('submit', event => {
    event.preventDefault();
    send().catch(reportError);
  });
}

function answerOf(outcome: Outcome, ms: number): Node[] {
  const isError = outcome.kind !== 'result' || outcome.isError;
  const text = textOf(outcome);
  return [
    element(
      'p',
      { class: 'figures' },
      isError ? element('span', { class: 'pill pill-deletes' }, TEXTS.isError) : undefined,
      TEXTS.answered(ms, text.length),
    ),
    element('pre', { tabindex: '0' }, element('code', { lang: 'en' }, text)),
  ];
}

function textOf(outcome: Outcome): string {
  if (outcome.kind === 'unreachable') return TEXTS.problems.serverDown;
  return outcome.kind === 'refused' ? `HTTP ${outcome.status}: ${outcome.message}` : outcome.text;
}

function readArguments(text: string): { args: object } | { problem: string } {
  try {
    const args: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    if (typeof args === 'object' && args !== null && !Array.isArray(args)) return { args };
    return { problem: TEXTS.notAnObject };
  } catch (error) {
    return { problem: TEXTS.invalidJson((error as Error).message) };
  }
}
