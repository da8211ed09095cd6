-- A music folder that was taken off the list while its tracks are still being taken out of sight, thousands of which take
-- a while: what is cut off is finished at the next start.

alter table root add column leaving integer not null default 0;
