/**
 * Telephone numbers in one canonical form, so that 07700 900123, +44 (0)7700 900123 and
 * 0044 7700 900123 are one person. Heard writes to mobiles of the United Kingdom and the Crown
 * dependencies only; what it will not write to is a value with its reason. The number itself must
 * never be part of a reason, a log line or an error.
 */
import type { PhoneNumber as Parsed } from 'libphonenumber-js/max';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

export type PhoneNumber =
  | { readonly kind: 'mobile'; readonly e164: string }
  | { readonly kind: 'refused'; readonly reason: RefusedNumber };

export type RefusedNumber =
  | 'not-a-number'
  | 'alphanumeric'
  | 'short-code'
  | 'landline'
  | 'premium'
  | 'personal'
  | 'pager'
  | 'abroad';

/**
 * Ordinary UK mobiles as the provider writes them. The full parser costs some 50 microseconds; these
 * ranges need no look-up: 071 to 075, 077 to 079. (070 are personal numbers, 076 mostly pagers.)
 */
const CANONICAL_MOBILE = /^\+447[1-57-9]\d{8}$/;

export function phoneNumber(typed: string): PhoneNumber {
  if (CANONICAL_MOBILE.test(typed)) return { kind: 'mobile', e164: typed };
  const text = typed.trim().slice(0, 64);
  if (/\p{L}/u.test(text)) return refused('alphanumeric');
  const digits = text.replace(/\P{Nd}/gu, '').length;
  if (digits >= 3 && digits <= 6 && !text.startsWith('+')) return refused('short-code');
  const parsed = parsePhoneNumberFromString(text, 'GB');
  return parsed === undefined ? refused('not-a-number') : judged(parsed);
}

function judged(parsed: Parsed): PhoneNumber {
  const e164 = parsed.number;
  if (parsed.countryCallingCode !== '44')
    return refused(parsed.isValid() ? 'abroad' : 'not-a-number');
  if (CANONICAL_MOBILE.test(e164)) return { kind: 'mobile', e164 };
  switch (parsed.getType()) {
    case 'MOBILE':
      return { kind: 'mobile', e164 };
    case 'FIXED_LINE':
    case 'FIXED_LINE_OR_MOBILE':
    case 'VOIP':
    case 'UAN':
      return refused('landline');
    case 'PREMIUM_RATE':
    case 'SHARED_COST':
      return refused('premium');
    case 'PERSONAL_NUMBER':
      return refused('personal');
    case 'PAGER':
      return refused('pager');
    default:
      return refused('not-a-number');
  }
}

function refused(reason: RefusedNumber): PhoneNumber {
  return { kind: 'refused', reason };
}
