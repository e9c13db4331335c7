/** A conversation as a person has it: with a mouse, a keyboard, without JavaScript, on two tabs. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startBrowser, type TestBrowser } from './browser.ts';
import { type RunningApp, startApp } from './start-app.ts';

let browser: TestBrowser;
let app: RunningApp;

beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser.close());
beforeEach(async () => void (app = await startApp()));
afterEach(() => app.close());

async function begin(page: Page, language = 'en'): Promise<Page> {
  await page.goto(`${app.url}/chat/park?language=${language}`);
  await page.click('.button--start');
  await page.waitForSelector('#log');
  return page;
}

async function goTo(page: Page, step: string): Promise<void> {
  app.program.goTo(step);
  await page.goto(`${app.url}/chat/park`);
}

const said = () => app.program.received.map(({ event }) => event);

describe('with JavaScript', () => {
  test('answers stay on the page as a transcript, and nothing is loaded anew', async () => {
    const page = await begin(await browser.open());
    await page.evaluate('window.stillHere = true');
    await page.click('.option:has-text("Start")');
    await page.locator('.message--own', { hasText: 'Start' }).waitFor();
    await page.click('.option:has-text("Yes")');
    await page.getByText('What should we build first?').waitFor();
    expect(await page.evaluate('window.stillHere')).toBe(true);
    const log = await page.locator('#log .message').allInnerTexts();
    expect(log.join('\n')).toContain('Do you use Chesham park?');
    expect(await page.locator('#log').getAttribute('role')).toBe('log');
    expect(said()).toHaveLength(3);
  });

  test('every kind of answer can be given', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'change');
    await page.check('label:has-text("Goals") input');
    await page.check('label:has-text("More bins") input');
    expect(await page.isDisabled('label:has-text("Skate ramp") input')).toBe(true);
    await page.click('.answer .button');
    await page.locator('.message--own', { hasText: 'Goals, More bins' }).waitFor();
    await page.click('.option:has-text("Goals")');
    await page.click('.option:has-text("Skate ramp")');
    await page.click('.option:has-text("Goals")');
    await page.click('.option:has-text("Goals")');
    await page.click('.answer .button');
    await page.locator('.message--own', { hasText: '1. Skate ramp' }).waitFor();
    await page.fill('#answer-number', '14');
    await page.keyboard.press('Enter');
    await page.selectOption('#answer-list', 'Ward 7');
    await page.click('.answer .button');
    await page.fill('#answer-text', 'More lights & bins');
    expect(await page.locator('[data-count]').innerText()).toBe('Characters left: 282');
    await page.click('.answer .button');
    await page.getByText('What happens next').waitFor();
    expect(said().slice(1)).toMatchObject([
      { kind: 'choice', step: 'change', options: ['goals', 'bins'] },
      { kind: 'choice', step: 'order', options: ['ramp', 'goals'] },
      { kind: 'text', text: '14' },
      { kind: 'choice', step: 'ward', options: ['w6'] },
      { kind: 'text', text: 'More lights & bins' },
    ]);
  });

  test('an impatient double tap is one answer', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'use');
    await page.dblclick('.option:has-text("Yes")');
    await page.getByText('What should we build first?').waitFor();
    expect(said().slice(1)).toMatchObject([{ kind: 'choice', step: 'use' }]);
  });

  test('what is said meanwhile arrives by itself, and typing is not disturbed', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'why');
    await page.fill('#answer-text', 'half an ans');
    app.program.sayToAll('Still there?');
    await page.getByText('Still there?').waitFor();
    expect(await page.inputValue('#answer-text')).toBe('half an ans');
    expect(await page.evaluate('document.activeElement.id')).toBe('answer-text');
  });

  test('an answer in one tab shows in the other, once', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'use');
    const other = await page.context().newPage();
    await other.goto(`${app.url}/chat/park`);
    await page.click('.option:has-text("Yes")');
    for (const tab of [page, other]) {
      await tab.getByText('What should we build first?').waitFor();
      expect(await tab.getByText('What should we build first?').count()).toBe(1);
    }
  });

  test('an answer that did not get through stays, and goes out once tried again', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'why');
    await page.fill('#answer-text', 'more lights');
    app.program.breakOnce();
    await page.click('.answer .button');
    await page.locator('#trouble').getByText('did not get through').waitFor();
    expect(await page.inputValue('#answer-text')).toBe('more lights');
    await page.click('.answer .button');
    await page.getByText('What happens next').waitFor();
    expect(await page.isHidden('#trouble')).toBe(true);
    expect(said().slice(1)).toEqual([{ kind: 'text', text: 'more lights' }]);
  });

  test('the last words after stopping stay to be read', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'use');
    await page.click('.chip:has-text("Stop")');
    await page.getByText('OK, we stopped. To talk: Childline 0800 1111.').waitFor();
    // By then its own event stream has said that the session is gone.
    await vi.waitFor(() => expect(app.program.streams()).toBe(0), 10_000);
    expect(await page.locator('#log').innerText()).toContain('Childline 0800 1111');
    expect(await page.locator('.answer').count()).toBe(0);
  });

  test('another language turns the whole page', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'build');
    await page.click('.chip:has-text("اردو")');
    await page.locator('html[lang=ur][dir=rtl]').waitFor();
    await page.getByText('ہم پہلے کیا بنائیں؟').waitFor();
  });

  test('what a person types is never markup', async () => {
    const page = await begin(await browser.open());
    await goTo(page, 'why');
    await page.fill('#answer-text', '<img src=x onerror="window.bad = 1"><b>hi</b>');
    await page.click('.answer .button');
    await page.locator('.message--own', { hasText: '<b>hi</b>' }).waitFor();
    expect(await page.evaluate('window.bad')).toBeUndefined();
  });

  test('nothing breaks the page’s own rules', async () => {
    const page = await browser.open();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await begin(page);
    await page.click('.option:has-text("Start")');
    await page.getByText('Do you use Chesham park?').waitFor();
    await page.goto(`${app.url}/chat/park/poster`);
    expect(complaints).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  test('from the start page to the end, never stuck, never lost', async () => {
    const page = await browser.open();
    await page.goto(`${app.url}/chat/park`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip-link');
    await page.keyboard.press('Enter');
    await press(page, 'Start');
    await page.waitForSelector('#log');
    for (const label of ['Start', 'Yes', 'Skate ramp', '3', 'happy']) {
      await press(page, label);
      await page.locator('.message--own', { hasText: label }).last().waitFor();
      // The next answer begins where the last one was: not at the top of the page.
      expect(await page.evaluate('document.activeElement !== document.body')).toBe(true);
    }
    await press(page, 'Skip');
    await page.getByText('Which come first?').waitFor();
  });

  test('what has the focus can be seen', async () => {
    const page = await begin(await browser.open());
    for (let i = 0; i < 14; i += 1) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(`(() => {
        const style = getComputedStyle(document.activeElement);
        const box = document.activeElement.getBoundingClientRect();
        return { outline: style.outlineStyle, height: box.height, top: box.top, bottom: box.bottom, view: innerHeight };
      })()`);
      expect(seen).toMatchObject({ outline: 'solid' });
    }
  });

  /** Tabs on until this button has the focus, then presses it. */
  async function press(page: Page, label: string): Promise<void> {
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(
        '(document.activeElement.innerText ?? "").trim().split("\\n").at(-1)',
      );
      if (focused === label) return page.keyboard.press('Enter');
    }
    throw new Error(`No way by keyboard to ${label}`);
  }
});

