import type { Formats } from '../../kit/locale.ts';
import type { Values } from '../../kit/values.ts';
import { lastDayOf } from '../periods/periods.ts';
import type { FigureTexts } from '../words/texts.ts';
import type { Dataset } from './dataset.ts';
import { listIn } from './sources.ts';

/** Says what the figures are of: how they are grouped, of which time and which businesses. */
export function subtitleOf(dataset: Dataset, input: Values, formats: Formats, texts: FigureTexts): string {
  const { dimensions } = dataset;
  const by = dimensions.map(name => texts.dimensions[name] ?? name);
  const businesses = listIn(input.business__in);
  return [
    by.length > 0 ? texts.by(formats.list(by)) : '',
    timeOf(dataset, formats, texts),
    businesses.length > 0 ? texts.shops(formats.number(businesses.length), businesses.length === 1) : '',
    ...[input.city, input.query].map(text => (typeof text === 'string' ? text : '')),
    input.branded === true ? texts.branded : input.branded === false ? texts.notBranded : '',
  ]
    .filter(part => part !== '')
    .join(' · ');
}

function timeOf({ span, period, periods }: Dataset, formats: Formats, texts: FigureTexts): string {
  const [first, last] = [periods[0], periods.at(-1)];
  const from = span.from ?? first;
  const to = span.to ?? (last && period && lastDayOf(last, period));
  const name = (day: string) => formats.day(day);
  if (from !== undefined && to !== undefined) return texts.between(name(from), name(to));
  if (from !== undefined) return texts.since(name(from));
  return to === undefined ? '' : texts.until(name(to));
}
