-- SPDX-License-Identifier: MIT
-- The index file: SQLite, one paragraph a table. Compiled into the library by the Makefile (core/schema_sql.h).
-- `PRAGMA application_id` = 0x63737263 ("csrc") tells an index from any other database; `PRAGMA user_version` is the schema's version.

-- Facts about the index itself: identity (a UUID), tokenizer_version, rules_version, created, dictionary (bytes for zlib).
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

-- One row a file (or buffer) that was offered, whether it could be read or not. size and mtime_ns tell at once whether it may have
-- changed; sha256 tells whether it has.
CREATE TABLE source (
    id         INTEGER PRIMARY KEY,
    path       TEXT NOT NULL UNIQUE,   -- absolute
    size       INTEGER NOT NULL,
    mtime_ns   INTEGER NOT NULL,
    sha256     BLOB,
    status     TEXT NOT NULL,          -- 'ok' or 'failed'
    message    TEXT,                   -- why it failed, or what was repaired
    overrides  TEXT                    -- a digest of what --set and sidecar said, so that a change of them is a change
);

-- One row a document: a file, or one record of a JSON Lines file. Filters read these columns; what a document says of itself, with its
-- evidence, is in `field`. Passages of one document have neighbouring ids: first_passage .. first_passage + block_count - 1.
CREATE TABLE document (
    id              INTEGER PRIMARY KEY,
    source          INTEGER NOT NULL REFERENCES source(id),
    record          TEXT,              -- id of a JSON Lines record
    format          TEXT NOT NULL,
    title           TEXT,
    url             TEXT,
    kind            INTEGER NOT NULL,  -- cs_kind
    authority       TEXT,
    framework       TEXT,
    form            TEXT,
    visit           INTEGER REFERENCES visit(id),   -- set by link
    published_first INTEGER, published_last INTEGER, published_precision INTEGER,
    pages           INTEGER NOT NULL,
    words           INTEGER NOT NULL,  -- in passages, furniture left out
    passages        INTEGER NOT NULL,
    first_passage   INTEGER NOT NULL,
    block_count     INTEGER NOT NULL
);
CREATE INDEX document_source ON document(source);
CREATE INDEX document_visit ON document(visit);
CREATE INDEX document_authority ON document(authority);
CREATE INDEX document_of_none ON document(id) WHERE authority IS NULL AND kind <> 0;

-- Authorities ('' for none) of whose documents on visits some came or went since link built visits: it builds theirs anew.
CREATE TABLE unlinked (
    authority TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Each field of each document with the words that say so (DESIGN 2, "evidence").
CREATE TABLE field (
    document  INTEGER NOT NULL REFERENCES document(id),
    seq       INTEGER NOT NULL,
    name      TEXT NOT NULL,
    value     TEXT,
    state     INTEGER NOT NULL,        -- cs_state
    quotation TEXT,
    page      INTEGER,
    rule      TEXT,
    PRIMARY KEY (document, seq)
) WITHOUT ROWID;
CREATE INDEX field_visit ON field(document) WHERE name = 'visit';

-- What a document's container says of it (title, dates of a PDF, a page's metadata, front matter), kept so that newer rules can read it.
CREATE TABLE property (
    document INTEGER NOT NULL REFERENCES document(id),
    seq      INTEGER NOT NULL,
    key      TEXT NOT NULL,
    value    TEXT,
    PRIMARY KEY (document, seq)
) WITHOUT ROWID;

-- Sections of a document: its heading without the grade, and the judgement that the heading or its table row states. A section is a run of
-- neighbouring blocks, its heading first: first_passage .. first_passage + block_count - 1. Filters turn into such ranges.
CREATE TABLE section (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES document(id),
    level     INTEGER NOT NULL,
    heading   TEXT,
    area      INTEGER NOT NULL,        -- cs_area
    judgement INTEGER NOT NULL,        -- cs_judgement
    state     INTEGER NOT NULL,
    first_passage INTEGER NOT NULL,
    block_count   INTEGER NOT NULL
);
CREATE INDEX section_document ON section(document);

-- Every block of every document, in order: passages (role 0..) and also headings, table rows and furniture, which are kept so that a
-- document can be described again without reading its file. Only passages are in passage_fts and in the postings.
CREATE TABLE passage (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    section  INTEGER,
    kind     INTEGER NOT NULL,         -- cs__block_kind
    flags    INTEGER NOT NULL,         -- cs__passage_flags: searchable, improvement, echo, boilerplate
    level    INTEGER,
    page     INTEGER,
    last_page INTEGER,
    number   TEXT,                     -- numbered paragraph
    lead     INTEGER,                  -- id of the passage that leads a bullet in
    start    INTEGER, size INTEGER,    -- bytes in the extracted text: start .. start + size - 1
    words    INTEGER NOT NULL
);

-- Texts of passages, a few neighbouring ones packed together (core/pack.h); `first` is the id of the first one. A pack never spans documents' sources.
CREATE TABLE pack (
    first INTEGER PRIMARY KEY,
    data  BLOB NOT NULL
);

