-- Long files may hold a cue sheet that nobody looked for until now: the next scan reads them once more.

update track set audio_hash = null where source_path is null and duration_ms >= 600000;
