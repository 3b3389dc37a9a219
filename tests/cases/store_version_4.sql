-- A store of version 4 as evalwidgets wrote it before adjudications, gaps, rubric versions and slices were logged (sqlite3 .dump, with its marks).
PRAGMA user_version = 4;
PRAGMA application_id = 1163286321;
BEGIN TRANSACTION;
CREATE TABLE draft (
	campaign TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	task TEXT NOT NULL, 
	rubric TEXT NOT NULL, 
	round TEXT NOT NULL, 
	review TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	saved_at DATETIME NOT NULL, 
	PRIMARY KEY (campaign, reviewer, task, rubric, round), 
	CONSTRAINT draft_payload CHECK (length(payload) <= 65536)
);
INSERT INTO "draft" VALUES('spring','ana','t2','image-edit','r1','8416d280-8ccd-4888-ab79-e8e9c923f311','{"review":"8416d280-8ccd-4888-ab79-e8e9c923f311","seconds":3.25,"sheet":{"answers":{},"confidence":null,"flags":{},"note":""},"shown_at":"2026-03-02T12:00:00Z","task":"t2"}','2026-11-28 20:08:05.014000');
CREATE TABLE gold_event (
	campaign TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	task TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	payload_hash TEXT NOT NULL, 
	stored_at DATETIME NOT NULL, 
	PRIMARY KEY (campaign, seq), 
	CONSTRAINT gold_event_seq CHECK (seq >= 1), 
	CONSTRAINT gold_event_payload CHECK (length(payload) <= 65536)
);
INSERT INTO "gold_event" VALUES('spring',1,'t1','proposed','{"at":"2026-03-02T12:00:00Z","by":"lee","gold":{"answers":{"accuracy":{"accepted":[3,4],"distribution":{},"na":false,"order":[],"rationale":"The hat is red.","tolerance":null}},"by":"lee","concepts":[],"difficulty":"","rationale":"","regions":[],"rubric":"image-edit","rubric_version":"1.0.0","task":"t1"},"kind":"proposed","origin":"round r2, consensus of 2","reason":"settled in the meeting"}','b8afd15292742e0e06736559d70db5fa56e7e842b51ecea17ef4c4f24b9964bd','2026-11-28 22:45:39.369000');
CREATE TABLE lesson_event (
	campaign TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	round TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	payload_hash TEXT NOT NULL, 
	stored_at DATETIME NOT NULL, 
	PRIMARY KEY (campaign, reviewer, seq), 
	CONSTRAINT lesson_event_seq CHECK (seq >= 1), 
	CONSTRAINT lesson_event_payload CHECK (length(payload) <= 65536)
);
INSERT INTO "lesson_event" VALUES('spring','ana',1,'practice 1','began','{"at":"2026-03-02T12:00:00Z","kind":"began","lesson":{"began_at":"2026-03-02T12:00:00Z","campaign":"spring","focus":[],"learner":"ana","mode":"practice","name":"practice 1","rubric":"image-edit","rubric_hash":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","rubric_version":"1.0.0","rule":{},"seed":"0","tasks":["t1","t2"]}}','ce33f1e691f7011b6d3d54221499b2dad4d0888ee57d0692b6ba16be282daac1','2026-11-28 22:45:39.367000');
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('version','4');
CREATE TABLE opening (
	campaign TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	round TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	payload_hash TEXT NOT NULL, 
	stored_at DATETIME NOT NULL, 
	PRIMARY KEY (campaign, reviewer, seq), 
	CONSTRAINT opening_seq CHECK (seq >= 1), 
	CONSTRAINT opening_payload CHECK (length(payload) <= 65536)
);
INSERT INTO "opening" VALUES('spring','ana',1,'r1','evidence','{"campaign":"spring","how":"","kind":"evidence","opened_at":"2026-03-02T12:00:00Z","review":"0ee3a688-401d-4862-846d-90f3930c3e7d","reviewer":"ana","role":"","round":"r1","task":"t1"}','40590a492c44086c6a7d0c743bbc2b8e63e3a24367aa5c9d1666c927e72f265c','2026-11-28 20:08:05.023000');
CREATE TABLE rating (
	campaign TEXT NOT NULL, 
	review TEXT NOT NULL, 
	criterion TEXT NOT NULL, 
	value TEXT, 
	second INTEGER, 
	na TEXT, 
	note TEXT NOT NULL, 
	PRIMARY KEY (campaign, review, criterion), 
	FOREIGN KEY(campaign, review) REFERENCES review (campaign, id), 
	CONSTRAINT rating_given CHECK ((value IS NULL) <> (na IS NULL))
);
INSERT INTO "rating" VALUES('spring','af5905d4-b24d-44dd-9cba-5e05b1cdcd3c','accuracy','3',2,NULL,'The hat at the left is red as asked.');
INSERT INTO "rating" VALUES('spring','af5905d4-b24d-44dd-9cba-5e05b1cdcd3c','defects','["halo","remnant"]',NULL,NULL,'');
INSERT INTO "rating" VALUES('spring','af5905d4-b24d-44dd-9cba-5e05b1cdcd3c','feasible','"yes"',NULL,NULL,'');
INSERT INTO "rating" VALUES('spring','af5905d4-b24d-44dd-9cba-5e05b1cdcd3c','text',NULL,NULL,'no_text','');
INSERT INTO "rating" VALUES('spring','b14e900a-bdc9-4efd-802a-05eb14cb87be','accuracy','3',2,NULL,'The hat at the left is red as asked.');
INSERT INTO "rating" VALUES('spring','b14e900a-bdc9-4efd-802a-05eb14cb87be','defects','["halo","remnant"]',NULL,NULL,'');
INSERT INTO "rating" VALUES('spring','b14e900a-bdc9-4efd-802a-05eb14cb87be','feasible','"yes"',NULL,NULL,'');
INSERT INTO "rating" VALUES('spring','b14e900a-bdc9-4efd-802a-05eb14cb87be','text',NULL,NULL,'no_text','');
CREATE TABLE review (
	campaign TEXT NOT NULL, 
	id TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	task TEXT NOT NULL, 
	rubric TEXT NOT NULL, 
	round TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	reviewer_seq INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	task_hash TEXT NOT NULL, 
	rubric_version TEXT NOT NULL, 
	rubric_hash TEXT NOT NULL, 
	confidence INTEGER, 
	seconds DOUBLE NOT NULL, 
	position INTEGER NOT NULL, 
	submitted_at DATETIME NOT NULL, 
	stored_at DATETIME NOT NULL, 
	payload TEXT NOT NULL, 
	payload_hash TEXT NOT NULL, 
	PRIMARY KEY (campaign, id), 
	CONSTRAINT review_place UNIQUE (campaign, reviewer, task, rubric, round, revision), 
	CONSTRAINT review_sequence UNIQUE (campaign, reviewer, reviewer_seq), 
	CONSTRAINT review_revision CHECK (revision >= 1), 
	CONSTRAINT review_state CHECK (state IN ('submitted', 'skipped')), 
	CONSTRAINT review_payload CHECK (length(payload) <= 65536)
);
INSERT INTO "review" VALUES('spring','af5905d4-b24d-44dd-9cba-5e05b1cdcd3c','ana','t1','image-edit','r1',1,1,'submitted','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1.0.0','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',2,38.5,4,'2026-03-02 12:00:41.000000','2026-11-28 20:08:04.992000','{"answers":{"accuracy":{"na":null,"note":"The hat at the left is red as asked.","reason":null,"second":2,"value":3},"defects":{"na":null,"note":"","reason":null,"second":null,"value":["halo","remnant"]},"feasible":{"na":null,"note":"","reason":null,"second":null,"value":"yes"},"text":{"na":"no_text","note":"","reason":null,"second":null,"value":null}},"campaign":"spring","confidence":2,"flags":{"sensitive":""},"id":"af5905d4-b24d-44dd-9cba-5e05b1cdcd3c","note":"","position":4,"reason":"","reviewer":"ana","revision":1,"round":"r1","rubric":"image-edit","rubric_hash":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","rubric_version":"1.0.0","seconds":38.5,"shown_at":"2026-03-02T12:00:00Z","state":"submitted","submitted_at":"2026-03-02T12:00:41Z","task":"t1","task_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}','4cd926b42e75b214ff73c5c8672271b3dc93c795596ae6400e92098ab6aa9b3c');
INSERT INTO "review" VALUES('spring','b14e900a-bdc9-4efd-802a-05eb14cb87be','ana','t1','image-edit','r1',2,2,'submitted','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','1.0.0','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',2,38.5,4,'2026-03-02 12:00:41.000000','2026-11-28 20:08:05.006000','{"answers":{"accuracy":{"na":null,"note":"The hat at the left is red as asked.","reason":null,"second":2,"value":3},"defects":{"na":null,"note":"","reason":null,"second":null,"value":["halo","remnant"]},"feasible":{"na":null,"note":"","reason":null,"second":null,"value":"yes"},"text":{"na":"no_text","note":"","reason":null,"second":null,"value":null}},"campaign":"spring","confidence":2,"flags":{"sensitive":""},"id":"b14e900a-bdc9-4efd-802a-05eb14cb87be","note":"","position":4,"reason":"","reviewer":"ana","revision":2,"round":"r1","rubric":"image-edit","rubric_hash":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","rubric_version":"1.0.0","seconds":38.5,"shown_at":"2026-03-02T12:00:00Z","state":"submitted","submitted_at":"2026-03-02T12:00:41Z","task":"t1","task_hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}','16ef1d414d956e5a0db972464acfed028932ae9f32d1ef4cd571fa4bfc6d33b3');
CREATE TABLE round_event (
	campaign TEXT NOT NULL, 
	round TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	payload_hash TEXT NOT NULL, 
	stored_at DATETIME NOT NULL, 
	PRIMARY KEY (campaign, round, seq), 
	CONSTRAINT round_event_seq CHECK (seq >= 1), 
	CONSTRAINT round_event_payload CHECK (length(payload) <= 65536)
);
INSERT INTO "round_event" VALUES('spring','r2',1,'opened','{"at":"2026-03-02T12:00:00Z","by":"lee","kind":"opened","round":{"campaign":"spring","criteria":[],"deadline":null,"evidence":"lead_only","lead":"lee","mode":"calibration","name":"r2","note":"","opened_at":"2026-03-02T12:00:00Z","reviewers":["ana","ben"],"rubric":"image-edit","rubric_hash":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","rubric_version":"1.0.0","seed":"0","tasks":["t1","t2"]}}','73910b01091addcd017abf00889f4c6292e544516c85f1c6ac55cd8dd8432014','2026-11-28 20:08:05.018000');
CREATE TABLE rubric (
	rubric_hash TEXT NOT NULL, 
	rubric TEXT NOT NULL, 
	version TEXT NOT NULL, 
	body TEXT NOT NULL, 
	stored_at DATETIME NOT NULL, 
	PRIMARY KEY (rubric_hash)
);
INSERT INTO "rubric" VALUES('a6e3cc8c2598c4a7861f1208dc4ed514baa81582b1e18ee9aaeb34e40a964920','image-edit','1.0.0','{"caps":[],"changelog":[{"bump":"first","changes":["First version."],"date":"2026-03-02","version":"1.0.0"}],"confidence":true,"criteria":[{"applies_when":null,"control":"ordinal","gold_kind":"point","help":"","id":"accuracy","justify":[],"label":"Accuracy","levels":[{"boundary":"","descriptor":"What this level looks like.","example":"","name":"Level","value":1},{"boundary":"","descriptor":"What this level looks like.","example":"","name":"Level","value":2},{"boundary":"","descriptor":"What this level looks like.","example":"","name":"Level","value":3},{"boundary":"","descriptor":"What this level looks like.","example":"","name":"Level","value":4}],"na_reasons":[],"question":"Is the picture as it was asked for?","required":true,"second":true,"targets":null,"tolerance":null,"variants":{},"weight":0.0}],"defects":[],"flags":[],"gates":[],"id":"image-edit","instructions":"","kind":"edit","overall":{"families":[],"kind":"none","otherwise":null,"table":[]},"owner":"","purpose":"To test with.","sources":[],"status":"active","title":"Image edit","variant_tag":"edit_type","version":"1.0.0"}','2026-11-28 20:08:04.967000');
CREATE INDEX review_by_round ON review (campaign, round, task);
CREATE INDEX review_by_id ON review (id);
CREATE TRIGGER review_no_update BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'a stored review never changes and never goes'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'a stored review never changes and never goes'); END;
CREATE TRIGGER review_no_replace BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE campaign = NEW.campaign AND id = NEW.id) OR EXISTS (SELECT 1 FROM review WHERE campaign = NEW.campaign AND reviewer = NEW.reviewer AND reviewer_seq = NEW.reviewer_seq) OR EXISTS (SELECT 1 FROM review WHERE campaign = NEW.campaign AND reviewer = NEW.reviewer AND task = NEW.task AND rubric = NEW.rubric AND round = NEW.round AND revision = NEW.revision) BEGIN SELECT RAISE(ABORT, 'a stored review never changes and never goes'); END;
CREATE TRIGGER rating_no_update BEFORE UPDATE ON rating BEGIN SELECT RAISE(ABORT, 'a stored rating never changes and never goes'); END;
CREATE TRIGGER rating_no_delete BEFORE DELETE ON rating BEGIN SELECT RAISE(ABORT, 'a stored rating never changes and never goes'); END;
CREATE TRIGGER rating_no_replace BEFORE INSERT ON rating WHEN EXISTS (SELECT 1 FROM rating WHERE campaign = NEW.campaign AND review = NEW.review AND criterion = NEW.criterion) BEGIN SELECT RAISE(ABORT, 'a stored rating never changes and never goes'); END;
CREATE TRIGGER rubric_no_update BEFORE UPDATE ON rubric BEGIN SELECT RAISE(ABORT, 'a stored rubric never changes and never goes'); END;
CREATE TRIGGER rubric_no_delete BEFORE DELETE ON rubric BEGIN SELECT RAISE(ABORT, 'a stored rubric never changes and never goes'); END;
CREATE TRIGGER rubric_no_replace BEFORE INSERT ON rubric WHEN EXISTS (SELECT 1 FROM rubric WHERE rubric_hash = NEW.rubric_hash) BEGIN SELECT RAISE(ABORT, 'a stored rubric never changes and never goes'); END;
CREATE TRIGGER round_event_no_update BEFORE UPDATE ON round_event BEGIN SELECT RAISE(ABORT, 'a stored round event never changes and never goes'); END;
CREATE TRIGGER round_event_no_delete BEFORE DELETE ON round_event BEGIN SELECT RAISE(ABORT, 'a stored round event never changes and never goes'); END;
CREATE TRIGGER round_event_no_replace BEFORE INSERT ON round_event WHEN EXISTS (SELECT 1 FROM round_event WHERE campaign = NEW.campaign AND round = NEW.round AND seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'a stored round event never changes and never goes'); END;
CREATE TRIGGER opening_no_update BEFORE UPDATE ON opening BEGIN SELECT RAISE(ABORT, 'a stored opening never changes and never goes'); END;
CREATE TRIGGER opening_no_delete BEFORE DELETE ON opening BEGIN SELECT RAISE(ABORT, 'a stored opening never changes and never goes'); END;
CREATE TRIGGER opening_no_replace BEFORE INSERT ON opening WHEN EXISTS (SELECT 1 FROM opening WHERE campaign = NEW.campaign AND reviewer = NEW.reviewer AND seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'a stored opening never changes and never goes'); END;
CREATE TRIGGER lesson_event_no_update BEFORE UPDATE ON lesson_event BEGIN SELECT RAISE(ABORT, 'a stored lesson event never changes and never goes'); END;
CREATE TRIGGER lesson_event_no_delete BEFORE DELETE ON lesson_event BEGIN SELECT RAISE(ABORT, 'a stored lesson event never changes and never goes'); END;
CREATE TRIGGER lesson_event_no_replace BEFORE INSERT ON lesson_event WHEN EXISTS (SELECT 1 FROM lesson_event WHERE campaign = NEW.campaign AND reviewer = NEW.reviewer AND seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'a stored lesson event never changes and never goes'); END;
CREATE TRIGGER gold_event_no_update BEFORE UPDATE ON gold_event BEGIN SELECT RAISE(ABORT, 'a stored gold event never changes and never goes'); END;
CREATE TRIGGER gold_event_no_delete BEFORE DELETE ON gold_event BEGIN SELECT RAISE(ABORT, 'a stored gold event never changes and never goes'); END;
CREATE TRIGGER gold_event_no_replace BEFORE INSERT ON gold_event WHEN EXISTS (SELECT 1 FROM gold_event WHERE campaign = NEW.campaign AND seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'a stored gold event never changes and never goes'); END;
COMMIT;
