/** What the small program of the web tests asks, in English and Urdu, by every kind of question. */
import type { Card } from '../../../adapters/web/desk.ts';
import type { PromptInput } from '../../../src/flow/prompt.ts';

export interface Step {
  readonly en: string;
  readonly ur: string;
  readonly input: PromptInput;
  /** Labels by option. */
  readonly inUrdu?: Readonly<Record<string, string>>;
}

const BUILD = { ramp: 'Skate ramp', lights: 'Path lights', goals: 'Goals' };
const BUILD_UR = { ramp: 'اسکیٹ ریمپ', lights: 'راستے کی بتیاں', goals: 'گول پوسٹ' };
const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([id, label]) => ({ id, label }));

export const STEPS: Readonly<Record<string, Step>> = {
  introduction: {
    en: 'Staff aren’t shown who said what. Nobody reads live: 999, Childline 0800 1111.',
    ur: 'عملے کو نہیں دکھایا جاتا کہ کس نے کیا کہا۔ Childline 0800 1111',
    input: { kind: 'one', options: [{ id: 'go', label: 'Start' }], layout: 'list' },
  },
  use: {
    en: 'Do you use Chesham park?',
    ur: 'کیا آپ چیشم پارک جاتے ہیں؟',
    input: { kind: 'one', options: options({ yes: 'Yes', no: 'No' }), layout: 'row' },
  },
  build: {
    en: 'What should we build first?',
    ur: 'ہم پہلے کیا بنائیں؟',
    input: { kind: 'one', options: options(BUILD), layout: 'list' },
    inUrdu: BUILD_UR,
  },
  safe: {
    en: 'How safe do you feel there?',
    ur: 'آپ وہاں کتنا محفوظ محسوس کرتے ہیں؟',
    input: {
      kind: 'one',
      options: ['1', '2', '3', '4', '5', '6', '7'].map((n) => ({ id: n, label: n })),
      layout: 'row',
      ends: { low: 'not safe', high: 'very safe' },
    },
  },
  feel: {
    en: 'How do you feel about the park?',
    ur: 'پارک کے بارے میں آپ کیسا محسوس کرتے ہیں؟',
    input: {
      kind: 'one',
      options: options({
        1: '😢 very sad',
        2: '🙁 sad',
        3: '😐 in between',
        4: '🙂 happy',
        5: '😀 very happy',
      }),
      layout: 'row',
    },
  },
  change: {
    en: 'What else should change?',
    ur: 'اور کیا بدلنا چاہیے؟',
    input: {
      kind: 'many',
      options: options({ ...BUILD, bins: 'More bins' }),
      max: 2,
      ordered: false,
    },
  },
  order: {
    en: 'Which come first?',
    ur: 'پہلے کیا ہو؟',
    input: { kind: 'many', options: options(BUILD), max: 3, ordered: true },
  },
  age: {
    en: 'How old are you?',
    ur: 'آپ کی عمر کیا ہے؟',
    input: { kind: 'number', min: 9, max: 25 },
  },
  ward: {
    en: 'Which part of town?',
    ur: 'شہر کا کون سا حصہ؟',
    input: {
      kind: 'one',
      options: Array.from({ length: 20 }, (_, i) => ({ id: `w${i}`, label: `Ward ${i + 1}` })),
      layout: 'list',
    },
  },
  why: {
    en: 'What would make the park better for you? No names please.',
    ur: 'آپ کے لیے پارک کیسے بہتر ہو سکتا ہے؟',
    input: { kind: 'text', maxLength: 300 },
  },
  end: {
    en: 'All done, thanks! You can see what happened by 28 Jan at localhost/said-and-done.',
    ur: 'ہو گیا، شکریہ!',
    input: { kind: 'none' },
  },
};

export const stepNames = Object.keys(STEPS);

export function cardIn(language?: string): Card {
  const common = {
    keyword: 'PARK',
    organisation: 'Bury Council',
    level: 'consultation',
    feedbackBy: '2027-01-28',
    languages: [
      { code: 'en', name: 'English', dir: 'ltr' },
      { code: 'en-easy', name: 'Easy words', dir: 'ltr' },
      { code: 'ur', name: 'اردو', dir: 'rtl' },
    ],
    textNumber: '07700 900123',
    state: 'open',
  } as const;
  if (language === 'ur') {
    return {
      ...common,
      language: 'ur',
      title: 'چیشم پارک کے لیے £40,000',
      asks: 'چیشم پارک کے لیے £40,000: پہلے کیا بنے، آپ بتائیں۔',
      canChange: 'تین میں سے کون سی چیز بنے',
      cannotChange: 'رقم نہیں بدل سکتی۔',
      decides: 'کونسلر گرین 14 جنوری کو فیصلہ کریں گے۔',
    };
  }
  return {
    ...common,
    language: language === 'en-easy' ? 'en-easy' : 'en',
    title: '£40,000 for Chesham park',
    asks: '£40,000 for Chesham park: help pick what we build first.',
    canChange: 'which of three things the money pays for',
    cannotChange: "We can't change the amount.",
    decides: 'Cllr Green decides 14 Jan.',
    success: 'eight in ten of you say we listened',
  };
}
