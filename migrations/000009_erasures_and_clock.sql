-- What must not come back after a restore, and how a clock that jumped is known. Additive only.

-- What somebody had deleted, as keyed hashes, for as long as a backup may bring it back: a person by
-- the index of their address, finished answers by their withdrawal tag, a conversation under way by a
-- hash of its id. Counted together with the opt-outs, so that one number says how far a journal reaches.
create table contact.erasure (
  entry bigint not null default nextval('contact.suppression_entry_seq'),
  what text not null check (what in ('person', 'answers', 'conversation')),
  -- of a person
  channel text,
  version smallint,
  hash bytea not null,
  day date not null default current_date,
  -- a restored database may give a number again before the journal is replayed
  primary key (entry, hash)
);
create index on contact.erasure (day);

-- The time as it was seen a minute ago. When it is days later all at once, nothing is deleted.
create table platform.clock (
  "only" boolean primary key default true check ("only"),
  seen_at timestamptz not null,
  -- the clock jumped then, by itself
  doubted_since timestamptz
);
insert into platform.clock (seen_at) values (clock_timestamp());
