/** A Chromium without a window, fresh for each test file, and what the tests ask of its pages. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

export interface TestBrowser {
  readonly open: (options?: PageOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export interface PageOptions extends BrowserContextOptions {
  /** No script of a page is loaded, and axe, which is one itself, can still look at it. */
  readonly withoutScripts?: boolean;
}

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startBrowser(): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'heard-browser-'));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...ARGUMENTS, `--disk-cache-dir=${profile}`],
  });
  const contexts: BrowserContext[] = [];
  return {
    open: async ({ withoutScripts = false, ...options } = {}) => {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      contexts.push(context);
      context.setDefaultTimeout(15_000);
      if (withoutScripts) await context.route('**/*.js', (route) => route.abort());
      return context.newPage();
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

const axeSource = await readFile(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it stands: rule by rule, where. */
export async function problemsOf(page: Page): Promise<readonly string[]> {
  // By the debugger's own way in: the pages' policy lets no script of others in.
  const client = await page.context().newCDPSession(page);
  await client.send('Runtime.evaluate', { expression: axeSource });
  const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((found) => JSON.stringify(found))`,
    awaitPromise: true,
  });
  await client.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.text);
  const found: AxeResults = JSON.parse(String(result.value));
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Whether anything stands out of the page sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  const [wide, room] = await Promise.all([
    page.locator('html').evaluate((html) => html.scrollWidth),
    page.locator('html').evaluate((html) => html.clientWidth),
  ]);
  return wide > room;
}
