-- The claim again, with one write less for most of what is sent. A message of a feedback broadcast,
-- which its class may send once more, is begun by the claim itself: its nonce is committed with it.
-- Everything else is claimed first and begun by a write of its own, so that a worker that dies
-- between the two costs nobody an invitation.
--
-- delivery.claim stays for the nodes of the version before.

create function delivery.take(
  for_channel text,
  for_sender text,
  by_worker uuid,
  parts_per_second double precision,
  burst double precision,
  most integer,
  lease_seconds double precision,
  hours_names text[],
  hours_since timestamptz[],
  hours_until timestamptz[],
  -- up to which row of these broadcasts nothing waits that was planned with them, as far as known
  frontier_broadcasts uuid[],
  frontier_ids bigint[]
) returns table (
  wait_ms integer, held_ms integer, id bigint, person_id uuid, class text, content_id uuid, broadcast_id uuid,
  body_ct bytea, key_day text, attempts smallint, nonce uuid
)
language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
-- one plan, made once: to plan anew for each claim would cost a sixth of it
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  at timestamptz;
  has double precision;
  since timestamptz;
  held timestamptz;
  room integer := most;
  may_go text[];
  going uuid[];
  lane record;
  got integer;
  begun boolean := false;
begin
  insert into delivery.bucket (sender, tokens, refilled_at)
    values (for_sender, 0, clock_timestamp()) on conflict do nothing;
  select b.tokens, b.refilled_at, b.held_until into has, since, held
    from delivery.bucket b where b.sender = for_sender for update;
  at := clock_timestamp();
  -- The provider has asked this sender to wait; nobody waits for longer than an hour, whatever became
  -- of the clock since.
  if held > at and held <= at + interval '1 hour' then
    held_ms := ceil(1000 * extract(epoch from held - at));
    return next;
    return;
  end if;
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
             0::bigint as place, false as begins, 0::bigint as frontier
      from (select p::smallint as priority, h as hours
            from generate_series(0, 4) as p, unnest(array['under-18', 'adults']) as h) as own
      where own.priority < 2 or own.hours = any(may_go)
      union all
      select b.priority, b.hours, b.id, b.place, b.class = 'feedback', coalesce(f.id, 0)
      from delivery.broadcast b
      left join unnest(frontier_broadcasts, frontier_ids) as f (broadcast, id)
        on f.broadcast = b.id
      where b.id = any(going)
    ) as l
    -- an empty lane costs one look; as an exists it would be joined, and every planned row read.
    -- A broadcast that runs is hardly ever empty.
    where l.place > 0 or (
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
    return query
      with due as (
        -- where the row lies: it is locked, and need not be looked for again
        select o.ctid as place, o.id, o.parts, o.not_before
        from delivery.outbox o
        where o.state = 'planned'
          and coalesce(o.broadcast_id, '00000000-0000-0000-0000-000000000000') = lane.id
          and o.channel = for_channel and o.priority = lane.priority and o.hours = lane.hours
          and o.not_before <= at
          -- the index still holds what was taken since it was last cleaned: begin behind it
          and (o.not_before, o.id) >= ('-infinity'::timestamptz, lane.frontier)
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
                  -- its worker may be dead: it blocks like the unknown that the sweep makes of it. A
                  -- reply on a webhook has no lease, and holds nobody up for longer than a minute.
                  or e.lease_until is not null and e.priority <= o.priority
                else not e.resent and e.priority <= o.priority
                  and e.attempted_at > at - case
                    -- feedback may go again while the provider's list is waited for (resend.ts)
                    when e.class = 'feedback' and e.resend_of is null then interval '125 minutes'
                    else interval '35 minutes' end
              end
            limit 1
          ) is null
        order by o.not_before, o.id
        limit least(room, ceil(has)::integer)
        for update of o skip locked
      ),
      affordable as (
        select due.place,
               sum(due.parts) over (order by due.not_before, due.id) - due.parts as spent_before
        from due
      ),
      taken as (
        update delivery.outbox o
        set state = case when lane.begins then 'attempting' else 'claimed' end,
            -- the row's id and 74 random bits (src/delivery/nonce.ts)
            nonce = case when lane.begins
              then (lpad(to_hex(o.id), 12, '0') || substr(gen_random_uuid()::text, 14))::uuid end,
            attempts = o.attempts + case when lane.begins then 1 else 0 end,
            attempted_at = case when lane.begins then clock_timestamp() end,
            worker = by_worker, lease_until = at + lease_seconds * interval '1 second'
        from affordable a
        where o.ctid = a.place and a.spent_before < has
        returning o.id, o.person_id, o.class, o.content_id, o.broadcast_id, o.body_ct, o.key_day,
                  o.attempts, o.parts, o.nonce
      ),
      charged as (
        update delivery.bucket b set tokens = has - spent.parts, refilled_at = at
        from (select sum(t.parts) as parts from taken t) as spent
        where b.sender = for_sender and spent.parts is not null
      )
      select null::integer, null::integer, t.id, t.person_id, t.class, t.content_id, t.broadcast_id, t.body_ct,
             t.key_day::text,
             (t.attempts - case when lane.begins then 1 else 0 end)::smallint, t.nonce
      from taken t;
    get diagnostics got = row_count;
    continue when got = 0;
    room := room - got;
    begun := begun or lane.begins;
    select b.tokens into has from delivery.bucket b where b.sender = for_sender;
  end loop;
  -- A claim that a crash of the database forgets is made again, and waits for no disk; a nonce that
  -- it forgot would let a message go twice.
  if not begun then
    perform set_config('synchronous_commit', 'off', true);
  end if;
end
$$;

-- Each write of a row enters it anew in every index that holds it, and two of these were most of the
-- work of planning and sending: a list has each person once because it is written so, by one
-- statement (src/delivery/plan-broadcast.ts); a nonce says itself which row it is the name of.
drop index delivery.outbox_broadcast;
drop index delivery.outbox_nonce;
