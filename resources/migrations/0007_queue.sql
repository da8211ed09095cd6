-- The queue as it stood when Segue was last open: entries are rows, their places are two values of one row, so that
-- moving or playing on is one small write however long the queue is.

create table queue_entry (
    id integer primary key,
    track_id integer not null,                -- not bound to its row: a queue outlives what leaves the library
    started_by text not null,
    context text not null
);

create table queue_state (
    id integer primary key check (id = 1),
    shown_ids blob not null,                  -- as they stand on screen; 64-bit integers, little end first
    order_ids blob not null,                  -- as they play, one pass
    current_id integer,
    position_ms integer not null check (position_ms >= 0),
    shuffle integer not null,
    repeat text not null
);
