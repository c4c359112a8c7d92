-- What a service does for a command, as one function: the answer to a known id, else the record
-- (with its unique look-up), the event, and the id.
CREATE TABLE answers (id text PRIMARY KEY, fingerprint bytea NOT NULL, reply bytea NOT NULL);
CREATE TABLE journal (sequence bigserial PRIMARY KEY, at timestamptz NOT NULL, body bytea NOT NULL);
CREATE TABLE agencies (
	agency_id text PRIMARY KEY, credit_code text NOT NULL UNIQUE, region_code text NOT NULL,
	state int NOT NULL, record bytea NOT NULL
);
CREATE SEQUENCE numbers;

CREATE FUNCTION register(command text, agency text, code text, body bytea) RETURNS bytea
LANGUAGE plpgsql AS $$
DECLARE
	known bytea;
BEGIN
	SELECT reply INTO known FROM answers WHERE id = command;
	IF FOUND THEN
		RETURN known;
	END IF;
	INSERT INTO agencies VALUES (agency, code, '5301', 1, body);
	INSERT INTO journal (at, body) VALUES (now(), body);
	INSERT INTO answers VALUES (command, sha256(body), body);
	RETURN body;
END $$;
