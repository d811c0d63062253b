BEGIN TRANSACTION;
CREATE TABLE cursor (network TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "cursor" VALUES('irc','');
INSERT INTO "cursor" VALUES('matrix','s72594_4483_1934');
CREATE TABLE fact (
        stream INTEGER NOT NULL REFERENCES stream, n INTEGER NOT NULL,
        cause TEXT NOT NULL, at INTEGER NOT NULL, speaker INTEGER REFERENCES speaker,
        kind TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (stream, n)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "fact" VALUES(1,1,'c1',1823950805025,1,'SessionOpened','{"id":"irc/#nova@2027-10-19T13:00:04Z","track":"nova","name":"Nova day 1","rooms":["irc/#nova","matrix/!nova:example.org"],"date":"2027-10-19","planned_until":"2027-10-19T14:00:04.025000Z","by_moderator":true,"topics_before":[["irc/#nova","Nova | no session"]]}');
INSERT INTO "fact" VALUES(1,2,'c2',1823950806025,NULL,'SessionRenamed','{"name":"Nova, day 1"}');
INSERT INTO "fact" VALUES(1,3,'c3',1823950807025,2,'HeadlineSet','{"text":"please sign in"}');
INSERT INTO "fact" VALUES(1,4,'c4',1823950808025,1,'ChairsAdded','{"people":[{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"},{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}]}');
INSERT INTO "fact" VALUES(1,5,'c5',1823950809025,NULL,'ChairsRemoved','{"people":[{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}]}');
INSERT INTO "fact" VALUES(1,6,'c6',1823950810025,2,'PersonSeen','{"person":{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"},"real_name":"Lin Wei"}');
INSERT INTO "fact" VALUES(1,7,'c7',1823950811025,1,'PersonRenamed','{"old":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""},"new":{"network":"irc","name":"amaru","key":"amaru","account":"amaru"}}');
INSERT INTO "fact" VALUES(1,8,'c8',1823950812025,NULL,'PersonLeft','{"person":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}}');
INSERT INTO "fact" VALUES(1,9,'c9',1823950813025,2,'Regretted','{"names":["sato","rosa"]}');
INSERT INTO "fact" VALUES(1,10,'c10',1823950814025,1,'TopicOpened','{"title":"Welcome"}');
INSERT INTO "fact" VALUES(1,11,'c11',1823950815025,NULL,'SubtopicOpened','{"title":"Who is who"}');
INSERT INTO "fact" VALUES(1,12,'c12',1823950816025,2,'TeamNamed','{"name":"Placement"}');
INSERT INTO "fact" VALUES(1,13,'c13',1823950817025,1,'TeamNamed','{"name":null}');
INSERT INTO "fact" VALUES(1,14,'c14',1823950818025,NULL,'Recorded','{"n":1,"kind":"info","content":{"text":"quoted \"text\", a tab\tand 🎉","owners":[],"due":null,"url":null,"title":null}}');
INSERT INTO "fact" VALUES(1,15,'c15',1823950819025,2,'Recorded','{"n":2,"kind":"action","content":{"text":"lin to write the spec by 2027-11-02","owners":[{"name":"lin","person":{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"}},{"name":"somebody","person":null}],"due":"2027-11-02","url":null,"title":null}}');
INSERT INTO "fact" VALUES(1,16,'c16',1823950820025,1,'Recorded','{"n":3,"kind":"link","content":{"text":"https://example.org/x","owners":[],"due":null,"url":"https://example.org/x","title":"x"}}');
INSERT INTO "fact" VALUES(1,17,'c17',1823950821025,NULL,'Revised','{"n":1,"content":{"text":"mended","owners":[],"due":null,"url":null,"title":null}}');
INSERT INTO "fact" VALUES(1,18,'c18',1823950822025,2,'TopicRetitled','{"topic":"c10","title":"Welcome!"}');
INSERT INTO "fact" VALUES(1,19,'c19',1823950823025,1,'Withdrawn','{"n":3}');
INSERT INTO "fact" VALUES(1,20,'c20',1823950824025,NULL,'Moved','{"n":2,"topic":null,"team":"Placement"}');
INSERT INTO "fact" VALUES(1,21,'c21',1823950825025,2,'Voided','{"cause":"c14"}');
INSERT INTO "fact" VALUES(1,22,'c22',1823950826025,1,'GapNoted','{"room":"irc/#nova","since":"2027-10-19T13:00:04.025000Z","until":"2027-10-19T13:02:04.025007Z"}');
INSERT INTO "fact" VALUES(1,23,'c23',1823950827025,NULL,'SessionPaused','{}');
INSERT INTO "fact" VALUES(1,24,'c24',1823950828025,2,'SessionResumed','{}');
INSERT INTO "fact" VALUES(1,25,'c25',1823950829025,1,'SessionClosed','{"by":"command"}');
INSERT INTO "fact" VALUES(1,26,'c26',1823950830025,NULL,'SessionReopened','{}');
INSERT INTO "fact" VALUES(1,27,'c27',1823950831025,2,'SessionClosed','{"by":"timeout"}');
CREATE TABLE handled (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO "handled" VALUES('$m2');
INSERT INTO "handled" VALUES('due/nova/1');
CREATE TABLE line (
        session INTEGER NOT NULL REFERENCES stream, n INTEGER NOT NULL,
        room INTEGER NOT NULL REFERENCES room, at INTEGER NOT NULL,
        speaker INTEGER NOT NULL REFERENCES speaker, text TEXT NOT NULL, event TEXT NOT NULL,
        PRIMARY KEY (session, n)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "line" VALUES(1,1,1,1823950804025,2,'#startmeeting Nova day 1','m1');
INSERT INTO "line" VALUES(1,2,2,1823950813025,1,'hello 👋
and good day','$m2');
INSERT INTO "line" VALUES(1,3,1,1823950815026,2,' blanks stay ','');
CREATE TABLE outbox (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, after TEXT NOT NULL, letter TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'refused', 'recalled')),
        queued INTEGER NOT NULL, due INTEGER, claimed INTEGER, settled INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "outbox" VALUES(1,'part1@example.org','recap/nova/1','','{"id":"part1@example.org","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"recap/nova/1","html":"<p>Hello all</p>","headers":[["X-Part","1"]]}','waiting',1823950804025,1823958004025,NULL,NULL,1,'');
INSERT INTO "outbox" VALUES(2,'sent','sent','','{"id":"sent","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"sent","html":"<p>Hello all</p>","headers":[["X-Part","1"]]}','sent',1823950804025,NULL,NULL,1823950804025,1,'');
INSERT INTO "outbox" VALUES(3,'refused','refused','','{"id":"refused","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"refused","html":"<p>Hello all</p>","headers":[["X-Part","1"]]}','refused',1823950804025,NULL,NULL,1823950804025,1,'550 no such list');
INSERT INTO "outbox" VALUES(4,'retried','retried','','{"id":"retried","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"retried","html":"<p>Hello all</p>","headers":[["X-Part","1"]]}','waiting',1823950804025,1823954404025,NULL,NULL,1,'451 try again later');
INSERT INTO "outbox" VALUES(5,'recalled','recalled','','{"id":"recalled","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"recalled","html":"<p>Hello all</p>","headers":[["X-Part","1"]]}','recalled',1823950804025,NULL,NULL,NULL,0,'');
CREATE TABLE record (
        track TEXT NOT NULL, n INTEGER NOT NULL, session INTEGER NOT NULL REFERENCES stream,
        PRIMARY KEY (track, n)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "record" VALUES('kata',7,2);
INSERT INTO "record" VALUES('nova',1,1);
INSERT INTO "record" VALUES('nova',2,1);
CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "room" VALUES(1,'irc/#nova');
INSERT INTO "room" VALUES(2,'matrix/!nova:example.org');
CREATE TABLE schema (number INTEGER PRIMARY KEY, describes TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO "schema" VALUES(1,'journal, log, session and record index, outbox, handled ids, cursors',1795370464680);
CREATE TABLE session (
        id INTEGER PRIMARY KEY REFERENCES stream,
        track TEXT NOT NULL, rooms TEXT NOT NULL, date TEXT NOT NULL,
        started INTEGER NOT NULL, ended INTEGER, live INTEGER NOT NULL
    ) STRICT;
INSERT INTO "session" VALUES(1,'nova','["irc/#nova","matrix/!nova:example.org"]','2027-10-19',1823950804025,NULL,1);
INSERT INTO "session" VALUES(2,'kata','["irc/#kata"]','2027-10-18',1823864404025,1823868004025,0);
CREATE TABLE speaker (
        id INTEGER PRIMARY KEY,
        network TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, account TEXT NOT NULL,
        UNIQUE (network, key, name, account)
    ) STRICT;
INSERT INTO "speaker" VALUES(1,'matrix','林 Lin [m]','@lin_wei:example.org','@lin_wei:example.org');
INSERT INTO "speaker" VALUES(2,'irc','amaru','amaru','amaru');
CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "stream" VALUES(1,'irc/#nova@2027-10-19T13:00:04Z');
INSERT INTO "stream" VALUES(2,'older');
CREATE INDEX fact_cause ON fact (cause);
CREATE INDEX session_live ON session (started) WHERE live;
CREATE INDEX session_track ON session (track, started);
CREATE INDEX outbox_waiting ON outbox (number) WHERE state = 'waiting';
COMMIT;
