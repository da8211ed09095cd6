-- The latest change of anything about the files of each folder, which no program sets back. A file with a later one whose
-- size and time are as they were was written into by a program that put its time back: it is read again.

alter table folder add column newest_ns integer;    -- ctime in ns; null: not known yet
