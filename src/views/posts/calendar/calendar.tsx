import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { addDays, addMonths, firstDayOf, monthOf, weekStart, weeksOf } from '../../kit/days.ts';
import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { Chevron } from '../../kit/parts/icons.tsx';
import { PostCard } from '../list/post-card.tsx';
import { dayIn } from '../rows/dates.ts';
import { type Post, startOf } from '../rows/post.ts';
import { toneOf } from '../rows/states.ts';
import type { Texts } from '../texts/texts.ts';
import { moveMonths, nearestMonth } from './month.ts';

/** Posts that a cell shows before "+2". */
const IN_CELL = 2;

interface CalendarProps {
  posts: Post[];
  host: Host;
  formats: Formats;
  timeZone: string | undefined;
  texts: Texts;
}

/** A month of posts, each on the day on which it goes out, and the posts of the chosen day below. */
export function Calendar({ posts, host, formats, timeZone, texts }: CalendarProps) {
  const { byDay, today } = useMemo(() => groupByDay(posts, timeZone), [posts, timeZone]);
  const [chosen, setChosen] = useState<string>();
  const day = chosen ?? firstDay(byDay, today);
  const month = monthOf(day);
  const grid = useRef<HTMLTableElement>(null);
  const follow = useRef(false);

  // The keyboard takes the focus along; a click or a button leaves it where it is.
  useLayoutEffect(() => {
    if (follow.current) grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
    follow.current = false;
  }, [day]);

  const first = firstDayOf(formats.locale);
  const monthName = new Intl.DateTimeFormat(formats.locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const inMonth = [...byDay].filter(([each]) => monthOf(each) === month);
  const count = inMonth.reduce((sum, [, { length }]) => sum + length, 0);
  const ofDay = byDay.get(day) ?? [];

  function goToMonth(next: string): void {
    const days = [...byDay.keys()].filter(each => monthOf(each) === next).sort();
    setChosen(days[0] ?? `${next}-01`);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = dayByKey(event.key, day, first);
    if (next === undefined) return;
    event.preventDefault();
    follow.current = true;
    setChosen(next);
  }

  return (
    <div class="calendar">
      <div class="calendar-head">
        <h2 aria-live="polite">{monthName.format(new Date(`${month}-01`))}</h2>
        <span class="note">{texts.postsHere(count)}</span>
        <span class="push">
          <button
            type="button"
            aria-label={texts.previousMonth}
            onClick={() => goToMonth(addMonths(month, -1))}
          >
            <Chevron to="left" />
          </button>
          <button type="button" onClick={() => setChosen(today)}>
            {texts.today}
          </button>
          <button type="button" aria-label={texts.nextMonth} onClick={() => goToMonth(addMonths(month, 1))}>
            <Chevron to="right" />
          </button>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk through the days. */}
      <table ref={grid} role="grid" aria-label={texts.calendar} onKeyDown={onKeyDown}>
        <WeekdayNames month={month} first={first} locale={formats.locale} />
        <tbody>
          {weeksOf(month, first).map(week => (
            <tr key={week[0]}>
              {week.map(each => (
                <DayCell
                  key={each}
                  day={each}
                  posts={byDay.get(each) ?? []}
                  isOutside={monthOf(each) !== month}
                  isToday={each === today}
                  isChosen={each === day}
                  choose={() => setChosen(each)}
                  {...{ formats, timeZone, texts }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <section class="day" aria-label={formats.day(day)}>
        <h3>{formats.day(day)}</h3>
        {ofDay.length === 0 && <p class="note">{texts.nothingThatDay}</p>}
        <ul class="cards">
          {ofDay.map(post => (
            <PostCard key={post.id} {...{ post, host, formats, texts }} />
          ))}
        </ul>
      </section>
    </div>
  );
}

interface DayCellProps {
  day: string;
  posts: Post[];
  isOutside: boolean;
  isToday: boolean;
  isChosen: boolean;
  choose(): void;
  formats: Formats;
  timeZone: string | undefined;
  texts: Texts;
}

function DayCell({ day, posts, isOutside, isToday, isChosen, choose, ...props }: DayCellProps) {
  const { formats, timeZone, texts } = props;
  const states = posts.map(({ state }) => texts.stateOf(state));
  const label = [
    formats.day(day),
    isToday ? texts.today : '',
    posts.length === 0
      ? texts.noPosts
      : `${texts.postsHere(posts.length)}: ${formats.list([...new Set(states)])}`,
  ];
  const classes = [isOutside && 'outside', isToday && 'today', posts.length > 0 && 'has-posts'];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the grid choose a day.
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid.
      role="gridcell"
      class={classes.filter(Boolean).join(' ')}
      data-day={day}
      tabIndex={isChosen ? 0 : -1}
      aria-selected={isChosen}
      aria-current={isToday ? 'date' : undefined}
      onClick={choose}
    >
      <span class="visually-hidden">{label.filter(Boolean).join(', ')}</span>
      <span class="number" aria-hidden="true">
        {Number(day.slice(8))}
      </span>
      <span class="chips" aria-hidden="true">
        {posts.slice(0, IN_CELL).map(post => (
          <span key={post.id} class={`chip tone-${toneOf(post.state)}`}>
            <b>{texts.stateOf(post.state)}</b> {endOf(post, day, timeZone, formats)} {post.text.slice(0, 60)}
          </span>
        ))}
        {posts.length > IN_CELL && <span class="chip-more">+{posts.length - IN_CELL}</span>}
      </span>
      {posts.length > 0 && (
        <span class="dots" aria-hidden="true">
          {posts.slice(0, 3).map(post => (
            <i key={post.id} class={`dot tone-${toneOf(post.state)}`} />
          ))}
        </span>
      )}
    </td>
  );
}

/** The last day of a post of several days. */
function endOf({ endsAt = '' }: Post, day: string, timeZone: string | undefined, formats: Formats): string {
  const end = endsAt && dayIn(timeZone)(endsAt);
  return end !== undefined && end > day ? `→ ${formats.day(end, 'short')}` : '';
}

function WeekdayNames({ month, first, locale }: { month: string; first: number; locale: string }) {
  const format = (weekday: 'short' | 'long') => new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  const [short, long] = [format('short'), format('long')];
  return (
    <thead>
      <tr>
        {weeksOf(month, first)[0]?.map(day => (
          <th key={day} scope="col" abbr={long.format(new Date(day))}>
            {short.format(new Date(day))}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function groupByDay(posts: Post[], timeZone: string | undefined) {
  const toDay = dayIn(timeZone);
  const byDay = new Map<string, Post[]>();
  for (const post of posts) {
    const day = toDay(startOf(post) ?? '');
    if (day !== undefined) byDay.set(day, [...(byDay.get(day) ?? []), post]);
  }
  return { byDay, today: toDay(new Date().toISOString()) as string };
}

/** Today if its month is shown, or else the first day with a post. */
function firstDay(byDay: Map<string, Post[]>, today: string): string {
  const days = [...byDay.keys()].sort();
  const month = nearestMonth(days, today);
  return month === monthOf(today) ? today : (days.find(day => monthOf(day) === month) ?? today);
}

function dayByKey(key: string, day: string, first: number): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return weekStart(day, first);
    case 'End':
      return addDays(weekStart(day, first), 6);
    case 'PageUp':
      return moveMonths(day, -1);
    case 'PageDown':
      return moveMonths(day, 1);
    default:
      return undefined;
  }
}
