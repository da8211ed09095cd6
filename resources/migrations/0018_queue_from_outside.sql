-- Files that play without being in the library stay in the queue over a restart, too.

alter table queue_entry add column outside text;   -- JSON: what the file said; null for a track of the library
