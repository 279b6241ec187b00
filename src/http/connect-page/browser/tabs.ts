import { all, element, first } from './dom.ts';
import { TEXTS } from './texts.ts';

/** Turns the clients' sections into tabs (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/). */
export function tabs(): void {
  const container = first('[data-tabs]');
  if (!container) return;
  const panels = all(':scope > section', container);
  const buttons = panels.map(panel => {
    const name = first('h3', panel)?.textContent ?? '';
    return element(
      'button',
      { type: 'button', role: 'tab', id: `${panel.id}-tab`, 'aria-controls': panel.id },
      name,
    );
  });
  for (const panel of panels) {
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `${panel.id}-tab`);
    first('h3', panel)?.setAttribute('hidden', '');
  }

  function select(index: number, { focus }: { focus: boolean }): void {
    for (const [i, button] of buttons.entries()) {
      const selected = i === index;
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
      panels[i]?.toggleAttribute('hidden', !selected);
    }
    const button = buttons[index];
    if (!button || !focus) return;
    button.focus();
    history.replaceState(null, '', `#${panels[index]?.id}`);
  }

  const list = element('div', { role: 'tablist', class: 'tabs', 'aria-label': TEXTS.tabs }, ...buttons);
  list.addEventListener('click', ({ target }) => {
    const index = buttons.indexOf(target as HTMLButtonElement);
    if (index >= 0) select(index, { focus: true });
  });
  list.addEventListener('keydown', event => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const target: Partial<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const index = target[event.key];
    if (index === undefined || at < 0) return;
    event.preventDefault();
    select(index, { focus: true });
  });
  container.prepend(list);

  const selectNamed = () => {
    const index = panels.findIndex(({ id }) => `#${id}` === location.hash);
    if (index >= 0) select(index, { focus: false });
  };
  // The first client that can connect here.
  const usable = panels.findIndex(panel => first('.code', panel));
  select(Math.max(0, usable), { focus: false });
  selectNamed();
  addEventListener('hashchange', selectNamed);
}
