/** Every page and every kind of question, measured by axe against WCAG 2.2 AA. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stepNames } from '../adapters/web/fake-consultation.ts';
import {
  type PageOptions,
  problemsOf,
  scrollsSideways,
  startBrowser,
  type TestBrowser,
} from './browser.ts';
import { type RunningApp, startApp } from './start-app.ts';

let browser: TestBrowser;
let app: RunningApp;

beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser.close());
beforeEach(async () => void (app = await startApp()));
afterEach(() => app.close());

const VIEWS: readonly {
  readonly name: string;
  readonly language: string;
  readonly options: PageOptions;
}[] = [
  { name: 'English, wide', language: 'en', options: { viewport: { width: 1280, height: 800 } } },
  { name: 'English, without JavaScript', language: 'en', options: { withoutScripts: true } },
  { name: 'Urdu, on a phone', language: 'ur', options: { viewport: { width: 390, height: 844 } } },
  // 320 px wide is also what a page of 1280 px shows at 400% zoom.
  { name: 'English, 320 px', language: 'en', options: { viewport: { width: 320, height: 640 } } },
];

const PAGES = [
  '/',
  '/said-and-done',
  '/privacy',
  '/officers/sign-in',
  '/chat/park',
  '/chat/park/poster',
  '/chat/no-such',
  '/no-such-page',
] as const;

async function expectGood(page: Page, where: string): Promise<void> {
  expect(await problemsOf(page), where).toEqual([]);
  expect(await scrollsSideways(page), `${where} scrolls sideways`).toBe(false);
}

describe.each(VIEWS)('$name', ({ language, options }) => {
  test.each(PAGES)('%s', async (path) => {
    const page = await browser.open(options);
    await page.goto(`${app.url}${path}?language=${language}`);
    await expectGood(page, path);
  });

  test('every kind of question and the end', async () => {
    const page = await browser.open(options);
    await page.goto(`${app.url}/chat/park?language=${language}`);
    await page.click('.button--start');
    await page.waitForSelector('#log');
    for (const step of stepNames) {
      app.program.goTo(step);
      await page.goto(`${app.url}/chat/park`);
      await expectGood(page, step);
      for (const closed of await page.locator('details:not([open])').elementHandles()) {
        await (await closed.$('summary'))?.click();
      }
      await expectGood(page, `${step}, all opened`);
    }
  });

  test('a number that has to be put right, and one that was kept', async () => {
    const page = await browser.open(options);
    await page.goto(`${app.url}/chat/park?language=${language}`);
    await page.click('.button--start');
    await page.waitForSelector('#log');
    app.program.goTo('end');
    await page.goto(`${app.url}/chat/park`);
    await page.fill('#number', '12');
    await page.click('.follow button');
    await page.waitForSelector('#number-problem');
    await expectGood(page, 'a bad number');
    await page.fill('#number', '07700 900123');
    await page.click('.follow button');
    await page.waitForSelector('.follow [role=status]');
    await expectGood(page, 'kept');
  });
});

test('after a talk with JavaScript the page is as good as it was', async () => {
  const page = await browser.open({ viewport: { width: 390, height: 844 } });
  await page.goto(`${app.url}/chat/park`);
  await page.click('.button--start');
  for (const answer of ['Start', 'Yes', 'Skate ramp', '3']) {
    await page.locator('.answer .option', { hasText: answer }).first().click();
    await page.locator('.message--own', { hasText: answer }).last().waitFor();
  }
  await expectGood(page, 'the transcript');
});
