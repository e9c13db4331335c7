-- One person on several channels, joined only when they ask for it with a code from one channel that
-- they type on another. Opaque ids of conv.person only: nothing here leads to an address, to an answer
-- or to a time of day. A row goes with its person; the sweep of people (src/conversation/retention.ts)
-- lets a circle go 28 days after it was made, as soon as nobody in it takes part in anything.

-- The people of one circle are one person. Who came last hears the news.
create table conv.link (
  person_id uuid primary key references conv.person on delete cascade,
  circle uuid not null,
  place bigint generated always as identity,
  linked_on date not null
);
create index on conv.link (circle, place);

-- Codes that may still be used: a keyed hash, never the code. One for each person, for 15 minutes, once.
-- Whoever has typed it stands beside it until they say yes or something else.
create table conv.link_code (
  code bytea primary key,
  person_id uuid not null unique references conv.person on delete cascade,
  typed_by uuid unique references conv.person on delete cascade,
  until timestamptz not null
);
create index on conv.link_code (until);

-- Wrong tries of the last hour, so that nobody can guess.
create table conv.link_try (
  person_id uuid not null references conv.person on delete cascade,
  at timestamptz not null
);
create index on conv.link_try (person_id, at);
