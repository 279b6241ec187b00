import type { ViewProps } from '../../kit/view.tsx';
import { fieldLabel } from '../texts/field-labels.ts';
import { TEXTS } from '../texts/texts.ts';
import { timeAt } from '../values/business.ts';
import { FieldValue, isEmpty } from '../values/field-value.tsx';
import { isMade, type Step } from './call.ts';
import type { ChangeProps } from './change-props.ts';
import { type Labels, Panes } from './panes.tsx';
import { isSameField } from './same-value.ts';
import { SpecialHoursChange } from './special-hours-change.tsx';
import type { Reading } from './use-readings.ts';
import { WeekChange } from './week-change.tsx';

interface FieldChangeProps extends Pick<ViewProps, 'host' | 'formats'> {
  field: string;
  /** What the call sets. */
  value: unknown;
  step: Step;
  before: Reading | undefined;
  current: Reading | undefined;
}

/** One field of an update: what it was, what the call sets, and what the listing has. */
export function FieldChange({ field, value, step, before, current, host, formats }: FieldChangeProps) {
  const texts = TEXTS[formats.language].update;
  const reading = oldReading(step, before, current);
  const old = reading?.business[field];
  const isSame = reading !== undefined && isSameField(field, old, value);
  const labels = labelsOf(step, reading !== undefined, texts);
  const now = step === 'running' || step === 'refused' ? undefined : current;
  return (
    <section class={`change ${step === 'refused' ? 'not-made' : ''}`}>
      <div class="change-head">
        <h2>{fieldLabel(field, formats.language)}</h2>
        {isSame && <p class="note">{texts.same}</p>}
        {now && <InListing {...{ field, value, before }} current={now} texts={texts} />}
      </div>
      <div class="change-body">
        <Change
          {...{ field, value, old, labels, host, formats }}
          isOldKnown={reading !== undefined}
          business={(current ?? before)?.business ?? {}}
        />
        {now && !isKnownValue(field, value, before, now) && (
          <details>
            <summary>{texts.listingDiffers}</summary>
            <FieldValue name={field} value={now.business[field]} host={host} formats={formats} />
          </details>
        )}
      </div>
    </section>
  );
}

/** What a field had before; for a refused call, what it has. An update that was made earlier has no "before". */
function oldReading(step: Step, before: Reading | undefined, current: Reading | undefined) {
  if (step === 'refused') return current ?? before;
  return step === 'repeated' ? undefined : before;
}

type UpdateTexts = (typeof TEXTS)['en']['update'];

function labelsOf(step: Step, isOldKnown: boolean, texts: UpdateTexts): Labels {
  if (step === 'refused') return { old: texts.now, new: texts.asked };
  if (step === 'running') return { old: texts.now, new: isOldKnown ? texts.afterThis : texts.sets };
  return { old: texts.before, new: isMade(step) && isOldKnown ? texts.after : texts.sets };
}

function Change(props: ChangeProps) {
  const { field, value, old, isOldKnown, labels, host, formats, business } = props;
  const texts = TEXTS[formats.language].update;
  if (field === 'open_hours' && !isEmpty(value)) return <WeekChange {...props} />;
  if (field === 'specific_hours')
    return <SpecialHoursChange {...props} time={timeAt(business, new Date())} />;
  return (
    <Panes
      labels={labels}
      old={isOldKnown && <FieldValue name={field} value={old} host={host} formats={formats} />}
    >
      {isEmpty(value) ? (
        <span class="pill">{texts.cleared}</span>
      ) : (
        <FieldValue name={field} value={value} host={host} formats={formats} />
      )}
    </Panes>
  );
}

interface InListingProps {
  field: string;
  value: unknown;
  before: Reading | undefined;
  current: Reading;
  texts: UpdateTexts;
}

/** Whether the listing has the value now. Partoo may take its time, or write it in another way. */
function InListing({ field, value, before, current, texts }: InListingProps) {
  const now = current.business[field];
  if (isSameField(field, now, value)) {
    return <p class="note is-there">{texts.inListing}</p>;
  }
  const isUnchanged = before !== undefined && isSameField(field, now, before.business[field]);
  return <p class="note">{isUnchanged ? texts.listingUnchanged : texts.listingDiffers}</p>;
}

/** Whether what the listing has is shown already, as old or as new. */
const isKnownValue = (field: string, value: unknown, before: Reading | undefined, current: Reading) =>
  [value, before?.business[field]].some(shown => isSameField(field, shown, current.business[field]));
