-- Which version of the forms that follow from a track's columns stands in the rows: how names are sorted, what they are
-- found by, which tracks are one album. A scan that finds an older one forms them anew, and reads no file for it.

create table form (
    id integer primary key check (id = 1),
    version integer not null
);
insert into form (id, version) values (1, 0);
