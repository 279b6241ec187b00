import { describeTools } from '../src/mcp/catalog/tool-list.ts';
import { tools } from '../src/tools/index.ts';
import { writeOrCheck } from './support/generated-file.ts';
import { type Cost, grouped, listCost, toolCost } from './support/tool-tokens.ts';

/** Writes docs/tools.md from the catalogue; with --check fails when the file is not what it would write. */

interface Schema {
  type?: string;
  enum?: string[];
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  additionalProperties?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

const EFFECTS = { reads: 'Reads.', adds: 'Adds something new.', replaces: 'Replaces values.' };

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function typeOf({ type, enum: values, minimum, maximum, maxLength, items }: Schema): string {
  if (values) return values.map(value => `\`${value}\``).join(', ');
  if (type === 'array') return `list of ${items?.type ?? 'any'}`;
  if (minimum === undefined && maximum !== undefined) return `${type}, up to ${maximum}`;
  if (minimum !== undefined)
    return maximum === undefined ? `${type}, from ${minimum}` : `${type} ${minimum}–${maximum}`;
  return maxLength === undefined ? (type ?? 'any') : `${type}, up to ${maxLength}`;
}

function argumentsTable({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const star = required.includes(name) ? ' \\*' : '';
    return `| \`${name}\`${star} | ${cell(typeOf(schema))} | ${cell(schema.description)} |`;
  });
  return ['| argument | type | |', '|---|---|---|', ...rows].join('\n');
}

function fields({ properties = {}, additionalProperties }: Schema): string {
  const more =
    additionalProperties === false || additionalProperties === undefined ? [] : ['whatever else Partoo has'];
  return Object.entries(properties)
    .map(([name, schema]) => {
      const inner = schema.items ?? schema;
      const nested =
        inner.properties && Object.keys(inner.properties).length > 0 ? ` (${fields(inner)})` : '';
      return `\`${name}\`${nested}`;
    })
    .concat(more)
    .join(', ');
}

const costText = ({ tokens, withOutput }: Cost, output: string) =>
  `${grouped(tokens)} tokens (${grouped(withOutput)} with ${output})`;

const listed = describeTools(tools);
const sections = tools.map((tool, index) => {
  const listedTool = listed[index] as { inputSchema: Schema; outputSchema: Schema };
  const { inputSchema, outputSchema } = listedTool;
  return [
    `## ${tool.name}`,
    `**${tool.title}.** ${EFFECTS[tool.effect]} ${tool.description}`,
    argumentsTable(inputSchema),
    `Answers ${fields(outputSchema)}.`,
    `${costText(toolCost(listedTool), 'its outputSchema')}.`,
    ...(tool.write ? [`After \`outcome_unknown\`: ${tool.write.recoveryHint}`] : []),
  ].join('\n\n');
});

const reference = `# Tools

Generated from the catalogue by \`npm run docs\`; do not edit. \\* = required. Lists are shown as comma-separated
strings; real arrays and JSON-encoded ones are taken too. Null and empty fields are left out of answers.

The whole list costs a model ${costText(listCost(listed), 'the outputSchemas, which not every client shows it')},
counted with o200k_base. What answers cost: [tokens.md](tokens.md).

${sections.join('\n\n')}
`;

writeOrCheck('docs/tools.md', reference, 'npm run docs');
