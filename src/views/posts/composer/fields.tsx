import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Formats } from '../../kit/locale.ts';
import { platformName } from '../../kit/platforms.ts';
import { isDated, lengthOf, maxOf, takesLink } from '../new-post/check-post.ts';
import type { Texts } from '../texts/texts.ts';
import type { Draft, Shop } from './draft.ts';
import { Shops } from './shops.tsx';

const PLATFORMS = ['google_my_business', 'facebook', 'instagram'];
const TYPES = ['news', 'event', 'offer'];
const CTAS = ['no_cta', 'book', 'order', 'shop', 'learn_more', 'sign_up', 'call'];

interface FieldsProps {
  draft: Draft;
  change(changed: Partial<Draft>): void;
  shops: Shop[];
  formats: Formats;
  timeZone: string | undefined;
  texts: Texts;
}

export function Fields({ draft, change, shops, formats, timeZone, texts }: FieldsProps) {
  const { composer } = texts;
  const dated = isDated(draft.type);
  return (
    <div class="fields">
      <Choice legend={composer.platforms}>
        {PLATFORMS.map(platform => (
          <label key={platform} class="check">
            <input
              type="checkbox"
              checked={draft.platforms.includes(platform)}
              onChange={() => change({ platforms: toggle(PLATFORMS, draft.platforms, platform) })}
            />
            {platformName(platform)}
          </label>
        ))}
      </Choice>
      <Choice legend={composer.type}>
        {TYPES.map(type => (
          <label key={type} class="check">
            <input type="radio" name="type" checked={draft.type === type} onChange={() => change({ type })} />
            {texts.types[type]}
          </label>
        ))}
      </Choice>
      <Field label={composer.text} note={limitOf(draft, formats, texts)}>
        {field => (
          <textarea
            {...field}
            rows={6}
            value={draft.text}
            onInput={event => change({ text: event.currentTarget.value })}
          />
        )}
      </Field>
      <Shops {...{ draft, change, shops, texts }} />
      {dated && (
        <>
          <Text label={composer.titleField} name="title" {...{ draft, change }} />
          <div class="pair">
            <Text label={composer.start} name="startAt" isTime {...{ draft, change }} />
            <Text label={composer.end} name="endAt" isTime {...{ draft, change }} />
          </div>
          <p class="note">{texts.preview.localTime}</p>
        </>
      )}
      {draft.type === 'offer' && (
        <div class="pair">
          <Text label={composer.couponCode} name="couponCode" {...{ draft, change }} />
          <Text label={composer.offerTerms} name="offerTerms" {...{ draft, change }} />
        </div>
      )}
      <Text label={composer.images} name="images" placeholder="https://" {...{ draft, change }} />
      <div class="pair">
        <Field label={composer.cta}>
          {field => (
            <select
              {...field}
              value={draft.cta}
              onChange={event => change({ cta: event.currentTarget.value })}
            >
              {CTAS.map(cta => (
                <option key={cta} value={cta}>
                  {texts.ctas[cta]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {takesLink(draft.cta) && (
          <Text
            label={composer.link}
            name="link"
            placeholder={texts.preview.linkToWebsite}
            {...{ draft, change }}
          />
        )}
      </div>
      <Text
        label={composer.scheduledAt}
        note={composer.scheduleNote(timeZone)}
        name="scheduledAt"
        isTime
        {...{ draft, change }}
      />
    </div>
  );
}

interface TextProps extends Pick<FieldsProps, 'draft' | 'change'> {
  label: string;
  name: Exclude<keyof Draft, 'platforms' | 'shops'>;
  isTime?: boolean;
  note?: string;
  placeholder?: string;
}

function Text({ label, name, isTime = false, note, placeholder, draft, change }: TextProps) {
  const props = {
    value: draft[name],
    onInput: (event: { currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
  };
  return (
    <Field label={label} note={note}>
      {field =>
        isTime ? (
          <input type="datetime-local" {...field} {...props} />
        ) : (
          <input type="text" placeholder={placeholder} {...field} {...props} />
        )
      }
    </Field>
  );
}

interface FieldProps {
  label: string;
  note?: string | undefined;
  /** Renders the control with these attributes. */
  children(attributes: { id: string; 'aria-describedby': string | undefined }): ComponentChildren;
}

function Field({ label, note, children }: FieldProps) {
  const id = useId();
  const noteId = note === undefined ? undefined : `${id}-note`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': noteId })}
      {note !== undefined && (
        <span class="note" id={noteId}>
          {note}
        </span>
      )}
    </div>
  );
}

function Choice({ legend, children }: { legend: string; children: ComponentChildren }) {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <div>{children}</div>
    </fieldset>
  );
}

/** The smallest limit of the chosen platforms. */
function limitOf({ text, platforms }: Draft, formats: Formats, texts: Texts): string | undefined {
  const limits = platforms.map(maxOf).filter(max => max !== undefined);
  if (limits.length === 0) return undefined;
  return texts.preview.characters(formats.number(lengthOf(text.trim())), formats.number(Math.min(...limits)));
}

/** Adds or removes a value, in the order of all. */
const toggle = (all: string[], chosen: string[], value: string): string[] =>
  all.filter(each => (each === value ? !chosen.includes(each) : chosen.includes(each)));
