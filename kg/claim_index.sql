-- What bears on what, so that a changed work re-assembles only that: derived from the library, rebuilt when in doubt.

CREATE TABLE mark (generation INTEGER NOT NULL, ontology TEXT NOT NULL, projection TEXT NOT NULL);

CREATE TABLE work (
    work TEXT PRIMARY KEY,                -- work key
    title TEXT NOT NULL,                  -- shared by the versions of one work; '' where that cannot tell
    digest INTEGER NOT NULL,              -- 1 where the file read is a digest of the work
    source TEXT NOT NULL                  -- where its sentences stand, in words
) WITHOUT ROWID;
CREATE INDEX work_title ON work (title);

CREATE TABLE states (                     -- one row an assertion
    cause TEXT NOT NULL,
    target TEXT NOT NULL,                 -- the quantity it is counted under
    work TEXT NOT NULL,
    iri TEXT NOT NULL
);
CREATE INDEX states_cause ON states (cause, target);
CREATE INDEX states_target ON states (target, cause);
CREATE INDEX states_work ON states (work);

CREATE TABLE called (                     -- what references without DOI may call a work
    name TEXT NOT NULL,
    work TEXT NOT NULL
);
CREATE INDEX called_name ON called (name);
CREATE INDEX called_work ON called (work);

CREATE TABLE cites (                      -- assertions that speak for the works they cite
    work TEXT NOT NULL,
    key TEXT NOT NULL,                    -- of the reference
    cause TEXT NOT NULL,
    target TEXT NOT NULL
);
CREATE INDEX cites_work ON cites (work, key);

CREATE TABLE refers (                     -- the keys and names of the work that a reference names
    cited TEXT NOT NULL,
    work TEXT NOT NULL,
    key TEXT NOT NULL,
    place INTEGER NOT NULL                -- 0 is the surest
);
CREATE INDEX refers_cited ON refers (cited);
CREATE INDEX refers_work ON refers (work, key);

CREATE TABLE names (                      -- what assertions call the things no concept covers
    thing TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    work TEXT NOT NULL
);
CREATE INDEX names_thing ON names (thing);
CREATE INDEX names_work ON names (work);

CREATE TABLE confounds (                  -- levers that were changed together with the cause of an assertion
    iri TEXT NOT NULL,
    level TEXT NOT NULL,
    label TEXT NOT NULL,
    lever TEXT NOT NULL,
    work TEXT NOT NULL
);
CREATE INDEX confounds_iri ON confounds (iri);
CREATE INDEX confounds_work ON confounds (work);
