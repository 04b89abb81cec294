/** The writer's lease: one node, whose token rises with each holder. All times are the server's. */

/**
 * Takes the lease when it is free or has run out. The first SET takes the node's lock, so that of two who come at once
 * the second sees what the first wrote. Who had it last lets another go first that has waited meanwhile.
 */
export const TAKE_LEASE = `
MERGE (l:WriterLease {name: 'writer'})
ON CREATE SET l.token = 0, l.expires = 0
SET l.asked = timestamp()
WITH l, l.request = $request OR l.expires <= timestamp()
  AND NOT ($yields AND coalesce(l.client = $client AND l.waiter <> $client AND l.waits > timestamp(), false)) AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET l.token = CASE WHEN l.request = $request THEN l.token ELSE l.token + 1 END, l.request = $request,
    l.client = $client, l.waits = CASE WHEN l.waiter = $client THEN 0 ELSE l.waits END, l.pid = $pid, l.host = $host, l.since = $since, l.expires = timestamp() + $ms)
RETURN free, l.token AS token, l.pid AS pid, l.host AS host, l.since AS since`;

/** Whether to try: does not wait for a commit of the holder, as taking would. */
export const LOOK_AT_LEASE = `
OPTIONAL MATCH (l:WriterLease {name: 'writer'})
RETURN coalesce(l.expires <= timestamp(), true) AS free, l.pid AS pid, l.host AS host, l.since AS since`;

/** The holder's commit may keep the node locked: then the mark comes with its end, early enough. */
export const WAIT_FOR_LEASE = `
MATCH (l:WriterLease {name: 'writer'})
SET l.waiter = $client, l.waits = timestamp() + $ms`;

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
