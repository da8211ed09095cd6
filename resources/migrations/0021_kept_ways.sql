-- Whether a kept queue goes on behind its end, and whether its shuffle keeps albums together: with the queue, as its other
-- modes are, so that a crash right after a change does not lose it. Null where an older Segue kept the queue.

alter table queue_state add column by_albums integer;
alter table queue_state add column autoplay integer;
