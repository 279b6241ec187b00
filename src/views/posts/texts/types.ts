import type { Formats } from '../../kit/locale.ts';

type Words = Readonly<Record<string, string>>;

export interface Texts {
  title: string;
  loaded(shown: number, count: number | undefined, formats: Formats): string;
  show: string;
  calendar: string;
  list: string;
  state: string;
  allStates: string;
  words: string;
  morePosts: string;
  noFurther: string;
  nothing(isFiltered: boolean): string;
  asAsked(filters: string): string;
  shopCount(count: number): string;
  from(date: string): string;

  previousMonth: string;
  nextMonth: string;
  today: string;
  postsHere(count: number): string;
  noPosts: string;
  nothingThatDay: string;

  stateOf(state: string): string;
  meaningOf(state: string): string;
  types: Words;
  ctas: Words;
  shopOf(id: string | undefined): string;
  noText: string;
  pictures(count: number): string;
  offerCode(code: string): string;
  views(figure: string, count: number): string;
  clicks(figure: string, count: number): string;
  dateAndTime(formats: Formats, date: string): string;
  goesOut(date: string, state: string): string;
  created(date: string): string;
  until(date: string): string;

  preview: PreviewTexts;
  outcome: OutcomeTexts;
  composer: ComposerTexts;
}

export interface PreviewTexts {
  for(shops: number, platforms: string): string;
  characters(count: string, max: string): string;
  fits: string;
  refuses: string;
  business: string;
  now: string;
  draft: string;
  goesOut(date: string): string;
  endsAt(date: string): string;
  dates(from: string, to: string): string;
  /** Of the dates of an event, which are on the business's own clock. */
  localTime: string;
  linkToWebsite: string;
  dials: string;
  noTextYet: string;
  noPlatform: string;
  titleNotShown: string;
  problems: {
    tooLong(count: string): string;
    needsPicture: string;
    newsOnly: string;
    needsStart: string;
    needsEnd: string;
    needsTitle: string;
    datesForEvents: string;
    forOffers: string;
    linkNeedsButton: string;
    endsBeforeStart: string;
    hasPassed: string;
    tooSoon: string;
    endsBeforeItGoesOut: string;
    noText: string;
    noShop: string;
    noPlatform: string;
  };
}

export interface OutcomeTexts {
  title: string;
  sending: Outcome;
  published: Outcome;
  scheduled: Outcome;
  draft: Outcome;
  refused: Outcome;
  unknown: Outcome;
  check: string;
  checking: string;
  notFound: string;
  found(count: number): string;
}

/** What became of a post in a word, and what that means. */
export interface Outcome {
  word: string;
  means: string;
}

export interface ComposerTexts {
  newPost: string;
  goOnWriting: string;
  title: string;
  check: string;
  back: string;
  preview: string;
  goOn: string;
  write: string;
  publish: string;
  schedule: string;
  saveDraft: string;
  draftNote: string;
  kept: string;
  leave: string;
  noBusinessId(id: string): string;

  platforms: string;
  type: string;
  text: string;
  shops: string;
  findShop: string;
  otherShops: string;
  moreShops(count: number): string;
  titleField: string;
  start: string;
  end: string;
  couponCode: string;
  offerTerms: string;
  images: string;
  cta: string;
  link: string;
  scheduledAt: string;
  scheduleNote(timeZone: string | undefined): string;
}
