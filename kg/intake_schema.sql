-- What became of every file that was offered to the library; see kg/intake.py.
CREATE TABLE IF NOT EXISTS intake (
    path TEXT PRIMARY KEY,                -- absolute
    signature TEXT NOT NULL,              -- size, times, inode; "" where unknown
    file TEXT NOT NULL,                   -- sha256 of the bytes
    beside TEXT NOT NULL,                 -- sha256 of the sidecar, "" where there is none
    format TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('read', 'failed')),
    reason TEXT NOT NULL,
    passing INTEGER NOT NULL,             -- 1: the failure may pass by itself
    attempts INTEGER NOT NULL,
    reader TEXT NOT NULL,
    extractor TEXT NOT NULL,
    lexicon TEXT NOT NULL,
    ontology TEXT NOT NULL,
    run INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS intake_file ON intake (file);
CREATE INDEX IF NOT EXISTS intake_failed ON intake (state) WHERE state = 'failed';
