-- Reminders to the invited: what each reminds of, so that it can be taken back when its person takes
-- part or its consultation closes; and what is due, found for one consultation at a time, because each
-- keeps hours of its own. Additive but for the index.

-- Of a reminder. An invitation's is its broadcast's; nothing else has one.
alter table delivery.outbox add column consultation_id uuid;

drop index conv.invitation_remind_at_idx;
create index on conv.invitation (consultation_id, remind_at) where remind_at is not null;
