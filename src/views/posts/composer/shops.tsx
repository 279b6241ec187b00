import { useId, useState } from 'preact/hooks';
import type { Texts } from '../texts/texts.ts';
import type { Draft, Shop } from './draft.ts';

/** Further shops are found by name or code: a list in a list that scrolls is hard to use. */
const SHOPS_AT_A_GLANCE = 8;

interface ShopsProps {
  draft: Draft;
  change(changed: Partial<Draft>): void;
  shops: Shop[];
  texts: Texts;
}

/** The shops of a post: those of the posts in the view, or any by its business id. */
export function Shops({ draft, change, shops, texts }: ShopsProps) {
  const [query, setQuery] = useState('');
  const otherId = useId();
  const { composer } = texts;
  const chosen = new Set(draft.shops);
  const words = fold(query);
  const found = shops.filter(({ name, code = '' }) => fold(`${name} ${code}`).includes(words));
  const listed = new Set([...shops.filter(({ id }) => chosen.has(id)), ...found.slice(0, SHOPS_AT_A_GLANCE)]);
  const shown = shops.filter(shop => listed.has(shop));
  const left = found.filter(shop => !listed.has(shop)).length;

  function toggleShop(id: string): void {
    if (!chosen.delete(id)) chosen.add(id);
    change({ shops: [...chosen] });
  }

  return (
    <fieldset class="choice">
      <legend>
        {composer.shops} <span class="soft">{texts.shopCount(chosen.size)}</span>
      </legend>
      {shops.length > SHOPS_AT_A_GLANCE && (
        <input
          type="search"
          aria-label={composer.findShop}
          placeholder={composer.findShop}
          value={query}
          onInput={event => setQuery(event.currentTarget.value)}
        />
      )}
      {shown.length > 0 && (
        <div class="shop-list">
          {shown.map(({ id, name, code }) => (
            <label key={id} class="check">
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggleShop(id)} />
              <span>
                {name} {code !== undefined && <span class="soft">{code}</span>}
              </span>
            </label>
          ))}
        </div>
      )}
      {left > 0 && <p class="note">{composer.moreShops(left)}</p>}
      <div class="field">
        <label for={otherId}>{composer.otherShops}</label>
        <input
          id={otherId}
          type="text"
          value={draft.otherShops}
          onInput={event => change({ otherShops: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
