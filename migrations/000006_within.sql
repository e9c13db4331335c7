-- The shared chat in which somebody began to answer in private: an opaque id, there for as long as
-- the conversation is, so that its end is counted where it began. Additive only.

alter table conv.conversation add column within uuid;