describe('without JavaScript', () => {
  const plain = () => browser.open({ javaScriptEnabled: false });

  test('a whole conversation', async () => {
    const page = await begin(await plain());
    await page.click('.option:has-text("Start")');
    await page.click('.option:has-text("Yes")');
    await page.click('.option:has-text("Path lights")');
    await page.click('.option:has-text("3")');
    await page.click('.option:has-text("in between")');
    await page.check('label:has-text("Goals") input');
    await page.click('.answer .button');
    await page.selectOption('#place-1', 'Goals');
    await page.selectOption('#place-2', 'Skate ramp');
    await page.click('.answer .button');
    await page.fill('#answer-number', '12');
    await page.click('.answer .button');
    await page.selectOption('#answer-list', 'Ward 2');
    await page.click('.answer .button');
    await page.fill('#answer-text', 'Lights');
    await page.click('.answer .button');
    expect(await page.locator('.next').innerText()).toContain('/said-and-done');
    expect(said().slice(-5)).toMatchObject([
      { kind: 'choice', step: 'change', options: ['goals'] },
      { kind: 'choice', step: 'order', options: ['goals', 'ramp'] },
      { kind: 'text', text: '12' },
      { kind: 'choice', step: 'ward', options: ['w1'] },
      { kind: 'text', text: 'Lights' },
    ]);
  });

  test('a reload says nothing twice', async () => {
    const page = await begin(await plain());
    await page.click('.option:has-text("Start")');
    // A form brings a new page: it has to stand before it can be loaded again.
    await page.getByText('Do you use Chesham park?').waitFor();
    await page.reload();
    expect(await page.locator('#log').innerText()).toContain('Do you use Chesham park?');
    expect(said()).toHaveLength(2);
  });
});

describe('a shared device', () => {
  test.each([true, false])(
    'after clearing, Back shows nothing (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const page = await begin(await browser.open({ javaScriptEnabled }));
      await goTo(page, 'build');
      await page.click('.sharing summary');
      await page.click('.sharing button');
      await page.getByText('ready for the next person').waitFor();
      for (let i = 0; i < 3; i += 1) {
        await page.goBack().catch(() => null);
        await page.waitForLoadState();
        const seen = await page.locator('body').innerText();
        expect(seen).not.toContain('What should we build first?');
        expect(seen).not.toContain('Bury Council here.');
      }
      expect(await page.context().cookies()).toEqual([]);
    },
  );

  test('another tab that still shows the chat is cleared too', async () => {
    const page = await begin(await browser.open());
    const other = await page.context().newPage();
    await other.goto(`${app.url}/chat/park`);
    await page.click('.sharing summary');
    await page.click('.sharing button');
    await other.locator('.button--start').waitFor();
  });
});

test('the poster is one sheet of A4', async () => {
  for (const language of ['en', 'ur']) {
    const page = await browser.open();
    await page.goto(`${app.url}/chat/park/poster?language=${language}`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  }
});
