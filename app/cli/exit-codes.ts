/** Exit codes of the command line; part of its contract. */
export const EXIT = Object.freeze({
  ok: 0,
  failed: 1,
  usage: 2,
  /** Done, but something was left out (quarantined sources, invalid lines). */
  incomplete: 3,
  interrupted: 130,
});
