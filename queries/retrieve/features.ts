/** Names and order of every number that the ranker weighs; the trainer writes them into the model, the loader checks them. */

/** Stage 1: what a passage says to the question by itself. */
export const FIRST_FEATURES = [
  'own', // BM25 / greatest of the collection
  'bmrr', // 10 / (10 + BM25 rank)
  'anc', // alias weight / sqrt(homonyms) of the best question name that is the document's
  'titcov', // idf share of the title found in the question
  'titq', // idf of title words in the question / idf of the question
  'cov', // covered share of the question's idf
  'bsent', // the same for its best sentence
  'nqe', // question entities mentioned, each 1 / log2(2 + df), over their number
  'ppr', // personalised PageRank / greatest
  'lppr', // its logarithm, 1e-5..1 to 0..1
  'sd', // best sentence vector, min-max over the candidates
  'sdrr', // 10 / (10 + its rank)
  'hyb', // mean of own and sd
  'srel', // best sentence vector against the question without its names
] as const;

/** Rounds: what it says given the passages found so far (p1, weighed by pi = exp(score - best score)). */
export const ROUND_FEATURES = [
  'in', // pi * weight of a link p1 -> document
  'inrel', // times the coverage of relation words in the linking sentence
  'insf', // times the coverage of the question in the linking sentence
  'out', // pi * weight of a link passage -> document of p1
  'outrel', // times the coverage of relation words in the linking sentence
  'res', // idf that it adds to the best passage
  'union', // pi * strength of the connection * idf that it adds to p1
  'bA', // pi * bridge entity's specificity * (residual BM25 + .1)
  'bB', // times .1 + the coverage of relation words where p1 mentions the bridge
  'bC', // bA where the bridge stands in its title
  'bD', // bB where the bridge stands in its title
  'rb', // pi * residual BM25, without any connection
  'insem', // pi * weight of a link * likeness of its sentence to the question without its names
  'bsem', // bA times .1 + likeness of the sentence in which p1 mentions the bridge
  'inspec', // inrel (with a floor of .1) times how few passages name the document
  'deepin', // the best link of any of the starts, however likely: pi ^ .3 * weight * (.1 + coverage + likeness)
  'deepb', // the best bridge in the same way
  'sibin', // pi * weight * (.1 + coverage + likeness) of a link from another passage of p1's document
  'sibb', // the same for a bridge from there
  'open', // idf that it adds to the three likeliest passages together
  'pi', // ln max(pi, 1e-4) of the round before
] as const;

/** Signals of question and corpus; every feature is also weighed times each of them. */
export const CONTEXT_SIGNALS = [
  'bestPassageCoverage',
  'bestSentenceCoverage',
  'titledNameShare',
  'margin',
  'linkedShare',
  'knownEntities',
  'foreign', // share of the question's letters that are not of Latin script, which static vectors know best
  'length', // distinct terms of the question, of 20
] as const;

/** What the trees see of the best passages of the last round. */
export const LAST_FEATURES = [
  ...FIRST_FEATURES,
  ...ROUND_FEATURES,
  ...CONTEXT_SIGNALS,
  'score', // of the last round, minus the best
  'rank', // by it
  'firstScore', // of stage 1, minus the best; -30 where it was no candidate then
  'firstRank', // by it, at most 100
] as const;

export const ROUNDS = 3;
