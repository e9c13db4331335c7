/**
 * After a restore: what people had deleted since the backup was made is there again, and goes again.
 * The privacy folder knows whom and what; here goes what hangs on them.
 */
import { EVERYTHING } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import { forgetRatings } from '../feedback/rating.ts';
import { dropChats } from '../groups/chats.ts';
import type { Queryable } from '../platform/postgres.ts';
import { conversationHashes } from '../privacy/erasures.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import type { Returned } from '../privacy/opt-out-journal.ts';
import { forgetConversation, forgetJoined } from './participations.ts';

export async function deleteAgain(
  tx: Queryable,
  keys: KeyHolder,
  { people, conversations }: Returned,
): Promise<void> {
  await dropChats(tx, people);
  await forgetRatings(tx, people);
  for (const person of people) await withdrawPlanned(tx, person, EVERYTHING, 'forgotten');
  if (conversations.length > 0) await dropConversations(tx, keys, conversations);
}

const PAGE = 5_000;

/** A hash does not lead to its conversation: every one that is open is held against them. */
async function dropConversations(
  tx: Queryable,
  keys: KeyHolder,
  hashes: readonly Buffer[],
): Promise<void> {
  const wanted = new Set(hashes.map((hash) => hash.toString('hex')));
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await tx.query<{ id: string; person_id: string; consultation_id: string }>(
      `select id, person_id, consultation_id from conv.conversation
       where id > $1 order by id limit ${PAGE}`,
      [after],
    );
    const found = await conversationHashes(
      keys,
      rows.map((row) => row.id),
    );
    for (const [at, row] of rows.entries()) {
      if (!wanted.has(found[at]?.toString('hex') ?? '')) continue;
      await forgetConversation(tx, row.id);
      await forgetJoined(tx, row.person_id, row.consultation_id);
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? after;
  }
}
