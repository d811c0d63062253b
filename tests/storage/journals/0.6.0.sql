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
INSERT INTO "fact" VALUES(1,1,'c1',1823950805025,1,'SessionOpened','{"id":"irc/#nova@2027-10-19T13:00:04Z","track":"nova","name":"Nova day 1","rooms":["irc/#nova","matrix/!nova:example.org"],"date":"2027-10-19","planned_until":"2027-10-19T14:00:04.025000Z","by_moderator":true,"topics_before":[["irc/#nova","Nova | no session"]],"gathering":"","gathering_name":""}');
INSERT INTO "fact" VALUES(1,2,'c2',1823950806025,NULL,'SessionRenamed','{"name":"Nova, day 1"}');
INSERT INTO "fact" VALUES(1,3,'c3',1823950807025,2,'HeadlineSet','{"text":"please sign in"}');
INSERT INTO "fact" VALUES(1,4,'c4',1823950808025,1,'ChairsAdded','{"people":[{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"},{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}]}');
INSERT INTO "fact" VALUES(1,5,'c5',1823950809025,NULL,'ChairsRemoved','{"people":[{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}]}');
INSERT INTO "fact" VALUES(1,6,'c6',1823950810025,2,'PersonSeen','{"person":{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"},"real_name":"Lin Wei"}');
INSERT INTO "fact" VALUES(1,7,'c7',1823950811025,1,'PersonRenamed','{"old":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""},"new":{"network":"irc","name":"amaru","key":"amaru","account":"amaru"}}');
INSERT INTO "fact" VALUES(1,8,'c8',1823950812025,NULL,'PersonLeft','{"person":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}}');
INSERT INTO "fact" VALUES(1,9,'c9',1823950813025,2,'Regretted','{"names":["sato","rosa"]}');
INSERT INTO "fact" VALUES(1,10,'c10',1823950814025,1,'TopicOpened','{"title":"Welcome","minutes":null,"item":"","source":null}');
INSERT INTO "fact" VALUES(1,11,'c11',1823950815025,NULL,'SubtopicOpened','{"title":"Who is who"}');
INSERT INTO "fact" VALUES(1,12,'c12',1823950816025,2,'TeamNamed','{"name":"Placement"}');
INSERT INTO "fact" VALUES(1,13,'c13',1823950817025,1,'TeamNamed','{"name":null}');
INSERT INTO "fact" VALUES(1,14,'c14',1823950818025,NULL,'Recorded','{"n":1,"kind":"info","content":{"text":"quoted \"text\", a tab\tand 🎉","owners":[],"due":null,"url":null,"title":null,"when":""}}');
INSERT INTO "fact" VALUES(1,15,'c15',1823950819025,2,'Recorded','{"n":2,"kind":"action","content":{"text":"lin to write the spec by 2027-11-02","owners":[{"name":"lin","person":{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"}},{"name":"somebody","person":null}],"due":"2027-11-02","url":null,"title":null,"when":""}}');
INSERT INTO "fact" VALUES(1,16,'c16',1823950820025,1,'Recorded','{"n":3,"kind":"link","content":{"text":"https://example.org/x","owners":[],"due":null,"url":"https://example.org/x","title":"x","when":""}}');
INSERT INTO "fact" VALUES(1,17,'c17',1823950821025,NULL,'Revised','{"n":1,"content":{"text":"mended","owners":[],"due":null,"url":null,"title":null,"when":""}}');
INSERT INTO "fact" VALUES(1,18,'c18',1823950822025,2,'TopicRetitled','{"topic":"c10","title":"Welcome!","whole":false}');
INSERT INTO "fact" VALUES(1,19,'c19',1823950823025,1,'Withdrawn','{"n":3}');
INSERT INTO "fact" VALUES(1,20,'c20',1823950824025,NULL,'Moved','{"n":2,"topic":null,"team":"Placement","subtopic":null}');
INSERT INTO "fact" VALUES(1,21,'c21',1823950825025,2,'Voided','{"cause":"c14"}');
INSERT INTO "fact" VALUES(1,22,'c22',1823950826025,1,'GapNoted','{"room":"irc/#nova","since":"2027-10-19T13:00:04.025000Z","until":"2027-10-19T13:02:04.025007Z"}');
INSERT INTO "fact" VALUES(1,23,'c23',1823950827025,NULL,'SessionPaused','{}');
INSERT INTO "fact" VALUES(1,24,'c24',1823950828025,2,'SessionResumed','{}');
INSERT INTO "fact" VALUES(1,25,'c25',1823950829025,1,'SessionClosed','{"by":"command"}');
INSERT INTO "fact" VALUES(1,26,'c26',1823950830025,NULL,'SessionReopened','{}');
INSERT INTO "fact" VALUES(1,27,'c27',1823950831025,2,'SessionClosed','{"by":"timeout"}');
INSERT INTO "fact" VALUES(1,28,'c28',1823950832025,1,'TopicOpened','{"title":"Cells","minutes":15,"item":"a3","source":null}');
INSERT INTO "fact" VALUES(1,29,'c29',1823950833025,NULL,'TopicTimed','{"topic":"c10","minutes":20}');
INSERT INTO "fact" VALUES(1,30,'c30',1823950834025,2,'SubtopicClosed','{}');
INSERT INTO "fact" VALUES(1,31,'c31',1823950835025,1,'TopicClosed','{}');
INSERT INTO "fact" VALUES(1,32,'c32',1823950836025,NULL,'SessionExtended','{"until":"2027-10-19T15:00:04.025000Z"}');
INSERT INTO "fact" VALUES(1,33,'c33',1823950837025,2,'RecordDone','{"n":2,"done":true}');
INSERT INTO "fact" VALUES(1,34,'c34',1823950838025,1,'SubtopicRetitled','{"topic":"c10","team":null,"old":"Who is who","new":"Who is here"}');
INSERT INTO "fact" VALUES(1,35,'c35',1823950839025,NULL,'MessageEdited','{"target":"$m2","causes":["$m2","","$m2~1/2"]}');
INSERT INTO "fact" VALUES(1,36,'c36',1823950840025,2,'MessageRedacted','{"message":"$m2"}');
INSERT INTO "fact" VALUES(1,37,'c37',1823950841025,1,'TextRemoved','{"kind":"HeadlineSet"}');
INSERT INTO "fact" VALUES(1,38,'c38',1823950842025,NULL,'IdentityClaimed','{"own":{"network":"oftc","name":"okoye"},"other":{"network":"matrix","name":"@Ada:hs.example"}}');
INSERT INTO "fact" VALUES(1,39,'c39',1823950843025,2,'IdentityDisclaimed','{"own":{"network":"matrix","name":"@Ada:hs.example"},"other":{"network":"oftc","name":"okoye"}}');
INSERT INTO "fact" VALUES(1,40,'c40',1823950844025,1,'BreakBegan','{"until":"2027-10-19T13:40:04.025000Z"}');
INSERT INTO "fact" VALUES(1,41,'c41',1823950845025,NULL,'BreakEnded','{}');
INSERT INTO "fact" VALUES(1,42,'c42',1823950846025,2,'SessionOpened','{"id":"irc/#nova@2027-10-19T13:00:04Z","track":"nova","name":"Nova day 2","rooms":["irc/#nova"],"date":"2027-10-20","planned_until":"2027-10-20T14:00:04.025000Z","by_moderator":false,"topics_before":[],"gathering":"2027-10","gathering_name":"October 2027 PTG"}');
INSERT INTO "fact" VALUES(1,43,'c43',1823950847025,1,'Revised','{"n":2,"content":{"text":"lin to write the spec by Epoxy-2","owners":[],"due":null,"url":null,"title":null,"when":"Epoxy-2"}}');
INSERT INTO "fact" VALUES(1,44,'c44',1823950848025,NULL,'RecordAnswered','{"n":1,"text":"so it is"}');
INSERT INTO "fact" VALUES(1,45,'c45',1823950849025,2,'RecordSupported','{"n":1,"person":{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"},"stands":false}');
INSERT INTO "fact" VALUES(1,46,'c46',1823950850025,1,'RecordKept','{"session":"irc/#nova@2027-10-19T13:00:04Z","gathering":"2027-10","gathering_name":"October 2027 PTG","date":"2027-10-19","n":2,"kind":"action","content":{"text":"lin to write the spec","owners":[{"name":"lin","person":{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"}}],"due":"2027-11-02","url":null,"title":null,"when":""},"by":{"network":"irc","name":"amaru","key":"amaru","account":"amaru"},"at":"2027-10-19T13:00:19.025000Z","team":"Placement","revised_at":"2027-10-19T13:00:24.025000Z","done":true,"done_at":"2027-10-20T13:00:04.025000Z","answer":{"text":"so it is","by":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""},"at":"2027-10-19T16:00:04.025000Z"},"supporters":[{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"},{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}]}');
INSERT INTO "fact" VALUES(1,47,'c47',1823950851025,NULL,'RecordLetGo','{"session":"irc/#nova@2027-10-19T13:00:04Z","n":2}');
INSERT INTO "fact" VALUES(1,48,'c48',1823950852025,2,'SightLost','{"network":"irc"}');
INSERT INTO "fact" VALUES(1,49,'c49',1823950853025,1,'PersonWatched','{"person":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""},"host":"~okoye@host.example"}');
INSERT INTO "fact" VALUES(1,50,'c50',1823950854025,NULL,'ConfirmationAsked','{"person":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""}}');
INSERT INTO "fact" VALUES(1,51,'c51',1823950855025,2,'AccountGone','{"account":{"network":"oftc","name":"okoye"}}');
INSERT INTO "fact" VALUES(1,52,'c52',1823950856025,1,'PresenceWithdrawn','{"people":[{"network":"irc","name":"amaru","key":"amaru","account":"amaru"}]}');
INSERT INTO "fact" VALUES(1,53,'c53',1823950857025,NULL,'RegretsWithdrawn','{"names":["sato"]}');
INSERT INTO "fact" VALUES(1,54,'c54',1823950858025,2,'TrackAdded','{"gathering":"2027-10","slug":"oslo","name":"Oslo"}');
INSERT INTO "fact" VALUES(1,55,'c55',1823950859025,1,'TrackTakenAway','{"gathering":"2027-10","slug":"oslo"}');
INSERT INTO "fact" VALUES(1,56,'c56',1823950860025,NULL,'SlotAdded','{"gathering":"2027-10","slot":{"name":"MonAM","track":"","place":"Missouri","starts":"2027-10-19T13:00:04.025000Z","ends":"2027-10-19T15:00:04.025000Z","link":"https://call.example.org"}}');
INSERT INTO "fact" VALUES(1,57,'c57',1823950861025,2,'SlotTakenAway','{"gathering":"2027-10","code":"Missouri-MonAM"}');
INSERT INTO "fact" VALUES(1,58,'c58',1823950862025,1,'SlotBooked','{"gathering":"2027-10","code":"Missouri-MonAM","track":"nova"}');
INSERT INTO "fact" VALUES(1,59,'c59',1823950863025,NULL,'SlotFreed','{"gathering":"2027-10","code":"Missouri-MonAM"}');
INSERT INTO "fact" VALUES(1,60,'c60',1823950864025,2,'NowSaid','{"gathering":"2027-10","text":"microversions"}');
INSERT INTO "fact" VALUES(1,61,'c61',1823950865025,1,'NextSaid','{"gathering":"2027-10","text":"cells"}');
INSERT INTO "fact" VALUES(1,62,'c62',1823950866025,NULL,'BoardCleaned','{"gathering":"2027-10"}');
INSERT INTO "fact" VALUES(1,63,'c63',1823950867025,2,'EtherpadSet','{"gathering":"2027-10","url":"https://etherpad.example.org/p/nova"}');
INSERT INTO "fact" VALUES(1,64,'c64',1823950868025,1,'SubscriptionBroughtAlong','{"gathering":"2027-10","network":"oftc","nick":"okoye","regex":"#nova.*cells"}');
INSERT INTO "fact" VALUES(1,65,'c65',1823950869025,NULL,'TalkRedacted','{"message":"$m9"}');
INSERT INTO "fact" VALUES(1,66,'c66',1823950870025,2,'Recorded','{"n":4,"kind":"info","content":{"text":"we should drop it","owners":[],"due":null,"url":null,"title":null,"when":""},"origin":{"by":{"network":"irc","name":"Okoye[m]","key":"okoye{m}","account":""},"at":"2027-10-19T13:00:04.025000Z","message":"$m8"}}');
CREATE TABLE handled (id TEXT PRIMARY KEY, at INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
INSERT INTO "handled" VALUES('$e1',1823950804025);
INSERT INTO "handled" VALUES('$e2',1823950804025);
INSERT INTO "handled" VALUES('$m2',1823950804025);
INSERT INTO "handled" VALUES('due/nova/1',1823950804025);
CREATE TABLE letter_key (
        digest TEXT PRIMARY KEY,
        opens TEXT NOT NULL, argument TEXT NOT NULL, holder TEXT NOT NULL,
        stream TEXT NOT NULL, letter TEXT NOT NULL, made INTEGER NOT NULL, until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE line (
        session INTEGER NOT NULL REFERENCES stream, n INTEGER NOT NULL,
        room INTEGER NOT NULL REFERENCES room, at INTEGER NOT NULL,
        speaker INTEGER NOT NULL REFERENCES speaker, text TEXT NOT NULL, event TEXT NOT NULL, edits TEXT NOT NULL DEFAULT '', number INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (session, n)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "line" VALUES(1,1,1,1823950804025,2,'#startmeeting Nova day 1','m1','',0);
INSERT INTO "line" VALUES(1,2,2,1823950813025,1,'hello 👋
and good day','$m2','',0);
INSERT INTO "line" VALUES(1,3,1,1823950815026,2,' blanks stay ','','',0);
INSERT INTO "line" VALUES(1,4,2,1823950824025,1,'hello all','$e1','$m2',0);
INSERT INTO "line" VALUES(1,5,2,1823950824025,1,'and good day','$e1','$m2',1);
INSERT INTO "line" VALUES(1,6,2,1823950834025,1,'hello everybody','$e2','$m2',0);
CREATE TABLE outbox (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, after TEXT NOT NULL, letter TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'refused', 'recalled')),
        queued INTEGER NOT NULL, due INTEGER, claimed INTEGER, settled INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "outbox" VALUES(1,'part1@example.org','recap/nova/1','','{"id":"part1@example.org","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"recap/nova/1","html":"<p>Hello all</p>","headers":[["X-Part","1"]],"keys":[],"reply_to":""}','waiting',1823950804025,1823958004025,NULL,NULL,1,'');
INSERT INTO "outbox" VALUES(2,'sent','sent','','{"id":"sent","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"sent","html":"<p>Hello all</p>","headers":[["X-Part","1"]],"keys":[],"reply_to":""}','sent',1823950804025,NULL,NULL,1823950804025,1,'');
INSERT INTO "outbox" VALUES(3,'refused','refused','','{"id":"refused","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"refused","html":"<p>Hello all</p>","headers":[["X-Part","1"]],"keys":[],"reply_to":""}','refused',1823950804025,NULL,NULL,1823950804025,1,'550 no such list');
INSERT INTO "outbox" VALUES(4,'retried','retried','','{"id":"retried","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"retried","html":"<p>Hello all</p>","headers":[["X-Part","1"]],"keys":[],"reply_to":""}','waiting',1823950804025,1823954404025,NULL,NULL,1,'451 try again later');
INSERT INTO "outbox" VALUES(5,'recalled','recalled','','{"id":"recalled","to":["discuss@lists.example.org","lin@example.org"],"subject":"[nova][ptg] Nova, day 1","body":"Hello all,\n\nthis is what was said.\n","stream":"track/nova","references":["part0@example.org"],"after":"","name":"recalled","html":"<p>Hello all</p>","headers":[["X-Part","1"]],"keys":[],"reply_to":""}','recalled',1823950804025,NULL,NULL,NULL,0,'');
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
CREATE TABLE saying (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE, network TEXT NOT NULL,
        do TEXT NOT NULL CHECK (do IN ('say', 'tell', 'react')),
        text TEXT NOT NULL, at INTEGER NOT NULL,
        room TEXT NOT NULL, recipient TEXT, thread TEXT NOT NULL, target TEXT NOT NULL, answers TEXT NOT NULL
    ) STRICT;
INSERT INTO "saying" VALUES(1,'k1','matrix','say','#1 "for" lin
and more 🎉',1823950804025,'matrix/!nova:example.org',NULL,'$thread','','$m2');
INSERT INTO "saying" VALUES(2,'k2','matrix','tell','only for you',1823950804026,'','{"network":"matrix","name":"林 Lin [m]","key":"@lin_wei:example.org","account":"@lin_wei:example.org"}','','','');
INSERT INTO "saying" VALUES(3,'k3','matrix','react','✅',1823950804025,'matrix/!nova:example.org',NULL,'','$m2','$m2');
CREATE TABLE schema (number INTEGER PRIMARY KEY, describes TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO "schema" VALUES(1,'journal, log, session and record index, outbox, handled ids, cursors',1795972937194);
INSERT INTO "schema" VALUES(2,'edits, when an id was handled, what is to be said',1795972937197);
INSERT INTO "schema" VALUES(3,'keys that letters give',1795972937200);
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
CREATE INDEX line_event ON line (event) WHERE event >= '$' AND event < '%';
CREATE INDEX line_edits ON line (edits) WHERE edits <> '';
CREATE INDEX letter_key_until ON letter_key (until);
COMMIT;
