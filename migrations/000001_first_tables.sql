-- The first tables, one schema for each owner (docs/architecture.md names the folder of each).
-- No foreign key crosses a schema, so that each can have a database role of its own later.

create schema conv;
create schema contact;
create schema delivery;
create schema pool;
create schema resp;
create schema safe;
create schema audit;
create schema consultation;
create schema feedback;

-- conv: who talks with us, as opaque ids, and the conversations in flight.

create table conv.person (
  id uuid primary key,
  channel text not null,
  bidx bytea not null,
  bidx_ver smallint not null,
  language text,
  stopped boolean not null default false,
  -- the last day on which a text that fits nothing was answered: once a day is enough
  nudged_on date,
  unique (channel, bidx, bidx_ver)
);

-- joined: takes part. done: finished. follows: only asked to hear what happens.
create table conv.participation (
  person_id uuid not null references conv.person on delete cascade,
  consultation_id uuid not null,
  state text not null check (state in ('joined', 'done', 'follows')),
  joined_on date not null,
  primary key (person_id, consultation_id)
);
create index on conv.participation (consultation_id, state);

-- Invited and not yet answered: GO from this person joins this consultation.
create table conv.invitation (
  person_id uuid not null references conv.person on delete cascade,
  consultation_id uuid not null,
  invited_on date not null,
  -- one reminder to the silent; null once sent
  remind_at timestamptz,
  primary key (person_id, consultation_id)
);
create index on conv.invitation (remind_at) where remind_at is not null;
create index on conv.invitation (consultation_id);

create table conv.conversation (
  id uuid primary key,
  person_id uuid not null unique references conv.person on delete cascade,
  consultation_id uuid not null,
  flow text not null,
  version integer not null,
  revision integer not null,
  state_ct bytea not null,
  key_day date not null,
  remind_at timestamptz,
  expire_at timestamptz not null
) with (fillfactor = 50);
create index on conv.conversation (remind_at) where remind_at is not null;
create index on conv.conversation (expire_at);
create index on conv.conversation (consultation_id);
create index on conv.conversation (key_day);

-- The provider's message ids, hashed: a valid webhook can be replayed for ever.
create table conv.seen (
  id bytea primary key,
  day date not null
);
create index on conv.seen (day);

-- contact: addresses, encrypted; and who must not be written to.

create table contact.address (
  person_id uuid primary key,
  channel text not null,
  addr_ct bytea not null,
  addr_ver smallint not null,
  reference_ct bytea
);

create table contact.suppression (
  channel text not null,
  bidx bytea not null,
  bidx_ver smallint not null,
  source text not null,
  since date not null,
  primary key (channel, bidx, bidx_ver)
);

-- Trial mode writes only to these.
create table contact.guest (
  channel text not null,
  bidx bytea not null,
  bidx_ver smallint not null,
  primary key (channel, bidx, bidx_ver)
);

-- delivery: everything that goes out.

-- One text that many rows share: a broadcast in one language, an invitation from one source.
create table delivery.content (
  id uuid primary key,
  prompts jsonb not null,
  parts smallint not null
);

