/**
 * The Discord channel's way in: the gateway's events, each answered by the part that knows it. An
 * interaction is acknowledged before anything else happens; whatever fails, the process goes on.
 */
import type { BotParts } from './bot-parts.ts';
import { createCalm } from './calm.ts';
import { createCardUpdates } from './card-updates.ts';
import { commandList, registerCommands } from './commands.ts';
import { onDirectMessage } from './direct-message.ts';
import { apiUrlOf, type DiscordOptions } from './discord-options.ts';
import type { DiscordPorts } from './discord-ports.ts';
import { createRest } from './discord-rest.ts';
import { openGateway } from './gateway.ts';
import { createInServer, type InServer } from './in-server.ts';
import { readInteraction } from './interaction.ts';
import { onAutocomplete, onCommand } from './on-command.ts';
import { onComponent } from './on-component.ts';
import { onForm } from './on-form.ts';
import { createOpenList, type OpenList } from './open-list.ts';

const LANGUAGES = { en: 'English' };

export async function startDiscord(
  options: DiscordOptions,
  ports: DiscordPorts,
): Promise<{ readonly stop: () => Promise<void> }> {
  const apiUrl = apiUrlOf(options);
  const { token, applicationId, languages = LANGUAGES } = options;
  const rest = createRest(options);
  const calm = createCalm();
  const cards = createCardUpdates({ rest, calm, ports }, options.cardEveryMs);
  const parts: BotParts = { rest, calm, cards, ports, applicationId, languages };
  const inServer = createInServer(parts);
  const open = createOpenList(ports);
  const { log } = ports;
  const underWay = new Set<Promise<void>>();
  let registering: NodeJS.Timeout | undefined;
  let stopped = false;

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        log.error('something on Discord could not be handled', { channel: 'discord', error });
      })
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  async function register(): Promise<void> {
    const result = await registerCommands(rest, applicationId, commandList(ports.say, languages));
    if (result.kind === 'done' || stopped) return;
    log.warn('the commands could not be registered with Discord: it is tried again', {
      channel: 'discord',
      reason: result.reason,
    });
    registering = setTimeout(() => track(register()), REGISTER_AGAIN_MS);
    registering.unref();
  }

  const gateway = await openGateway({
    token,
    apiUrl,
    log,
    onEvent: (name, data) => {
      if (name === 'INTERACTION_CREATE') track(onInteraction(parts, inServer, open, data));
      else if (name === 'MESSAGE_CREATE') track(onDirectMessage(parts, data));
      else if (name === 'GUILD_DELETE') track(onServerLeft(inServer, data));
    },
  });
  track(register());
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(registering);
      cards.stop();
      await gateway.stop();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

const REGISTER_AGAIN_MS = 60_000;

async function onInteraction(
  parts: BotParts,
  inServer: InServer,
  open: OpenList,
  packet: unknown,
): Promise<void> {
  const interaction = readInteraction(packet);
  switch (interaction?.kind) {
    case 'component':
      return onComponent(parts, inServer, interaction);
    case 'form':
      return onForm(parts, inServer, interaction);
    case 'command':
      return onCommand(parts, inServer, open, interaction);
    case 'autocomplete':
      return onAutocomplete(parts, open, interaction);
    case undefined:
      return;
  }
}

/** `unavailable` is an outage of Discord's; without it the bot was put out of the server. */
async function onServerLeft(inServer: InServer, data: unknown): Promise<void> {
  if (typeof data !== 'object' || data === null || !('id' in data)) return;
  const isOutage = 'unavailable' in data && data.unavailable === true;
  if (isOutage || typeof data.id !== 'string') return;
  await inServer.removed(data.id, `left/${data.id}/${Date.now()}`);
}
