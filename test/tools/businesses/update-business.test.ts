import { expect, test } from 'vitest';
import { businessFields } from '../../../src/tools/businesses/shape/business-fields.ts';
import { connectV2, errorIn } from '../../support/clients.ts';
import { startPair } from '../../support/start.ts';
import { testTool } from '../../support/tool-test.ts';

const OPEN_HOURS = {
  monday: ['10:00-14:00', '18:00-00:00'],
  tuesday: ['10:00-14:00'],
  wednesday: [],
  thursday: [],
  friday: [],
  saturday: [],
  sunday: [],
};

testTool('update_business', {
  works: {
    args: {
      business_id: 'c-PAR/01',
      description_short: 'Fresh bread since 1987',
      country: 'fr',
      categories: 'gcid:bakery,gcid:cafe',
      open_hours: JSON.stringify(OPEN_HOURS),
      website_url: '',
      lat: '48.85',
    },
    sends: () => ({
      method: 'POST',
      url: '/business/c-PAR%2F01',
      body: {
        description_short: 'Fresh bread since 1987',
        country: 'FR',
        categories: ['gcid:bakery', 'gcid:cafe'],
        open_hours: OPEN_HOURS,
        website_url: '',
        lat: 48.85,
      },
    }),
    reads(result) {
      expect(result).toMatchObject({ status: 'success', id: expect.stringMatching(/^[0-9a-f]{24}$/) });
      const delimited = expect.stringMatching(/^<\d{6}>Fresh bread since 1987<\/\d{6}>$/);
      expect(result.changed).toEqual({
        description_short: delimited,
        country: 'FR',
        categories: ['gcid:bakery', 'gcid:cafe'],
        open_hours: OPEN_HOURS,
        lat: 48.85,
      });
      expect(result.note).toContain('Cleared: website_url.');
    },
  },
  refuses: [
    {
      why: 'no field to change, and names the fields',
      args: { business_id: 'c-PAR/01' },
      problems: [/at least one field to change: name, code/],
    },
    {
      why: 'every malformed field at once',
      args: {
        business_id: 'c-PAR/01',
        status: 'opening_soon',
        description_short: 'x'.repeat(81),
        categories: [],
        opening_date: '2026-02-30',
        country: 'France',
        lat: 91,
        open_hours: { ...OPEN_HOURS, monday: ['25:00-26:00'], someday: [] },
        specific_hours: { open: [], close: [{ starts_at: '2026-12-26', ends_at: '2026-12-24' }] },
        contacts: [{ phone_numbers: ['0102030405'] }],
        photos: { primary: 'javascript:alert(1)' },
        website_url: 'javascript:alert(1)',
      },
      problems: [
        /^status: /m,
        /^description_short: must have at most 80 characters; it has 81/m,
        /^categories: must have at least one category/m,
        /^opening_date: .*not on the calendar/m,
        /^country: must be two letters/m,
        /^lat: /m,
        /^open_hours\.monday\[0\]: must be a slot such as 10:00-14:00/m,
        /^open_hours: does not take someday/m,
        /^specific_hours\.close\[0\]: ends_at is before starts_at/m,
        /^contacts\[0\]\.phone_numbers\[0\]: must be in E\.164 form/m,
        /^photos\.primary: must be an http/m,
        /^website_url: must be an http/m,
      ],
    },
    {
      why: 'opening hours without some days',
      args: { business_id: 'c-PAR/01', open_hours: { monday: ['10:00-14:00'] } },
      problems: [/^open_hours\.tuesday, .*open_hours\.sunday: is required$/m],
    },
  ],
});

test.each([
  ['9:00-18:00', ['09:00-18:00']],
  [
    ['10:00 – 14:00', '18:00-24:00'],
    ['10:00-14:00', '18:00-00:00'],
  ],
  ['10:00-14:00, 18:00-00:00', ['10:00-14:00', '18:00-00:00']],
  [
    ['8h-12h', '14h30-19h'],
    ['08:00-12:00', '14:30-19:00'],
  ],
  [['9am-5:30pm'], ['09:00-17:30']],
  [['12pm-12am'], ['12:00-00:00']],
  [['18:00-02:00'], ['18:00-02:00']],
  [['09.30-18.00'], ['09:30-18:00']],
  [
    ['00:00-02:00', '22:00-24:00'],
    ['00:00-02:00', '22:00-00:00'],
  ],
  [['00:00-24:00'], ['00:00-00:00']],
  ['closed', []],
  [['Closed'], []],
])('the slots %j are sent as %j', (monday, slots) => {
  expect(businessFields.open_hours.parse({ ...OPEN_HOURS, monday })).toEqual({
    ...OPEN_HOURS,
    monday: slots,
  });
});

