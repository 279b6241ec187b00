import { describeTools } from '../src/mcp/catalog/tool-list.ts';
import { DEFAULT_TOOLS } from '../src/mcp/tool-filter/enabled-tools.ts';
import { TOOLSETS, tools, toolsets } from '../src/tools/index.ts';
import { writeOrCheck, writeOrCheckSection } from './support/generated-file.ts';
import { CEILINGS, type Cost, grouped, listCost, toolCost } from './support/tool-tokens.ts';

/** Writes docs/tools.md and the README's table of tools. With `--check` it fails if they differ. */

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

const EFFECTS = {
  reads: 'Reads.',
  adds: 'Adds something new.',
  replaces: 'Replaces values.',
  deletes: 'Deletes for good.',
};

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

const isOptional = ({ name }: { name: string }) => !DEFAULT_TOOLS.some(tool => tool.name === name);
const listed = describeTools(tools);
const listedByDefault = listed.filter(tool => !isOptional(tool));
const sections = tools.map((tool, index) => {
  const listedTool = listed[index] as { inputSchema: Schema; outputSchema: Schema };
  const { inputSchema, outputSchema } = listedTool;
  return [
    `## ${tool.name}`,
    `**${tool.title}.** ${isOptional(tool) ? 'Optional. ' : ''}${EFFECTS[tool.effect]} ${tool.description}`,
    argumentsTable(inputSchema),
    `Returns ${fields(outputSchema)}.`,
    `${costText(toolCost(listedTool), 'its outputSchema')}.`,
    ...(tool.write ? [`After \`outcome_unknown\`: ${tool.write.recoveryHint}`] : []),
  ].join('\n\n');
});

const reference = `# Tools

Generated from the catalogue by \`npm run docs\`; do not edit. \\* marks a required argument. Lists are shown as
comma-separated strings; arrays and JSON-encoded arrays are accepted too. Results omit null and empty fields.

The default list of ${listedByDefault.length} tools costs a model ${costText(listCost(listedByDefault), 'the outputSchemas, which not every client shows the model')}, all
${listed.length} tools ${costText(listCost(listed), 'them')}, counted with o200k_base. A test keeps them to ${grouped(CEILINGS.default)} and ${grouped(CEILINGS.all)}
without the outputSchemas. Optional tools are listed only [on request](clients.md#tool-filters). [tokens.md](tokens.md) has the cost of
typical results.

${sections.join('\n\n')}
`;

writeOrCheck('docs/tools.md', reference, 'npm run docs');

const summaryRows = TOOLSETS.flatMap(toolset =>
  toolsets[toolset]
    .filter(tool => !tool.optional)
    .map(({ name, effect, description }) => {
      // Up to the first stop, colon, semicolon or parenthesis: one line.
      const [, oneLine = ''] = /^(.*?)[.;:]?(?: \(|[.;:](?: |$))/.exec(description) ?? [];
      const access = effect === 'reads' ? 'read' : '**write**';
      return `| ${toolset} | \`${name}\` | ${access} | ${cell(oneLine)} |`;
    }),
);
const optionalTools = TOOLSETS.flatMap(toolset => {
  const names = toolsets[toolset].filter(tool => tool.optional).map(({ name }) => `\`${name}\``);
  return names.length > 0 ? [`${toolset}: ${names.join(', ')}`] : [];
});
const summary = [
  '| toolset | tool | access | |',
  '|---|---|---|---|',
  ...summaryRows,
  ...(optionalTools.length > 0
    ? ['', `Optional tools, [on request](docs/clients.md#tool-filters): ${optionalTools.join('; ')}.`]
    : []),
].join('\n');
writeOrCheckSection('README.md', 'tools', summary, 'npm run docs');
