-- A track that goes, because another has its file now, is looked for in these: without an index each time in all of it.
create index feedback_of_track on feedback (track_id);
create index queue_entry_of_track on queue_entry (track_id);
