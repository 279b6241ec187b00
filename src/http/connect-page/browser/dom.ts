export const all = <Found extends HTMLElement>(selector: string, within: ParentNode = document): Found[] => [
  ...within.querySelectorAll<Found>(selector),
];

export const first = <Found extends HTMLElement>(
  selector: string,
  within: ParentNode = document,
): Found | undefined => within.querySelector<Found>(selector) ?? undefined;

type Child = Node | string | undefined;

/** Makes an element. Texts are text: nothing here reads markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter(child => child !== undefined));
  return made;
}

/** Shows what needs the script. */
export const reveal = (node: HTMLElement | undefined): void => node?.removeAttribute('hidden');
