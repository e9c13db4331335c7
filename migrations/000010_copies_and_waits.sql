-- A message that goes again has a row for each time. They are found by the first of them: how many
-- there are, and which of them came through. Few rows are copies, and no other is written here.
create index outbox_copies on delivery.outbox (resend_of) where resend_of is not null;

-- How long a provider has asked a sender to wait: every process waits, not only the one it told.
-- delivery.take (000007) looks at it.
alter table delivery.bucket add column held_until timestamptz not null default '-infinity';
