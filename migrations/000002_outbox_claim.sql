-- Takes the next messages of one channel for one worker, within the sender's rate. One function, so
-- that a worker that is frozen half-way never holds the bucket; everything is timed by this clock.
--
-- The bucket's row is locked first and each statement then sees what earlier claims committed: no
-- two workers ever hold two messages of one person at once. A person's messages go in the order of
-- (priority, id); a resent one keeps its first place.
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
  least_urgent smallint
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
  urgency smallint;
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
  for urgency in 0..least_urgent loop
    exit when room <= 0 or has < 1;
    for taken in
      with due as (
        select o.id, o.parts, o.not_before
        from delivery.outbox o
        where o.channel = for_channel and o.state = 'planned' and o.priority = urgency
          and o.not_before <= at
          and (
            select e.id from delivery.outbox e
            where e.person_id = o.person_id and e.id <> o.id
              and e.state in ('planned', 'claimed', 'attempting', 'unknown')
              and case e.state
                when 'claimed' then true
                when 'planned' then
                  (e.priority, coalesce(e.resend_of, e.id)) < (o.priority, coalesce(o.resend_of, o.id))
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
