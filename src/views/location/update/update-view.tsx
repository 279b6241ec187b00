import { ErrorMessage } from '../../kit/messages.tsx';
import type { ViewProps } from '../../kit/view.tsx';
import { readPeriods } from '../hours/special-hours.ts';
import { TEXTS } from '../texts/texts.ts';
import { textIn } from '../values/business.ts';
import { changesOf, parsed, type Step, stepOf } from './call.ts';
import { FieldChange } from './field-change.tsx';
import { isSameField } from './same-value.ts';
import { useReadings } from './use-readings.ts';

const TONES: Record<Step, string> = {
  running: '',
  confirmed: 'good',
  repeated: 'good',
  refused: 'danger',
  unknown: 'caution',
  inProgress: 'caution',
  paused: 'caution',
  cancelled: 'caution',
};

/** A call of update_business: what it changes, and what became of it. */
export function UpdateView(props: ViewProps) {
  const { formats, enabledTools, input } = props;
  const step = stepOf(props);
  const changes = changesOf(props, step);
  const readings = useReadings(props, step);
  const { before, current } = readings;
  const texts = TEXTS[formats.language].update;
  const name = textIn((before ?? current)?.business.name);
  const names = Object.keys(changes);
  const badge = step === 'inProgress' || step === 'paused' ? 'unknown' : step;
  return (
    <main class="update">
      <header>
        <div class="title">
          <h1 dir="auto">{name === undefined ? texts.titleUnnamed : texts.title(name)}</h1>
          <span class={`pill ${TONES[step] && `pill-${TONES[step]}`}`}>{texts.states[badge]}</span>
        </div>
        <p class="soft">
          {[
            textIn((before ?? current)?.business.code) ?? textIn(input.business_id),
            texts.changes(names.length),
          ]
            .filter(Boolean)
            .map(part => (
              <span key={part} class="part">
                {part}
              </span>
            ))}
        </p>
      </header>
      <Outcome {...props} step={step} />
      {names.length === 0 && <p class="soft">{texts.noFields}</p>}
      <ul class="changes">
        {names.map(field => (
          <li key={field}>
            <FieldChange {...{ field, step, before, current }} value={changes[field]} {...props} />
          </li>
        ))}
      </ul>
      <footer>
        {enabledTools.has('get_business') ? (
          <ReadingNotes
            {...{ ...readings, step, formats }}
            isAllThere={isAllThere(before?.business, changes)}
          />
        ) : (
          <p class="note">{texts.cannotRead}</p>
        )}
      </footer>
    </main>
  );
}

function Outcome({ result, input, formats, step }: ViewProps & { step: Step }) {
  const { explanations, dropped } = TEXTS[formats.language].update;
  const explanation = explanations[step];
  if (step === 'refused' && result?.error) {
    return (
      <ErrorMessage error={result.error} language={formats.language}>
        <p>{explanation}</p>
      </ErrorMessage>
    );
  }
  const passed = droppedPeriods(input, result?.data?.changed);
  return (
    <div class={`message ${TONES[step] && `message-${TONES[step]}`}`} role="status">
      <p>{explanation}</p>
      {passed > 0 && <p>{dropped(passed)}</p>}
    </div>
  );
}

interface ReadingNotesProps extends ReturnType<typeof useReadings> {
  step: Step;
  formats: ViewProps['formats'];
  isAllThere: boolean;
}

/** What the view knows of the listing, and since when. */
function ReadingNotes({
  step,
  formats,
  before,
  current,
  isReading,
  error,
  readAgain,
  isAllThere,
}: ReadingNotesProps) {
  const texts = TEXTS[formats.language].update;
  const time = (at: number) => `${formats.time(new Date(at))}`;
  const showsBefore = before !== undefined && !['running', 'refused', 'repeated'].includes(step);
  const lacksBefore = before === undefined && step === 'confirmed';
  return (
    <>
      {showsBefore && <p class="note">{texts.beforeNote(time(before.at))}</p>}
      {before !== undefined && isAllThere && step !== 'refused' && <p class="note">{texts.beforeIsAfter}</p>}
      {lacksBefore && <p class="note">{texts.noBefore}</p>}
      <p class="note" role="status">
        {isReading ? texts.reading : current ? texts.readAt(time(current.at)) : error ? texts.readFailed : ''}
      </p>
      {step !== 'running' && (
        <button type="button" disabled={isReading} onClick={readAgain}>
          {texts.readAgain}
        </button>
      )}
    </>
  );
}

const isAllThere = (business: Record<string, unknown> | undefined, changes: Record<string, unknown>) =>
  business !== undefined &&
  Object.entries(changes).every(([field, value]) => isSameField(field, business[field], value));

/** Past special hours are left out of what is sent. */
function droppedPeriods(input: Record<string, unknown>, changed: unknown): number {
  const sent = (changed as { specific_hours?: unknown } | undefined)?.specific_hours;
  return sent === undefined ? 0 : readPeriods(parsed(input.specific_hours)).length - readPeriods(sent).length;
}
