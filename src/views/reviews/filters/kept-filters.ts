import type { Formats } from '../../kit/locale.ts';
import { itemsOf, type Query } from '../model/query.ts';
import type { Texts } from '../texts/texts.ts';

/** The filters of the call that the view keeps, in words. */
export function keptFilters({ kept, filters }: Query, texts: Texts, formats: Formats): string[] {
  const shops = itemsOf(kept.business__in).length;
  const otherShops = itemsOf(kept.business__notin).length;
  const [from, to] = [kept.update_date__gte, kept.update_date__lte].map(date => dayOf(date, formats));
  const states = filters.state__in ?? [];
  const isOffered = states.length === 1 && states[0] !== 'deleted';
  const parts = [
    shops > 0 && texts.shops(shops),
    otherShops > 0 && texts.withoutShops(otherShops),
    from && to
      ? texts.updatedBetween(from, to)
      : from
        ? texts.updatedFrom(from)
        : to && texts.updatedUntil(to),
    flagText(kept.content__isnull, texts.withoutText, texts.withText),
    flagText(kept.tags__isnull, texts.untagged, texts.tagged),
    states.length > 0 &&
      !isOffered &&
      texts.onlyStates(formats.list(states.map(state => texts.states[state] ?? state))),
    kept.order_by === 'update_date' && texts.oldestFirst,
  ];
  return parts.filter(part => typeof part === 'string');
}

function dayOf(date: unknown, formats: Formats): string | undefined {
  if (typeof date !== 'string' || Number.isNaN(Date.parse(date))) return undefined;
  // Without a zone, Partoo takes it as UTC.
  return formats.day(/^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(date) ? `${date}Z` : date);
}

const flagText = (value: unknown, yes: string, no: string) =>
  value === undefined ? undefined : String(value) === 'true' ? yes : no;