create table delivery.outbox (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  channel text not null,
  class text not null
    check (class in ('signpost', 'reply', 'opt-out', 'reminder', 'invitation', 'feedback')),
  priority smallint not null,
  state text not null
    check (state in ('planned', 'claimed', 'attempting', 'accepted', 'sent', 'delivered',
                     'undelivered', 'refused', 'failed', 'unknown')),
  -- accepted stays true whatever the carrier reports later
  was_accepted boolean not null default false,
  nonce uuid,
  body_ct bytea,
  key_day date,
  content_id uuid,
  broadcast_id uuid,
  ordinal smallint not null default 0,
  parts smallint not null,
  not_before timestamptz not null default '-infinity',
  lease_until timestamptz,
  worker uuid,
  attempts smallint not null default 0,
  attempted_at timestamptz,
  provider_id text,
  reason text,
  -- the inbound message (conv.seen) that this row answers, and whether the answer failed to leave
  answers bytea,
  unsent boolean not null default false,
  -- unknown is final: what its class sends again is a row of its own
  resend_of bigint,
  resent boolean not null default false,
  ended_on date,
  -- so that the sums always add up
  check (case when state in ('accepted', 'sent', 'delivered', 'undelivered') then was_accepted
              else state = 'failed' or not was_accepted end)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
-- Every reply writes a row here, so it meets two indexes only: its id, and what is unfinished for
-- a person (a repeated webhook finds its reply there too). Sweeps read the table.
create unique index outbox_nonce on delivery.outbox (nonce) where nonce is not null;
create unique index outbox_broadcast on delivery.outbox (broadcast_id, person_id, ordinal)
  where broadcast_id is not null and resend_of is null;
create index outbox_due on delivery.outbox (channel, priority, not_before, id)
  where state = 'planned';
create index outbox_unfinished on delivery.outbox (person_id, priority, id)
  where state in ('planned', 'claimed', 'attempting', 'unknown');
create index outbox_lease on delivery.outbox (lease_until)
  where state in ('claimed', 'attempting') and lease_until is not null;
create index outbox_unknown on delivery.outbox (attempted_at) where state = 'unknown';
create index outbox_signpost on delivery.outbox (attempted_at)
  where class = 'signpost' and state = 'attempting';
-- A web page that is loaded again shows the last reply: the only bodies kept after acceptance.
create index outbox_shown on delivery.outbox (person_id, id)
  where channel = 'web' and body_ct is not null;

-- Exact figures of rows that retention has deleted.
create table delivery.total (
  broadcast_id uuid not null,
  state text not null,
  was_accepted boolean not null,
  rows bigint not null,
  primary key (broadcast_id, state, was_accepted)
);

-- One token bucket a sender, shared by every process.
create table delivery.bucket (
  sender text primary key,
  tokens double precision not null,
  refilled_at timestamptz not null
);

-- pool: finished answers, sealed. Each batch has an item table of its own, pool.item_<batch>:
--   blob bytea, wtag bytea primary key, eligible_on date, case_link bytea

create table pool.batch (
  id uuid primary key,
  consultation_id uuid not null,
  state text not null check (state in ('open', 'closed')),
  public_key bytea not null,
  blob_size integer not null
);
create unique index on pool.batch (consultation_id) where state = 'open';

-- resp: released answers. No time, conversation, channel, language or device, ever.

create table resp.response (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null,
  release_period text not null,
  answers jsonb not null,
  bands jsonb not null
);
create index on resp.response (consultation_id);

create table resp.free_text (
  id uuid primary key default gen_random_uuid(),
  consultation_id uuid not null,
  question text not null,
  release_period text not null,
  raw_ct bytea,
  masked text,
  status text not null default 'held' check (status in ('held', 'cleared', 'withheld'))
);
create index on resp.free_text (consultation_id, question);

-- safe: what only the safeguarding lead can open.

create table safe.case (
  id uuid primary key,
  level text not null check (level in ('red', 'amber')),
  opened_on date not null,
  sealed_blob bytea not null,
  case_link bytea,
  state text not null default 'open' check (state in ('open', 'reviewed'))
);

-- audit: append-only, each row's hash covers the one before it.

create table audit.event (
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  object text not null,
  hash bytea not null
);

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit.event only grows: % refused', tg_op;
end
$$;
create trigger only_grows before update or delete or truncate on audit.event
  for each statement execute function audit.refuse_change();
revoke update, delete, truncate on audit.event from public;

-- consultation: what is asked, and the scripts.

create table consultation.flow_version (
  flow text not null,
  version integer not null,
  sha256 bytea not null,
  document text not null,
  published_on date not null,
  primary key (flow, version)
);

create table consultation.consultation (
  id uuid primary key,
  flow text not null,
  version integer not null,
  keyword text not null,
  state text not null check (state in ('open', 'closed')),
  opened_on date not null,
  closed_on date,
  foreign key (flow, version) references consultation.flow_version
);
create unique index on consultation.consultation (keyword) where state = 'open';

-- Figures for officers, rounded and refreshed hourly.
create table consultation.figure (
  consultation_id uuid primary key references consultation.consultation,
  started integer not null,
  completed integer not null,
  released integer not null,
  refreshed_at timestamptz not null
);

-- feedback: what happened, told to everyone who took part.

create table feedback.broadcast (
  id uuid primary key,
  consultation_id uuid not null,
  planned_on date not null,
  texts jsonb not null,
  planned integer not null
);
create index on feedback.broadcast (consultation_id);

-- Who may still say whether we got it right. A score waits sealed under the key of its day until a
-- sweep adds many at once to the counters: one transaction a score would tie each to its person.
create table feedback.rating_due (
  person_id uuid primary key,
  broadcast_id uuid not null references feedback.broadcast,
  score_ct bytea,
  key_day date
);

create table feedback.rating (
  broadcast_id uuid not null references feedback.broadcast,
  score smallint not null check (score between 1 and 5),
  count integer not null,
  primary key (broadcast_id, score)
);

-- Set once: refuses keys that belong to another database.
create table contact.key_check (
  "only" boolean primary key default true check ("only"),
  value bytea not null
);
