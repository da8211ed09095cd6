-- The autoplay lane as it stood, its entries beside those of the queue; and why tracks were suggested that were queued
-- from a suggestion or stand in the lane, so that the question can still be answered after a restart.

alter table queue_state add column lane_ids blob not null default x'';  -- as they come; 64-bit integers

create table why (
    id integer primary key,                   -- the order in which it was said
    track_id integer not null unique,
    said text not null                        -- JSON: score, reason, signal and evidence
);
