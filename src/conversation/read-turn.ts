/**
 * The one read of a turn: the person behind an address, their open conversation, and whether this
 * very message was applied before. One of the two statements that may look into two schemas; it
 * must never read an address or an answer that is not sealed.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface TurnRead {
  readonly seen: boolean;
  readonly person?: PersonRead;
  readonly conversation?: ConversationRead;
}

export interface PersonRead {
  readonly id: string;
  readonly stopped: boolean;
  readonly language?: string;
  /** They have linked channels, or are about to (src/privacy/links.ts says which). */
  readonly links?: boolean;
}

export interface ConversationRead {
  readonly id: string;
  readonly consultationId: string;
  readonly flow: string;
  readonly version: number;
  readonly revision: number;
  readonly sealedState: Buffer;
  readonly keyDay: string;
}

export interface TurnKey {
  readonly channel: string;
  readonly blindIndex: Uint8Array;
  readonly blindIndexVersion: number;
  readonly messageHash: Uint8Array;
}

interface Row {
  seen: boolean;
  person_id: string | null;
  stopped: boolean | null;
  language: string | null;
  links: boolean;
  id: string | null;
  consultation_id: string;
  flow: string;
  version: number;
  revision: number;
  state_ct: Buffer;
  key_day: string;
}

const LINKS = `exists (select from conv.link l where l.person_id = p.id)
             or exists (select from conv.link_code k where k.typed_by = p.id) as links`;

const READ_TURN = {
  name: 'read-turn',
  text: `
    select exists (select from conv.seen where id = $4) as seen,
           p.id as person_id, p.stopped, p.language, ${LINKS},
           c.id, c.consultation_id, c.flow, c.version, c.revision, c.state_ct,
           c.key_day::text as key_day
    from (values (1)) as always (one)
    left join conv.person p on p.channel = $1 and p.bidx = $2 and p.bidx_ver = $3
    left join conv.conversation c on c.person_id = p.id`,
};

export async function readTurn(tx: Queryable, key: TurnKey): Promise<TurnRead> {
  const { rows } = await tx.query<Row>({
    ...READ_TURN,
    values: [key.channel, key.blindIndex, key.blindIndexVersion, key.messageHash],
  });
  const row = rows[0];
  if (!row) throw new Error('read-turn gave no row');
  return fromRow(row);
}

const READ_TURNS = {
  name: 'read-turns',
  text: `
    select exists (select from conv.seen where id = k.hash) as seen,
           p.id as person_id, p.stopped, p.language, ${LINKS},
           c.id, c.consultation_id, c.flow, c.version, c.revision, c.state_ct,
           c.key_day::text as key_day
    from unnest($1::text[], $2::bytea[], $3::smallint[], $4::bytea[]) with ordinality
      as k (channel, bidx, bidx_ver, hash, n)
    left join conv.person p
      on p.channel = k.channel and p.bidx = k.bidx and p.bidx_ver = k.bidx_ver
    left join conv.conversation c on c.person_id = p.id
    order by k.n`,
};

/** The same for many messages at once, in their order. */
export async function readTurns(
  tx: Queryable,
  keys: readonly TurnKey[],
): Promise<readonly TurnRead[]> {
  const { rows } = await tx.query<Row>({
    ...READ_TURNS,
    values: [
      keys.map((key) => key.channel),
      keys.map((key) => key.blindIndex),
      keys.map((key) => key.blindIndexVersion),
      keys.map((key) => key.messageHash),
    ],
  });
  return rows.map(fromRow);
}

function fromRow(row: Row): TurnRead {
  return {
    seen: row.seen,
    ...(row.person_id === null ? {} : { person: personOf(row, row.person_id) }),
    ...(row.id === null ? {} : { conversation: conversationOf(row, row.id) }),
  };
}

function personOf(row: Row, id: string): PersonRead {
  return {
    id,
    stopped: row.stopped === true,
    ...(row.language === null ? {} : { language: row.language }),
    ...(row.links ? { links: true } : {}),
  };
}

function conversationOf(row: Row, id: string): ConversationRead {
  return {
    id,
    consultationId: row.consultation_id,
    flow: row.flow,
    version: row.version,
    revision: row.revision,
    sealedState: row.state_ct,
    keyDay: row.key_day,
  };
}
