/**
 * A text that tells of harm, written where everyone would have seen it: it is posted to nobody.
 * Whoever wrote it is told, alone, where help is; and where there is a safeguarding lead, the lead is
 * told, and so are they.
 */

import type { Prompt } from '../flow/prompt.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type SpokenIn, sayInChat, statementIn } from '../raised/say-in-chat.ts';
import { openCase } from '../safeguarding/cases.ts';
import type { Finding } from '../safeguarding/detect.ts';
import { signpostSentences } from '../safeguarding/signposts.ts';
import type { ChatInbound } from '../shared-chat.ts';
import { type GroupWorld, todayOf } from './group-world.ts';

export async function onHarm(
  world: GroupWorld,
  tx: Queryable,
  { channel, by }: Pick<ChatInbound, 'channel' | 'by'>,
  told: { readonly finding: Finding; readonly text: string },
  spoken: SpokenIn,
): Promise<readonly Prompt[]> {
  const { leadKey, ambient } = world;
  if (leadKey) {
    await openCase(tx, {
      id: ambient.newId(),
      level: told.finding.level,
      openedOn: todayOf(world),
      sealedFor: leadKey,
      contents: {
        kind: told.finding.kind,
        channel,
        address: by,
        consultation: 'raised in a shared chat',
        messages: [told.text],
        at: ambient.now().toISOString(),
      },
    });
  }
  return signposts(world, spoken);
}

/** Where help is. */
export function signposts({ leadKey, words }: GroupWorld, spoken: SpokenIn): readonly Prompt[] {
  const said = signpostSentences(leadKey ? 'sealed' : 'signposts');
  return [...said, 'chat_not_posted'].map((name) =>
    statementIn(spoken.language, sayInChat(words, spoken, name)),
  );
}
