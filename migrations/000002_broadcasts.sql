-- Broadcasts as things of their own: what is paused, cancelled, scheduled for later or outside its
-- hours costs the others nothing, because a claim only looks into the broadcasts that may go.

create table delivery.broadcast (
  id uuid primary key,
  -- in the order of their planning
  place bigint generated always as identity,
  class text not null check (class in ('invitation', 'feedback')),
  priority smallint not null,
  -- null: planned before this table was
  consultation_id uuid,
  hours text not null default 'under-18' check (hours in ('under-18', 'adults')),
  state text not null default 'running'
    check (state in ('running', 'paused', 'cancelled', 'finished')),
  -- why Heard paused it by itself: it goes on by itself too
  held_for text check (held_for in ('spending')),
  not_before timestamptz not null default '-infinity',
  planned_on date not null default current_date,
  check (held_for is null or state = 'paused')
);
create index broadcast_running on delivery.broadcast (priority, hours, place)
  where state = 'running';

insert into delivery.broadcast (id, class, priority, consultation_id)
select o.broadcast_id, min(o.class), min(o.priority), min(f.consultation_id::text)::uuid
from delivery.outbox o left join feedback.broadcast f on f.id = o.broadcast_id
where o.broadcast_id is not null
group by o.broadcast_id;

-- Whose hours a message keeps. Where nobody says, the narrowest.
alter table delivery.outbox
  add column hours text not null default 'under-18' check (hours in ('under-18', 'adults'));

-- One lane for each broadcast; rows of none share the lane of zeros.
drop index delivery.outbox_due;
create index outbox_due on delivery.outbox
  ((coalesce(broadcast_id, '00000000-0000-0000-0000-000000000000')), channel, priority, hours,
   not_before, id)
  where state = 'planned';

-- Takes the next messages of one channel for one worker, within the sender's rate. One function, so
-- that a worker that is frozen half-way never holds the bucket; everything is timed by this clock.
--
-- The bucket's row is locked first and each statement then sees what earlier claims committed: no
-- two workers ever hold two messages of one person at once. A person's messages go in the order of
-- (priority, id); a resent one keeps its first place. What waits in a broadcast that may not go now
-- holds nobody up.
--
-- Hours come as times, worked out by the worker's clock, and are held against this clock: a message
-- goes where both say that it may. A broadcast's row is locked while it is taken from, so that a
-- pause that is committed has stopped every claim.
--
-- Gives the claimed rows; or one row with only wait_ms, when the bucket is empty; or none.

create function delivery.claim(
  for_channel text,
  for_sender text,
  by_worker uuid,
  parts_per_second double precision,
  burst double precision,
  most integer,
  lease_seconds double precision,
  hours_names text[],
  hours_since timestamptz[],
  hours_until timestamptz[]
) returns table (
  wait_ms integer, id bigint, person_id uuid, class text, content_id uuid, broadcast_id uuid,
  body_ct bytea, key_day text, attempts smallint
)
language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  at timestamptz;
  has double precision;
  since timestamptz;
  room integer := most;
  may_go text[];
  going uuid[];
  lane record;
  taken record;
