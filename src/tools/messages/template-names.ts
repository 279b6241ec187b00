import { PLACEHOLDERS, placeholdersIn } from '../../partoo/api/message-templates.ts';
import type { Problem } from '../definition/define-tool.ts';

/** Partoo fills the placeholders of a template in its own pages; a message is sent as it is written. */
export function noTemplateNames(argument: string, text = ''): Problem[] {
  const names = placeholdersIn(text).filter(name => PLACEHOLDERS.includes(name));
  if (names.length === 0) return [];
  const written = names.map(name => `{{${name}}}`).join(' ');
  return [
    {
      argument,
      message: `has placeholders that the customer would see: ${written}; write the values instead`,
    },
  ];
}
