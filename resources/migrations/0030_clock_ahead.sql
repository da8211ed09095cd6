-- The same of those changes that lay in the future when the folder was looked at: the clock had run ahead when they were
-- made, or runs behind now. Apart, because a later one of today would be less than they are.

alter table folder add column ahead_ns integer not null default 0;   -- ctime in ns; 0: none
