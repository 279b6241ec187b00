import fc from 'fast-check';

/** A plain value, and the odd shapes in which models send it. */
export interface Spelled {
  plain: unknown;
  odd: fc.Arbitrary<unknown>;
}

const spelled = (plain: unknown, shapes: unknown[]): Spelled => ({ plain, odd: fc.constantFrom(...shapes) });

/** Formats a value as Python prints it, if it contains no quotes. */
export const python = (value: unknown) => JSON.stringify(value).replaceAll('"', "'");

/** The value in quotes, in lists, as JSON, as doubly encoded JSON, and as Python prints it. */
const inShells = (value: string | number) => {
  const json = JSON.stringify([value]);
  return [
    value,
    ` ${value} `,
    `"${value}"`,
    `'${value}'`,
    [value],
    [[value]],
    json,
    python([value]),
    JSON.stringify(json),
  ];
};

const inJson = (value: unknown) => [
  value,
  JSON.stringify(value),
  ` ${JSON.stringify(value)}\n`,
  JSON.stringify(JSON.stringify(value)),
];

export const freeText = (text: string) => spelled(text, [text, ` ${text}\n`, [text], [[text]]]);

export const integer = (number: number) =>
  spelled(number, [...inShells(number), ...inShells(`${number}.0`), `+${number}`]);

export const numericId = (id: number | string) =>
  spelled(id, [...inShells(id), ...inShells(`${id}.0`), ...inShells(String(id)), `+${id}`]);

export const decimal = (number: number) => spelled(number, inShells(number));

export const flag = (value: boolean) =>
  spelled(
    value,
    (value
      ? ['true', 'True', 'TRUE', '1', 'yes', 'Yes', 'on']
      : ['false', 'False', 'FALSE', '0', 'no', 'NO', 'off']
    )
      .flatMap(inShells)
      .concat([value, [value], value ? 1 : 0] as never[]),
  );

/** Other capitalization, and spaces, hyphens or capitals instead of underscores. A leading sign stays. */
function spellingsOf(word: string): string[] {
  const [sign, name] = word.startsWith('-') ? ['-', word.slice(1)] : ['', word];
  const capitals = name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const shapes = [name, name.toUpperCase(), name.replaceAll('_', ' '), name.replaceAll('_', '-'), capitals];
  return [...new Set(shapes)].map(shape => sign + shape);
}

export const word = (plain: string, ...aliases: string[]) =>
  spelled(plain, [plain, ...aliases].flatMap(spellingsOf).flatMap(inShells));

export const order = (plain: string) => {
  const [name, direction] = plain.startsWith('-') ? [plain.slice(1), 'desc'] : [plain, 'asc'];
  return spelled(
    plain,
    [...spellingsOf(plain), `${name} ${direction}`, `${name}:${direction.toUpperCase()}`].flatMap(inShells),
  );
};

/** A list whose items have spellings of their own: as an array, and as one string with each separator. */
function listOf(plain: string[], spellings: (item: string) => string[], separators: string[]): Spelled {
  const shapes = (items: string[]) => [
    items,
    ...inJson(items),
    python(items),
    [items],
    ...separators.flatMap(separator => [items.join(separator), [items.join(separator)]]),
  ];
  const odd = fc.tuple(...plain.map(item => fc.constantFrom(...spellings(item))));
  return { plain: plain.join(','), odd: odd.chain(items => fc.constantFrom(...shapes(items))) };
}

const BETWEEN = [',', ', ', ' ,', ';', '; ', '\n', ' | ', ',,'];

export const words = (...plain: string[]) => listOf(plain, spellingsOf, BETWEEN);

/** Words without another spelling, so that a space can separate them. */
export const plainWords = (...plain: string[]) => listOf(plain, item => [item], [...BETWEEN, ' ']);

export const ids = (...plain: string[]) =>
  listOf(plain, id => [id, id.toUpperCase()], [...BETWEEN, ' ', '\t']);

export const caselessIds = (...plain: string[]): Spelled => ({
  ...listOf(plain, id => [id], [...BETWEEN, ' ', '\t']),
  plain,
});

export const numbers = (...plain: number[]): Spelled => ({
  plain,
  odd: fc.oneof(
    fc.constantFrom(...inJson(plain), plain.map(String)),
    listOf(plain.map(String), item => [item, `${item}.0`], [...BETWEEN, ' ']).odd,
  ),
});

export const texts = (...plain: string[]) =>
  spelled(plain.join(','), [
    plain.join(','),
    ` ${plain.join(' , ')} ,`,
    ...inJson(plain),
    python(plain),
    plain,
    [plain],
  ]);

export const urls = (...plain: string[]) =>
  spelled(plain, [
    plain.join(','),
    plain.map(url => `'${url}'`).join(' , '),
    ...inJson(plain),
    python(plain),
    [plain],
  ]);

export const url = (plain: string) => spelled(plain, inShells(plain));

/** A date also without leading zeros, and with slashes. */
const daysOf = (day: string) => [
  day,
  day.replaceAll('-', '/'),
  day.replaceAll('-0', '-'),
  day.replaceAll('-0', '-').replaceAll('-', '/'),
];

export const day = (plain: string) =>
  spelled(
    plain,
    [...daysOf(plain), `${plain}T00:00:00`, `${plain}t00:00:00z`, `${plain} 14:00`].flatMap(inShells),
  );

const timesOf = (day: string, time: string) =>
  daysOf(day).flatMap(shape => [
    `${shape}T${time}`,
    `${shape}t${time}`,
    `${shape} ${time}`,
    `${shape}T${time}.000`,
  ]);

export const localTime = (plain: string) => {
  const [day = '', time = ''] = plain.split('T');
  return spelled(plain, timesOf(day, time).flatMap(inShells));
};

/** A time before 22:00, since offsets of up to two hours must stay within the day. */
export const utcTime = (plain: string) => spelled(plain, zonedSpellings(plain, ['']).flatMap(inShells));

/** A time that requires a zone. */
export const zonedTime = (plain: string) => spelled(`${plain}Z`, zonedSpellings(plain, []).flatMap(inShells));

function zonedSpellings(plain: string, none: string[]): string[] {
  const [day = '', time = ''] = plain.split('T');
  const later = (hours: number) =>
    `${String(Number(time.slice(0, 2)) + hours).padStart(2, '0')}${time.slice(2)}`;
  return [
    ...timesOf(day, time).flatMap(shape => [...none, 'Z', 'z', ' UTC', '+00:00'].map(zone => shape + zone)),
    ...timesOf(day, later(2)).flatMap(shape =>
      ['+02:00', '+0200', '+02', ' +02:00'].map(zone => shape + zone),
    ),
    ...timesOf(day, later(1)).map(shape => `${shape}+01:00`),
  ];
}

export const object = (plain: object) =>
  spelled(plain, [...inJson(plain), python(plain), [plain], { ...plain, nothing: null }]);

export const objects = (...plain: object[]) =>
  spelled(plain, [...inJson(plain), python(plain), [plain], ...(plain.length === 1 ? plain : [])]);

/** With and without its prefix, for arguments that take one business. A capital `C-` may belong to the code. */
export const storeCode = (plain: string) =>
  spelled(plain, [plain, plain.replace('c-', '')].flatMap(inShells));
