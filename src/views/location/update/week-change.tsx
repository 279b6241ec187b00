import { SlotTexts } from '../hours/slot-texts.tsx';
import { readWeek, slotsOn } from '../hours/week-hours.ts';
import { weekdayName, weekIn } from '../hours/weekdays.ts';
import { TEXTS } from '../texts/texts.ts';
import type { ChangeProps } from './change-props.ts';
import { isSameField } from './same-value.ts';

/** Opening hours, day by day. */
export function WeekChange({ value, old, isOldKnown, labels, formats }: ChangeProps) {
  const { hours, update } = TEXTS[formats.language];
  const [after, before] = [readWeek(value), readWeek(old)];
  return (
    <table class="week-change">
      <caption class="visually-hidden">{hours.title}</caption>
      <thead>
        <tr>
          <td />
          {isOldKnown && <th scope="col">{labels.old}</th>}
          <th scope="col">{labels.new}</th>
        </tr>
      </thead>
      <tbody>
        {weekIn(formats.locale).map(weekday => {
          const [then, next] = [slotsOn(before, weekday), slotsOn(after, weekday)];
          const isChanged = isOldKnown && (then === undefined || !isSameField('day', then, next));
          return (
            <tr key={weekday} class={isChanged ? 'changed' : ''}>
              <th scope="row">
                {weekdayName(weekday, formats.locale, 'long')}
                {isChanged && <span class="visually-hidden"> ({update.changed})</span>}
              </th>
              {isOldKnown && (
                <td>
                  <SlotTexts slots={then} formats={formats} />
                </td>
              )}
              <td>
                <SlotTexts slots={next} formats={formats} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
