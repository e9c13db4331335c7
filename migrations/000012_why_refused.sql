-- Why messages were refused stays known when their rows are gone: whether people were told what
-- happened, or were left out by trial mode or a cancellation, decides if the money for telling them is
-- still kept back. Additive only.

alter table delivery.total add column reason text not null default '';
alter table delivery.total drop constraint total_pkey;
alter table delivery.total add primary key (broadcast_id, state, was_accepted, reason);