-- Which passages have which words, for every SQLite tool that knows FTS5 (with the tokenizer of core/tokenizer.h), and for --verify to hold
-- the segments against. Contentless, so a passage is removed with its old text; without positions and sizes, which the segments have.
CREATE VIRTUAL TABLE passage_fts USING fts5(text, content='', tokenize='csearch', detail=none, columnsize=0);
-- More words in memory before a part is written, and more parts before they are merged: a fifth off the time of indexing 43 MB.
INSERT INTO passage_fts(passage_fts, rank) VALUES ('hashsize', 8388608), ('automerge', 8);
-- Merging is spread over commits by automerge; a crisis merge does all of a level in one commit, however large.
INSERT INTO passage_fts(passage_fts, rank) VALUES ('crisismerge', 1000);

-- The index of ranked words, derived from the texts (core/segment.h has the format): immutable segments, each covering the passages
-- of one range of ids; ranges never overlap. `first` is the id of local number 0; `words` counts words as the length codes say;
-- `removed` of the passages were removed since, with `removed_words`. Ids are never given twice, since readers cache by them.
CREATE TABLE segment (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    first         INTEGER NOT NULL,
    span          INTEGER NOT NULL,
    passages      INTEGER NOT NULL,
    words         INTEGER NOT NULL,
    removed       INTEGER NOT NULL,
    removed_words INTEGER NOT NULL
);

-- Chunks of segments, some 16 KB each; id is segment << 24 | number, the header standing last.
CREATE TABLE segment_chunk (
    id   INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

-- Which passages of a segment were removed: a bit a passage, lowest first, 32,768 passages a row; id is segment << 24 | page.
CREATE TABLE segment_removed (
    id   INTEGER PRIMARY KEY,
    bits BLOB NOT NULL
);

-- A merge of neighbouring segments under way, some of it in each commit, so that no commit waits for a large one; no row else. The chunks
-- of `id`, the segment to be, are there up to the last `term` copied; its row in `segment` comes at the end, when those of its `inputs`
-- (so many from `first_input` on) go. first, span, passages and words are as in `segment`: passages removed since it began are marked as
-- removed at its end. `pieces` of the header's list of dictionary blocks stand below the header's number.
CREATE TABLE segment_merge (
    id          INTEGER PRIMARY KEY,
    first_input INTEGER NOT NULL,
    inputs      INTEGER NOT NULL,
    first       INTEGER NOT NULL,
    span        INTEGER NOT NULL,
    passages    INTEGER NOT NULL,
    words       INTEGER NOT NULL,
    chunks      INTEGER NOT NULL,
    blocks      INTEGER NOT NULL,
    pieces      INTEGER NOT NULL,
    term        BLOB NOT NULL
);

-- Segments that were dropped and have chunks left: each commit deletes some.
CREATE TABLE segment_dropped (
    id INTEGER PRIMARY KEY
);

-- What documents say that a short form stands for ("children's advice and support service (CASS)"; core/short_form.h), counted over searchable
-- passages as they come and go. `terms` is the long form as the tokenizer cuts a query, joined by blanks: whoever types the one is shown the other.
CREATE TABLE short_form (
    short    TEXT NOT NULL COLLATE NOCASE,  -- as it was written first: "CASS"
    terms    TEXT NOT NULL,
    long     TEXT NOT NULL,                 -- likewise
    passages INTEGER NOT NULL,
    PRIMARY KEY (short, terms)
) WITHOUT ROWID;
CREATE INDEX short_form_terms ON short_form(terms);

-- Visits, built by link at the end of a run from all documents (never edited by hand).
CREATE TABLE visit (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,    -- "herefordshire/2023-06-28"
    authority TEXT,
    kind      INTEGER NOT NULL,        -- cs_visit_kind
    ordinal   INTEGER,
    first     INTEGER, last INTEGER, precision INTEGER,
    scope_known INTEGER NOT NULL       -- cs_scope
);
CREATE INDEX visit_authority ON visit(authority);
CREATE TABLE visit_window (
    visit INTEGER NOT NULL, seq INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, precision INTEGER NOT NULL,
    PRIMARY KEY (visit, seq)
) WITHOUT ROWID;
CREATE TABLE visit_judgement (
    visit INTEGER NOT NULL, area INTEGER NOT NULL, judgement INTEGER NOT NULL, state INTEGER NOT NULL,
    source INTEGER,                    -- the visit it stands from
    PRIMARY KEY (visit, area)
) WITHOUT ROWID;
CREATE TABLE visit_scope (
    visit INTEGER NOT NULL, seq INTEGER NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (visit, seq)
) WITHOUT ROWID;

-- Passages that only repeat another one of the same visit (an article quoting the letter, a second copy of a report), and which. Built by link.
CREATE TABLE echo (
    passage INTEGER PRIMARY KEY,
    source  INTEGER NOT NULL
);

-- Visits with several documents, and the passages of these in the order in which echoes were looked for ("12-40,3-11"): as long as they
-- stay the same, so do their echoes.
CREATE TABLE echoed (
    visit  INTEGER PRIMARY KEY,
    ranges TEXT NOT NULL
);
