-- Chats that several people see, and what is raised in them for the officers. Additive only.
-- Of a chat there is an opaque id here and nothing else: its address stands encrypted in
-- contact.address, its name and its members nowhere.

create schema chat;
create schema raised;

-- The same id as in conv.person.
create table chat.chat (
  id uuid primary key,
  -- the last day on which anything came from there
  seen_on date not null
);
create index on chat.chat (seen_on);

-- Which consultations were answered from which chat, and how often to the end: only for a rounded
-- figure, and to know where the feedback goes.
create table chat.taking_part (
  chat_id uuid not null references chat.chat on delete cascade,
  consultation_id uuid not null,
  posted_on date not null,
  finished integer not null default 0,
  primary key (chat_id, consultation_id)
);
create index on chat.taking_part (consultation_id);
create index on chat.taking_part (posted_on);

-- What was done already, as keyed hashes of the provider's ids.
create table chat.seen (
  id bytea primary key,
  day date not null
);
create index on chat.seen (day);

-- raised: from young people to officers. Everyone in the chat has seen the text; nobody's name is kept.
create table raised.issue (
  -- short enough to say aloud
  id text primary key,
  -- null once the chat is gone: there is nowhere to answer to
  chat_id uuid,
  language text not null,
  text text not null,
  raised_on date not null,
  status text not null default 'raised'
    check (status in ('raised', 'heard', 'looking', 'yes', 'partly', 'no', 'done')),
  -- a team or a role
  owner text,
  due_on date,
  backers integer not null default 0,
  closed_on date
);
create index on raised.issue (chat_id);

-- Only so that nobody counts twice: a hash keyed for this one issue, which nothing else carries.
create table raised.backing (
  issue_id text not null references raised.issue on delete cascade,
  mark bytea not null,
  primary key (issue_id, mark)
);

-- What the officers answered, in order.
create table raised.change (
  place bigint generated always as identity primary key,
  issue_id text not null references raised.issue on delete cascade,
  status text not null,
  text text not null,
  changed_on date not null,
  actor text not null
);
create index on raised.change (issue_id, place);
