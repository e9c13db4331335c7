/** An option named in any of the flow’s languages; the person’s own language comes first. */
import { expect, test } from 'vitest';
import { asked } from '../support/question.ts';

const bilingual = asked(
  `
ask: choose_one
options:
  school: { en: School, pl: Szkoła, cy: Ysgol }
  shop: { en: Shop, pl: Sklep, cy: Siop }
  bike: { en: Five a side, pl: Rower, cy: Beic }
`,
  ['en', 'pl', 'cy'],
);
test.each([
  ['szkola', 'school'],
  ['Szkoła', 'school'],
  ['siop', 'shop'],
  ['dwa', 'shop'],
  ['trzecia', 'bike'],
  ['y cyntaf', 'school'],
  ['tri', 'bike'],
  ['sklepp', 'shop'],
])('%s is %s', (text, id) => expect(bilingual.means(text)).toBe(id));
test('the person’s own language comes first', () => {
  const clash = asked(
    `
ask: choose_one
options: { a: { en: Most, pl: Duzo }, b: { en: Bridge, pl: Most } }
`,
    ['pl', 'en'],
  );
  expect(clash.means('most')).toBe('b');
});

const urdu = asked(
  `
ask: choose_one
options: { a: { ur: اسکیٹ ریمپ, en: Skate ramp }, b: { ur: راستے کی لائٹیں, en: Path lights } }
`,
  ['ur', 'en'],
);
test.each([
  ['۲', 'b'],
  ['دوسرا', 'b'],
  ['اسكيٹ ریمپ', 'a'],
  ['نمبر ایک', 'a'],
  ['path lights', 'b'],
  ['آخری', 'b'],
])('%s is %s', (text, id) => expect(urdu.means(text)).toBe(id));
