/** The writer's lease: one node, whose token rises with each holder. All times are the server's. */

/**
 * Takes the lease when it is free or has run out. The first SET takes the node's lock, so that of two who come at once
 * the second sees what the first wrote.
 */
export const TAKE_LEASE = `
MERGE (l:WriterLease {name: 'writer'})
ON CREATE SET l.token = 0, l.expires = 0
SET l.asked = timestamp()
WITH l, l.expires <= timestamp() OR l.request = $request AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET l.token = CASE WHEN l.request = $request THEN l.token ELSE l.token + 1 END, l.request = $request,
    l.pid = $pid, l.host = $host, l.since = $since, l.expires = timestamp() + $ms)
RETURN free, l.token AS token, l.pid AS pid, l.host AS host, l.since AS since`;

/** Whether to try: does not wait for a commit of the holder, as taking would. */
export const LOOK_AT_LEASE = `
OPTIONAL MATCH (l:WriterLease {name: 'writer'})
RETURN coalesce(l.expires <= timestamp(), true) AS free, l.pid AS pid, l.host AS host, l.since AS since`;

/** No row when another holder has come since. The first SET waits for the lock before the token is read. */
export const RENEW_LEASE = `
MATCH (l:WriterLease {name: 'writer'})
SET l.asked = timestamp()
WITH l WHERE l.token = $token
SET l.expires = timestamp() + $ms
RETURN l.token AS token`;

export const GIVE_LEASE = `
MATCH (l:WriterLease {name: 'writer'})
SET l.asked = timestamp()
WITH l WHERE l.token = $token
SET l.expires = 0`;
