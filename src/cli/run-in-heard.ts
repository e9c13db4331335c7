/**
 * What most commands share: read the settings, open Heard beside a server that may be running, do
 * one thing, and leave everything as it was found. Every problem of the settings is told at once.
 */
import { existsSync } from 'node:fs';
import { type Heard, openHeard } from '../app.ts';
import { type Config, readConfig } from '../platform/config.ts';
import type { CommandResult } from './output.ts';

export async function runInHeard(
  run: (heard: Heard) => Promise<CommandResult>,
): Promise<CommandResult> {
  const settings = readSettings();
  if (settings.kind === 'problems') return wrongSettings(settings.problems);
  const opened = await openHeard(settings.config, { role: 'command' });
  if (opened.kind === 'refused') return { kind: 'refused', reasons: opened.reasons };
  try {
    return await run(opened.heard);
  } finally {
    await opened.heard.stop();
  }
}

export function readSettings(
  above: Readonly<Record<string, string>> = {},
):
  | { readonly kind: 'config'; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly string[] } {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig({ ...process.env, ...above });
}

export function wrongSettings(problems: readonly string[]): CommandResult {
  return {
    kind: 'wrong-usage',
    reasons: ['Heard cannot start with these settings:', ...problems.map((one) => `  ${one}`)],
  };
}
