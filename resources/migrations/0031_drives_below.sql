-- Drives that are mounted below a music folder, or that a link in it leads to, as they were at its last whole scan: what
-- is on one counts as away, not as gone, while the drive is.

create table drive_below (
    path blob primary key,                -- of the folder or the link
    device integer,
    mount blob,
    volume text not null
) without rowid;
