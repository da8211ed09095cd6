-- How a play that is going on would have ended if nothing more was learnt of it: one that is cut off at its very end
-- was heard through.

alter table play_in_progress add column ended_by text not null default 'replaced';
