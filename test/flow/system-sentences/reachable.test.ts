/** Every sentence is said by somebody: what nothing says any more is not kept in five languages. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sentences } from '../support/shipped-sentences.ts';

/** The pages have words of their own, under the same names here and there. */
const OF_PAGES = /^adapters\/web\/|^src\/public\/|^src\/platform\/pages\//;
const FORM = /_(web|chat|discord|teams)$/;
/** The commands that stand on buttons: their labels are looked up by the command's name. */
const ON_BUTTONS = ['go', 'stop', 'skip', 'back', 'easy', 'help', 'me'];

const source = globSync(['src/**/*.ts', 'adapters/**/*.ts'])
  .filter((file) => !OF_PAGES.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

const said = new Set([...source.matchAll(/'([a-z0-9_]+)'/g)].map((match) => match[1]));
/** "month_${month}": whatever stands in its place. */
const families = [...source.matchAll(/`([a-z]{3,}_(?:[a-z0-9_]|\$\{[^}]+\})*)`/g)]
  .flatMap((match) => match[1] ?? [])
  .filter((template) => template.includes('$') && !template.startsWith('label_'))
  .map((template) => new RegExp(`^${template.replaceAll(/\$\{[^}]+\}/g, '[a-z0-9_]+')}$`));

function isSaid(name: string): boolean {
  if (said.has(name) || families.some((family) => family.test(name))) return true;
  return name.startsWith('label_') && ON_BUTTONS.includes(name.slice('label_'.length));
}

it('nothing is kept that nobody says', () => {
  expect(families.length).toBeGreaterThan(5);
  const unsaid = sentences.filter((name) => !isSaid(name) && !isSaid(name.replace(FORM, '')));
  expect(unsaid).toEqual([]);
});

it('a form of a sentence stands beside the sentence itself', () => {
  const alone = sentences.filter((name) => {
    return FORM.test(name) && !isSaid(name) && !sentences.includes(name.replace(FORM, ''));
  });
  expect(alone).toEqual([]);
});
