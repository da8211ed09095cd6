-- What was asked over the network, each written down before it was sent. Bounded: the oldest rows go.

create table network_log (
    id integer primary key,
    at integer not null,                  -- UTC, milliseconds
    method text not null,
    host text not null,
    path text not null,
    why text not null,
    bytes_out integer not null,
    bytes_in integer not null default 0,
    outcome text not null default ''      -- empty while nothing has come
);
