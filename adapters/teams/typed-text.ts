/** What somebody typed, without the mention of the bot that Teams puts into it. */
import type { Activity } from './activity.ts';

export function typedText({ text = '', entities, recipient }: Activity): string {
  let typed = text;
  for (const { type, mentioned, text: mention } of entities ?? [])
    if (type === 'mention' && mentioned?.id === recipient.id && mention)
      typed = typed.replaceAll(mention, ' ');
  return typed.replaceAll(/&nbsp;|\u00a0/g, ' ').trim();
}

/** In a chat of several nobody is answered who did not ask for it by the bot's name. */
export function mentionsBot({ entities, recipient }: Activity): boolean {
  return (entities ?? []).some(
    ({ type, mentioned }) => type === 'mention' && mentioned?.id === recipient.id,
  );
}
