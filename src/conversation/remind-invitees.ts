/** One reminder to the invited who have said nothing; never to those who joined, finished or stopped. */
import { consultationById } from '../consultation/consultations.ts';
import { overContactedAmong } from '../delivery/contact-cap.ts';
import { hoursFor } from '../delivery/hours.ts';
import { plan } from '../delivery/plan.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { sealBody } from './commit-turn.ts';
import { type SilentInvitee, takeDueReminders } from './participations.ts';
import { statement } from './say.ts';
import { smsCost } from './sms-cost.ts';
import type { World } from './world.ts';

const AT_ONCE = 500;

export async function remindSilentInvitees(world: World): Promise<number> {
  let reminded = 0;
  for (;;) {
    const page = await transaction(world.pool, async (tx) => {
      const due = await takeDueReminders(tx, world.ambient.now(), AT_ONCE);
      const often = await overContactedAmong(
        tx,
        due.map((one) => one.personId),
        world.sending.contactCap,
      );
      for (const one of due) await remind(world, tx, one, often.has(one.personId));
      return due.length;
    });
    reminded += page;
    if (page < AT_ONCE) return reminded;
  }
}

/** Who has had their measure is not written to; the row that says so keeps the sums whole. */
async function remind(
  world: World,
  tx: Queryable,
  one: SilentInvitee,
  isOver: boolean,
): Promise<void> {
  const consultation = await consultationById(tx, one.consultationId);
  if (consultation?.state !== 'open') return;
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const language = one.language ?? flow.languages[0] ?? 'en';
  const text = world.words.say('reminder', language, {
    name: textIn(flow.quietName, language),
    keyword: flow.keyword,
  });
  const prompts = [statement(text, language)];
  const body = await sealBody(world, one.personId, prompts);
  await plan(tx, [
    {
      personId: one.personId,
      channel: 'sms',
      class: 'reminder',
      parts: smsCost(world, prompts),
      body,
      hours: hoursFor(flow.ages),
      ...(isOver ? { refused: 'contact-cap' } : {}),
    },
  ]);
}
