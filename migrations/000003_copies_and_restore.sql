-- What a provider still holds of our messages, and what must outlive a restore. Additive only.

-- How often the provider's own list was searched for an attempt that stayed unknown.
alter table delivery.outbox add column sought smallint not null default 0;

-- Messages of which the provider holds a copy that must go. Its id names no person here; the row
-- goes when the copy has.
create table delivery.provider_copy (
  channel text not null,
  provider_id text not null,
  noted_on date not null default current_date,
  tries smallint not null default 0,
  not_before timestamptz not null default '-infinity',
  primary key (channel, provider_id)
);

-- A text that no row carries any more goes a week later.
alter table delivery.content add column saved_on date not null default current_date;

-- Opt-outs in the order they were entered, so that a journal of them can say how far it reaches.
alter table contact.suppression add column entry bigint generated always as identity;

-- Counts up every minute; the keys folder remembers how far it was. A database that is behind was
-- restored from a backup, and may not know who has opted out since.
create table contact.journal (
  "only" boolean primary key default true check ("only"),
  beat bigint not null
);
insert into contact.journal (beat) values (0);