begin
  insert into delivery.bucket (sender, tokens, refilled_at)
    values (for_sender, 0, clock_timestamp()) on conflict do nothing;
  select b.tokens, b.refilled_at into has, since
    from delivery.bucket b where b.sender = for_sender for update;
  at := clock_timestamp();
  -- A clock that was put back refills nothing; what replies have spent is forgiven after 10 s.
  has := greatest(has, -10 * parts_per_second);
  has := least(burst, has + parts_per_second * greatest(0, extract(epoch from at - since)));
  if has < 1 then
    if since > at then
      update delivery.bucket b set refilled_at = at where b.sender = for_sender;
    end if;
    wait_ms := ceil(1000 * (1 + burst / 4 - has) / parts_per_second);
    return next;
    return;
  end if;
  may_go := array(
    select h.name from unnest(hours_names, hours_since, hours_until) as h (name, opened, closes)
    where h.opened <= at and at < h.closes);
  going := array(
    select b.id from delivery.broadcast b
    where b.state = 'running' and b.not_before <= at and b.hours = any(may_go));
  for lane in
    select l.* from (
      select own.priority, own.hours, '00000000-0000-0000-0000-000000000000'::uuid as id,
             0::bigint as place
      from (select p::smallint as priority, h as hours
            from generate_series(0, 4) as p, unnest(array['under-18', 'adults']) as h) as own
      where own.priority < 2 or own.hours = any(may_go)
      union all
      select b.priority, b.hours, b.id, b.place from delivery.broadcast b where b.id = any(going)
    ) as l
    -- a lane with nothing to take costs one look; as an exists it would be joined, and a freshly
    -- planned broadcast read from end to end at every claim
    where (
      select o.id from delivery.outbox o
      where o.state = 'planned'
        and coalesce(o.broadcast_id, '00000000-0000-0000-0000-000000000000') = l.id
        and o.channel = for_channel and o.priority = l.priority and o.hours = l.hours
        and o.not_before <= at
      limit 1
    ) is not null
    -- the young first: their hours are shorter
    order by l.priority, l.hours desc, l.place
  loop
    exit when room <= 0 or has < 1;
    if lane.place > 0 then
      perform from delivery.broadcast b
        where b.id = lane.id and b.state = 'running' for share;
      continue when not found;
    end if;
    for taken in
      with due as (
        select o.id, o.parts, o.not_before
        from delivery.outbox o
        where o.state = 'planned'
          and coalesce(o.broadcast_id, '00000000-0000-0000-0000-000000000000') = lane.id
          and o.channel = for_channel and o.priority = lane.priority and o.hours = lane.hours
          and o.not_before <= at
          and (
            select e.id from delivery.outbox e
            where e.person_id = o.person_id and e.id <> o.id
              and e.state in ('planned', 'claimed', 'attempting', 'unknown')
              and case e.state
                when 'claimed' then true
                when 'planned' then
                  (e.priority, coalesce(e.resend_of, e.id)) < (o.priority, coalesce(o.resend_of, o.id))
                  and (e.broadcast_id is null or e.broadcast_id = any(going))
                when 'attempting' then e.attempted_at > at - interval '1 minute'
                else not e.resent and e.priority <= o.priority
                  and e.attempted_at > at - interval '35 minutes'
              end
            limit 1
          ) is null
        order by o.not_before, o.id
        limit least(room, ceil(has)::integer)
        for update of o skip locked
      ),
      affordable as (
        select due.id,
               sum(due.parts) over (order by due.not_before, due.id) - due.parts as spent_before
        from due
      )
      update delivery.outbox o
      set state = 'claimed', worker = by_worker, lease_until = at + lease_seconds * interval '1 second'
      from affordable a
      where o.id = a.id and a.spent_before < has
      returning o.id, o.person_id, o.class, o.content_id, o.broadcast_id, o.body_ct,
                o.key_day::text as key_day, o.attempts, o.parts
    loop
      id := taken.id;
      person_id := taken.person_id;
      class := taken.class;
      content_id := taken.content_id;
      broadcast_id := taken.broadcast_id;
      body_ct := taken.body_ct;
      key_day := taken.key_day;
      attempts := taken.attempts;
      room := room - 1;
      has := has - taken.parts;
      return next;
    end loop;
  end loop;
  if room < most then
    update delivery.bucket b set tokens = has, refilled_at = at where b.sender = for_sender;
  end if;
end
$$;

-- A million people are asked at once, by the transaction that writes the broadcast's row: looking it
-- up for each of them would double the time.
alter table feedback.rating_due drop constraint rating_due_broadcast_id_fkey;

-- Attempts of trial mode on one day, over all processes.
create table delivery.trial_day (
  day date primary key,
  attempts integer not null
);

-- What deleted rows leave behind: whom Heard wrote to first and on which day (for a month: the cap
-- on how often), and the parts paid for in each month (the ceiling). A trigger, so that no deletion
-- can forget it.
create table delivery.contact (
  person_id uuid not null,
  day date not null
);
create index on delivery.contact (person_id);
create index on delivery.contact (day);

create table delivery.spent (
  month date primary key,
  parts bigint not null
);

-- Finds the invitations and reminders of a person among the rows that are still there.
create index outbox_contacts on delivery.outbox (person_id)
  where class in ('invitation', 'reminder');

create function delivery.keep_of_deleted() returns trigger language plpgsql as $$
begin
  insert into delivery.contact (person_id, day)
    select gone.person_id, gone.ended_on from gone
    where gone.class in ('invitation', 'reminder')
      and (gone.was_accepted or gone.state = 'unknown') and gone.ended_on is not null;
  insert into delivery.spent as s (month, parts)
    select date_trunc('month', gone.ended_on)::date, sum(gone.parts) from gone
    where gone.channel = 'sms' and (gone.was_accepted or gone.state = 'unknown')
      and gone.ended_on is not null
    group by 1 order by 1
    on conflict (month) do update set parts = s.parts + excluded.parts;
  return null;
end
$$;
create trigger keep_of_deleted after delete on delivery.outbox
  referencing old table as gone
  for each statement execute function delivery.keep_of_deleted();
