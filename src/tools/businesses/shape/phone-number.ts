import * as z from 'zod';
import { expecting } from '../../fields/field.ts';

/** E.164: a country code, which never begins with 0, and up to 15 digits in all; in North America always eleven. */
const E164 = /^\+(?:1[2-9]\d{9}|[2-9]\d{6,14})$/;

const FORM =
  'must be in E.164 form such as +33302060628: + and the country code, then the number without its leading 0';

/** Longer than any printed number. */
const MAX_LENGTH = 60;

/** A phone number as people print it. The country code is required: without it, the number could be any country's. */
export const phoneNumber = () =>
  z
    .string(expecting(FORM))
    .transform(toE164)
    .refine(number => E164.test(number), { error: FORM });

/** European country codes after which no number begins with 0. Elsewhere some do, as in Rome and Abidjan. */
const NATIONAL_PREFIX = /(?<=^\+(?:3[0-46]|4[013-9]))0/;

/** `+33 (0)1 40 20 50 50`, `+33 01 40 20 50 50`, `tel:+33-1-40-20-50-50`, `0033 1.40.20.50.50` → `+33140205050` */
function toE164(printed: string): string {
  if (printed.length > MAX_LENGTH) return printed;
  return printed
    .normalize('NFKC')
    .replace(/^\s*tel:/i, '')
    .replaceAll(/[\p{Cf}\s]/gu, '')
    .replace(/^\(?(\+|00)/, '+')
    .replace(/(?<=^\+\d{1,3}\)?)\(0\)/, '')
    .replaceAll(/(?<=\d\)?)[-.‐‑‒–—−]|[()]/gu, '')
    .replace(NATIONAL_PREFIX, '');
}
