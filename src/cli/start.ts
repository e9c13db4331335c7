/** `heard start`: serves everything on one port until it is told to stop. */

import { type NodeRole, type Serving, serve } from '../app/serve.ts';
import { type Heard, openHeard } from '../app.ts';
import { listConsultations } from '../consultation/consultations.ts';
import { createLog } from '../platform/log.ts';
import { onStopSignal } from '../platform/stop-signals.ts';
import type { CommandResult } from './output.ts';
import { readSettings, wrongSettings } from './run-in-heard.ts';

export async function startCommand(only?: string): Promise<CommandResult> {
  if (only !== undefined && only !== 'web' && only !== 'worker')
    return { kind: 'wrong-usage', reasons: ['--only takes web or worker.'] };
  const started = await startServer({}, only);
  if (started.kind !== 'serving') return started;
  for (const line of await welcome(started, only)) process.stdout.write(`${line}\n`);
  await started.stopped;
  return { kind: 'done', json: { stopped: true }, lines: ['Stopped.'] };
}

export interface Started {
  readonly kind: 'serving';
  readonly heard: Heard;
  readonly serving: Serving;
  readonly warnings: readonly string[];
  /** Resolves when a signal has stopped everything in order. */
  readonly stopped: Promise<void>;
}

/** Settings given here stand above those of the environment. */
export async function startServer(
  settingsAbove: Readonly<Record<string, string>> = {},
  only?: NodeRole,
): Promise<Started | CommandResult> {
  const settings = readSettings(settingsAbove);
  if (settings.kind === 'problems') return wrongSettings(settings.problems);
  if (only !== undefined && settings.config.databaseUrl === undefined)
    return {
      kind: 'wrong-usage',
      reasons: [`--only ${only} needs DATABASE_URL: nodes that share the work share one database.`],
    };
  const log = createLog({ level: 'info' });
  const opened = await openHeard(settings.config, { role: 'server', log });
  if (opened.kind === 'refused') return { kind: 'wrong-usage', reasons: opened.reasons };
  const { heard } = opened;
  const serving = await serve(heard, only).catch(async (error: unknown) => {
    await heard.stop();
    throw error;
  });
  const stopped = new Promise<void>((resolve) => {
    onStopSignal(async () => {
      await serving.stop();
      await heard.stop();
      resolve();
    });
  });
  return {
    kind: 'serving',
    heard,
    serving,
    warnings: [...settings.warnings, ...opened.warnings],
    stopped,
  };
}

async function welcome(
  { heard, serving, warnings }: Started,
  only?: NodeRole,
): Promise<readonly string[]> {
  const { config, world } = heard;
  if (only === 'worker')
    return [
      `Heard works for ${config.organisation} in the background (port ${serving.port}).`,
      ...warnings.map((warning) => `Note: ${warning}.`),
    ];
  const open = (await listConsultations(world.pool)).filter((one) => one.state === 'open');
  return [
    `Heard serves ${config.organisation} at ${config.publicUrl} (port ${serving.port}).`,
    ...channelLines(heard),
    ...warnings.map((warning) => `Note: ${warning}.`),
    ...(open.length === 0
      ? [
          'Nothing is open yet. Launch a consultation: npm run heard -- launch flows/chesham-park.flow.yaml',
        ]
      : open.map((one) => `Open: ${config.publicUrl}/chat/${one.keyword}`)),
  ];
}

/** A channel without its settings is off, and says so. */
function channelLines({ config }: Heard): readonly string[] {
  const off = (name: string, variables: string) =>
    `${name} is off: set ${variables} to turn it on.`;
  const trial = config.mode === 'trial' ? ' (trial mode: only guests are written to first)' : '';
  return [
    config.sms
      ? `Text messages are on${trial}.`
      : off('Text messaging', 'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM'),
    config.discord
      ? `Discord is on${trial}.`
      : off('Discord', 'DISCORD_TOKEN and DISCORD_APPLICATION_ID'),
    config.teams
      ? `Teams is on${trial}: its messages come to ${config.publicUrl}/channels/teams/messages.`
      : off('Teams', 'TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID'),
    ...(config.safeguardingKey === undefined
      ? [
          'No safeguarding lead is set (HEARD_SAFEGUARDING_KEY): disclosures are met with helplines only.',
        ]
      : []),
  ];
}