test.each([
  [['20:00-26:00'], /or 20:00-02:00 past midnight/],
  [['8-12'], /must be a slot such as 10:00-14:00/],
  [[1000], /must be a slot such as 10:00-14:00/],
  [[''], /must be a slot such as 10:00-14:00/],
  [['22:00-24:00', '00:00-02:00'], /could be on the next day: join them into one slot/],
  [['14:00-10:00'], /ends before it begins; put hours past midnight in a slot of the next day/],
  [['10:00-10:00'], /has no length/],
  [['10:00-14:00', '12:00-18:00'], /has slots that overlap/],
  [['10:00-14:00', '10:00-14:00'], /has slots that overlap/],
  [['18:00-02:00', '23:00-01:00'], /has slots that overlap/],
])('the slots %j are refused with the expected form', (monday, problem) => {
  const { error } = businessFields.open_hours.safeParse({ ...OPEN_HOURS, monday });
  expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(problem)]);
});

test.each([
  ['+33 1 40 20 50 50'],
  ['+33-1-40-20-50-50'],
  ['+33.1.40.20.50.50 '],
  ['+33 (0)1 40 20 50 50'],
  ['(+33) 1 40 20 50 50'],
  ['+33\u00a01\u202f40\u202f20\u202f50\u202f50'],
  ['\u202a+33140205050\u202c'],
  ['＋33 1 40 20 50 50'],
  ['tel:+33-1-40-20-50-50'],
  ['0033 1 40 20 50 50'],
  ['+33 01 40 20 50 50'],
  ['0033 (01) 40 20 50 50'],
])('the phone number %j is sent as +33140205050', phone => {
  expect(businessFields.contacts.parse([{ phone_numbers: [phone] }])).toEqual([
    { phone_numbers: ['+33140205050'] },
  ]);
  expect(businessFields.contacts.parse({ phone_numbers: phone })).toEqual([
    { phone_numbers: ['+33140205050'] },
  ]);
});

test.each([
  ['01 40 20 50 50'],
  ['00140205050'],
  ['+01 40 20 50 50'],
  ['+33 1 40 20 50 50 ext. 5'],
  ['+33140205050/+33140205051'],
  ['+33 1 40 20 50 50 60 70 80 90'],
  ['++33140205050'],
  ['011 33 1 40 20 50 50'],
  ['+1-800-FLOWERS'],
  [33140205050],
])('the phone number %j is refused with the expected form', phone => {
  const { error } = businessFields.contacts.safeParse([{ phone_numbers: [phone] }]);
  expect(error?.issues.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^must be in E\.164 form such as \+33302060628: \+ and the country code/),
  ]);
});

test.each([['+390612345678'], ['+2250701020304']])(
  'the phone number %j keeps the 0 that belongs to it',
  phone => {
    expect(businessFields.contacts.parse([{ phone_numbers: [phone] }])).toEqual([{ phone_numbers: [phone] }]);
  },
);

const on = (day: string, last = day) => ({ starts_at: `2026-12-${day}`, ends_at: `2026-12-${last}` });
const open = (day: string, last = day, open_hours = ['10:00-12:00']) => ({ ...on(day, last), open_hours });

test.each([
  [
    'closed and open',
    { open: [open('25')], close: [on('24', '26')] },
    /2026-12-25 is in open\[0\] and in close\[0\]/,
  ],
  [
    'open twice',
    { open: [open('24', '25'), open('25')], close: [] },
    /2026-12-25 is in open\[0\] and in open\[1\]/,
  ],
  [
    'open without hours',
    { open: [open('25', '25', [])], close: [] },
    /has no slots; put closed days in close/,
  ],
  [
    'left out of one list',
    { close: [on('25')] },
    /open and close replace all exceptions; include those to keep/,
  ],
])('a special day that is %s is refused with the reason', (_, special, problem) => {
  const { error } = businessFields.specific_hours.safeParse(special);
  expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(problem)]);
});

test('special days may follow each other', () => {
  const special = { open: [open('24'), open('27', '28')], close: [on('25', '26'), on('26')] };
  expect(businessFields.specific_hours.parse(special)).toEqual(special);
});

test('an invisible name of a contact is refused', () => {
  expect(businessFields.contacts.safeParse([{ name: '\u200b' }]).success).toBe(false);
});

test('special periods that have passed are left out, and the note says so', async () => {
  const pair = await startPair();
  const client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
  const past = { starts_at: '2020-12-25', ends_at: '2020-12-25' };
  const ahead = { starts_at: '2040-12-25', ends_at: '2040-12-25' };
  const update = (close: object[]) =>
    client.call('update_business', { business_id: 'c-PAR/01', specific_hours: { open: [], close } });
  pair.received();
  const { structured } = await update([past, ahead]);
  expect(pair.received()[0]?.body).toEqual({ specific_hours: { open: [], close: [ahead] } });
  expect(structured).toMatchObject({
    note: expect.stringContaining('Special periods that have passed were left out: 1'),
  });

  const onlyPast = await update([past]);
  expect(errorIn(onlyPast).problems).toEqual([
    'specific_hours: has only periods that have passed; check the year',
  ]);
  expect(pair.received()).toEqual([]);
  await client.close();
  await pair.close();
});
