-- The library: what was read, from which bytes, by which version, and since when it holds.
-- Rows are only ever added; a reading ends by closing its interval [valid_from, valid_to) of generations.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,             -- ISO 8601, UTC
    finished_at TEXT,
    report TEXT                           -- canonical JSON
);

CREATE TABLE generation (                 -- one row a commit that changed something
    number INTEGER PRIMARY KEY,
    run INTEGER REFERENCES run (id),
    at TEXT NOT NULL                      -- ISO 8601, UTC
);

CREATE TABLE file (                       -- bytes, wherever they lay when first seen
    sha256 TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    format TEXT NOT NULL
);

CREATE TABLE text (                       -- the text itself lies in texts/, by this hash
    sha256 TEXT PRIMARY KEY,
    characters INTEGER NOT NULL
);

CREATE TABLE extraction (                 -- one reading of one file
    id INTEGER PRIMARY KEY,
    work TEXT NOT NULL,                   -- work key
    slot TEXT NOT NULL,                   -- a new reading in the slot of an old one replaces it
    preference INTEGER NOT NULL,          -- the lowest open reading of a work is the one that counts
    file TEXT NOT NULL REFERENCES file (sha256),
    text TEXT NOT NULL REFERENCES text (sha256),
    path TEXT NOT NULL,
    digest TEXT NOT NULL,                 -- of everything read, names and places of the file apart
    reader TEXT NOT NULL,
    extractor TEXT NOT NULL,
    lexicon TEXT NOT NULL,
    ontology TEXT NOT NULL,
    document TEXT NOT NULL,               -- canonical JSON, without the text
    mentions TEXT NOT NULL,               -- canonical JSON
    refusals TEXT NOT NULL,               -- canonical JSON
    valid_from INTEGER NOT NULL REFERENCES generation (number),
    valid_to INTEGER REFERENCES generation (number)
);
CREATE INDEX extraction_work ON extraction (work, preference);
CREATE INDEX extraction_file ON extraction (file);
CREATE INDEX extraction_path ON extraction (path);
CREATE INDEX extraction_from ON extraction (valid_from);
CREATE INDEX extraction_to ON extraction (valid_to);

CREATE TABLE assertion (
    extraction INTEGER NOT NULL REFERENCES extraction (id),
    position INTEGER NOT NULL,            -- 0-based, order of the text
    iri TEXT NOT NULL,
    cause TEXT NOT NULL,                  -- concept IRI, or an IRI of its own where no concept fits
    body TEXT NOT NULL,                   -- canonical JSON
    PRIMARY KEY (extraction, position)
) WITHOUT ROWID;
CREATE INDEX assertion_iri ON assertion (iri);
CREATE INDEX assertion_cause ON assertion (cause);

CREATE TABLE measurement (
    extraction INTEGER NOT NULL REFERENCES extraction (id),
    position INTEGER NOT NULL,
    iri TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (extraction, position)
) WITHOUT ROWID;
CREATE INDEX measurement_iri ON measurement (iri);

CREATE TABLE citation (                   -- references a claim cites, where their DOI is known
    extraction INTEGER NOT NULL REFERENCES extraction (id),
    key TEXT NOT NULL,
    doi TEXT NOT NULL,
    PRIMARY KEY (extraction, key)
) WITHOUT ROWID;
CREATE INDEX citation_doi ON citation (doi);

CREATE TABLE curation (                   -- anchored on work, quote and roles, so that it survives re-extraction
    id INTEGER PRIMARY KEY,
    work TEXT NOT NULL,                   -- work key; '' for a word on a thing, wherever it is named
    quote TEXT NOT NULL,
    roles TEXT NOT NULL,                  -- canonical JSON: cause, change, target, direction; or metric …; or thing
    action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'correct', 'merge')),
    replacement TEXT,                     -- canonical JSON
    curator TEXT NOT NULL,
    note TEXT NOT NULL,
    valid_from INTEGER NOT NULL REFERENCES generation (number),
    valid_to INTEGER REFERENCES generation (number)
);
CREATE INDEX curation_work ON curation (work);

CREATE TABLE quarantine (                 -- claims (or works) the shapes refuse: kept here, left out of every graph
    work TEXT NOT NULL,
    iri TEXT NOT NULL,
    reason TEXT NOT NULL,
    valid_from INTEGER NOT NULL REFERENCES generation (number),
    valid_to INTEGER REFERENCES generation (number)
);
CREATE INDEX quarantine_iri ON quarantine (iri);

CREATE TABLE retraction (                 -- works that were retracted, whether the library holds them or not
    work TEXT NOT NULL,                   -- work key
    notice TEXT NOT NULL,                 -- DOI or other identifier; '' where unknown
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    valid_from INTEGER NOT NULL REFERENCES generation (number),
    valid_to INTEGER REFERENCES generation (number)
);
CREATE INDEX retraction_work ON retraction (work);

CREATE TABLE version (                    -- what tells that two works are versions of one paper, see kg/versions.py
    extraction INTEGER PRIMARY KEY REFERENCES extraction (id),
    title TEXT NOT NULL,                  -- key by title and first author
    named INTEGER NOT NULL,               -- 2 by an article's DOI, 1 by a preprint's, 0 by none
    whole INTEGER NOT NULL                -- 0 for an abstract
);
CREATE INDEX version_title ON version (title);

CREATE VIRTUAL TABLE sentence USING fts5 (text, extraction UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
