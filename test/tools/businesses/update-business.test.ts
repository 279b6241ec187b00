import { expect, test } from 'vitest';
import { businessFields } from '../../../src/tools/businesses/business-fields.ts';
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
    reads(answer) {
      expect(answer).toMatchObject({ status: 'success', id: expect.stringMatching(/^[0-9a-f]{24}$/) });
      expect((answer.changed as string[]).toSorted()).toEqual(
        ['categories', 'country', 'description_short', 'lat', 'open_hours', 'website_url'].toSorted(),
      );
    },
  },
  refuses: [
    {
      why: 'nothing to change, naming what can be',
      args: { business_id: 'c-PAR/01' },
      problems: [/at least one field to change: name, code/],
    },
    {
      why: 'everything malformed, all at once',
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
      why: 'hours that leave days out',
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
])('the slots %j are %j', (monday, slots) => {
  expect(businessFields.open_hours.parse({ ...OPEN_HOURS, monday })).toEqual({
    ...OPEN_HOURS,
    monday: slots,
  });
});
