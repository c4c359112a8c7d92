-- What a service does for a command, as one function: the answer to a known id, else the record
-- (with its unique and its plain index), the event, and the id.
CREATE TABLE answers (id text PRIMARY KEY, fingerprint bytea NOT NULL, reply bytea NOT NULL);
CREATE TABLE journal (sequence bigserial PRIMARY KEY, at timestamptz NOT NULL, body bytea NOT NULL);
CREATE TABLE people (
	person_id text PRIMARY KEY, agency_id text NOT NULL, region_code text NOT NULL,
	identity_hash text NOT NULL UNIQUE, record bytea NOT NULL
);
CREATE INDEX ON people (agency_id);
CREATE INDEX ON people (region_code);

CREATE FUNCTION register(command text, person text, hash text, body bytea) RETURNS bytea
LANGUAGE plpgsql AS $$
DECLARE
	known bytea;
BEGIN
	SELECT reply INTO known FROM answers WHERE id = command;
	IF FOUND THEN
		RETURN known;
	END IF;
	INSERT INTO people VALUES (person, 'bench-agency', '5301', hash, body);
	INSERT INTO journal (at, body) VALUES (now(), body);
	INSERT INTO answers VALUES (command, sha256(body), body);
	RETURN body;
END $$;
