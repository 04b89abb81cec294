/** What tells whether the evidence answers the question. Runtime and trainer use this one function. */
import { nameKey } from '../../src/graph/name-key.js';
import { stem, tokenise } from '../../src/text/index.js';
import type { QuestionAnalysis } from './analyse-question.js';
import { type Evidence, type EvidencePassage, type EvidenceSentence, saysRelation, stemsOf } from './evidence.js';
import { COMPARING } from './find-choice.js';
import { findSubject } from './find-subject.js';
import { questionView } from './question-view.js';
import type { Solution } from './solution.js';
import { CLASSES } from './span-feature-names.js';

export const ABSTAIN_FEATURES = [
  'passageCoverage', // best share of the question's idf mass in one passage and its title
  'sentenceCoverage', // the same of one sentence
  'titledCoverage', // of one sentence with its title
  'unionCoverage', // of the three best passages together
  'allCoverage', // of all passages together
  'unknownMass', // idf share of words that no visible passage holds
  'unseenMass', // idf share of words that the evidence lacks
  'namesKnown', // share of the question's names that the evidence holds whole
  'namesTitled', // share of them that are titles of documents in the evidence
  'noNames',
  'targetBest', // share of the asked relation's words in the best sentence
  'targetTop', // in the best passage of the subject
  'targetNamed', // in the best sentence that holds a name of the question
  'unsaidTargets', // share of relation words that no passage says
  'unsaidMass', // idf share of the asked relation's words that no passage says
  'unsaidSubject', // the same in the passages of what is asked about
  'rarestUnseen', // idf of the rarest word that the evidence lacks over that of the rarest word
  'topScore', // of the ranker
  'margin', // to the second passage
  'spread', // to the fifth
  'depth', // hops to the answer's passage, 4: no way
  'linkNear', // closeness of bridge word and name on that way
  'bridge', // the question has bridge words
  'bridgeFound', // and the evidence the document they lead to
  'probability', // of the solution
  'second', // 1 - probability over the number of candidates' scale: how sharp it is
  'fit', // of its type
  'solved',
  'spanCoverage', // of its sentence with title
  'spanTarget',
  'yesNo',
  'choice',
  'optionsKnown', // share of a choice's options, or of names, with a document
  'english',
  'terms', // of the question, over 20
  'ctx:passage',
  'ctx:sentence',
  'ctx:titled',
  'ctx:margin',
  'ctx:entities',
  'similarity', // of question and best passage by vector; NaN when it is not the shipped embedder's
  'similaritySecond',
  'joint', // share of the question's terms that two sentences of different documents with a name in common cover
  'jointAnswer', // the same with the answer's sentence as one of the two
  'aloneAnswer', // what the answer's sentence covers with its title
  'residualAnswer', // of what the sentence leading there leaves open
  'beyondAnswer', // what other passages on the answer's name add
  'massAnswer', // probability of the sentence most likely to answer
  'secondShare', // probability of the next best span over that of the best
  'namesChain', // share of the question's names in the answer's sentence, its title and what leads there
  'bridgeJoint', // `joint` of a question with bridges
  ...CLASSES.map((name) => `class:${name}`),
] as const;

/** No way was found to a passage. */
const NOWHERE = 4;

function shareOf(evidence: Evidence, stems: ReadonlySet<string>): number {
  if (evidence.idfMass === 0) return 0;
  let sum = 0;
  for (const [word, idf] of evidence.idf) if (stems.has(word)) sum += idf;
  return sum / evidence.idfMass;
}

/** Stems of titles and sentences, and of the question's relation words that they say in other words ("kept" - "keeper"). */
function stemsOfPassages(question: QuestionAnalysis, passages: readonly EvidencePassage[]): Set<string> {
  const stems = new Set<string>();
  for (const passage of passages) {
    for (const word of passage.titleStems) stems.add(word);
    for (const sentence of passage.sentences) for (const word of sentence.stems) if (word !== '') stems.add(word);
  }
  const said = question.relations.filter((relation) => saysRelation(relation, stems));
  for (const relation of said) stems.add(relation.stem);
  if (question.choice !== undefined) {
    for (const word of question.words) if (COMPARING.test(word)) stems.add(stem(word, 'en'));
  }
  return stems;
}

const most = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((best, item) => Math.max(best, value(item)), 0);

/** One number a feature, in the order of `ABSTAIN_FEATURES`. */
export function abstainFeatures(evidence: Evidence, solution: Solution | undefined): Float64Array {
  const { question, retrieval, passages } = evidence;
  const sentences = passages.flatMap((passage) => passage.sentences);
  const targets = question.relations.filter((relation) => relation.role === 'target');
  const bridges = question.relations.filter((relation) => relation.role === 'bridge');
  const all = stemsOfPassages(question, passages);
  const holds = (key: string): boolean =>
    passages.some(
      (passage) =>
        passage.fullTitleKey.includes(key) || passage.sentences.some((sentence) => sentence.words.includes(` ${key} `)),
    );
  const names = question.names.map((name) => nameKey(name.text)).filter((key) => key !== '');
  const known = names.filter(holds);
  const titles = new Set(passages.flatMap((passage) => [passage.titleKey, passage.fullTitleKey]));
  const nameStems = question.names.map((name) => stemsOf(tokenise(name.text), 'en').filter((stem) => stem !== ''));
  const holdsName = (sentence: EvidenceSentence): boolean =>
    nameStems.some(
      (stems) =>
        stems.length > 0 &&
        stems.every((stem) => sentence.stems.includes(stem) || sentence.passage.titleStems.has(stem)),
    );
  let unknown = 0;
  for (const term of retrieval.terms) if (term.df === 0 && !all.has(term.stem)) unknown += term.idf;
  const scores = passages.map((passage) => passage.hit.score);
  const answering = solution?.from.at(-1);
  const { hops, joint } = questionView(evidence);
  const hop = answering === undefined ? undefined : hops.get(answering.passage);
  const subject = question.names.map((name) => findSubject(evidence, name.text, bridges));
  const reached = subject.filter(({ complete }) => complete);
  const subjectPassages = reached.flatMap((item) => item.passages);
  const documents = (question.choice?.options ?? question.names.map((name) => name.text)).map(
    (name) => findSubject(evidence, name, []).passages.length > 0,
  );
  const targetShare = (stems: Iterable<string>): number => {
    const list = [...stems];
    return targets.length === 0
      ? 0
      : targets.filter((relation) => saysRelation(relation, list)).length / targets.length;
  };
  const idfOf = (stem: string): number => evidence.idf.get(stem) ?? 0;
  const targetMass = targets.reduce((sum, relation) => sum + idfOf(relation.stem), 0);
  const unsaidMass = (stems: ReadonlySet<string>): number => {
    if (targetMass === 0) return 0;
    const unsaid = targets.filter((relation) => !saysRelation(relation, stems));
    return unsaid.reduce((sum, relation) => sum + idfOf(relation.stem), 0) / targetMass;
  };
  const rarest = most([...evidence.idf.values()], (idf) => idf);
  const signals = retrieval.signals;
  const jointBest = most(sentences, (sentence) => joint.paired(sentence));
  const chain = answering === undefined ? [] : [answering, ...(hop?.link === undefined ? [] : [hop.link])];
  const inChain = (key: string): boolean =>
    chain.some(({ words, passage }) => words.includes(` ${key} `) || ` ${passage.fullTitleKey} `.includes(` ${key} `));
  const values: readonly number[] = [
    most(passages, (passage) => passage.coverage),
    most(sentences, (sentence) => sentence.coverage),
    most(sentences, (sentence) => sentence.titledCoverage),
    shareOf(evidence, stemsOfPassages(question, passages.slice(0, 3))),
    shareOf(evidence, all),
    evidence.idfMass === 0 ? 0 : unknown / evidence.idfMass,
    1 - shareOf(evidence, all),
    names.length === 0 ? 0 : known.length / names.length,
    names.length === 0 ? 0 : names.filter((key) => titles.has(key)).length / names.length,
    names.length === 0 ? 1 : 0,
    most(sentences, (sentence) => sentence.targetCoverage),
    most(subjectPassages, (passage) => targetShare(passage.sentences.flatMap((sentence) => sentence.stems))),
    most(sentences.filter(holdsName), (sentence) => sentence.targetCoverage),
    1 - targetShare(all),
    unsaidMass(all),
    unsaidMass(stemsOfPassages(question, subjectPassages)),
    rarest === 0 ? 0 : most([...evidence.idf], ([stem, idf]) => (all.has(stem) ? 0 : idf)) / rarest,
    scores[0] ?? 0,
    (scores[0] ?? 0) - (scores[1] ?? 0),
    (scores[0] ?? 0) - (scores[4] ?? 0),
    hop?.depth ?? NOWHERE,
    hop?.linkNear ?? 0,
    bridges.length > 0 ? 1 : 0,
    bridges.length > 0 && reached.length > 0 ? 1 : 0,
    solution?.probability ?? 0,
    solution === undefined ? 0 : Math.log(Math.max(1e-3, solution.probability)),
    solution?.fit ?? -1,
    solution === undefined ? 0 : 1,
    answering?.titledCoverage ?? 0,
    answering?.targetCoverage ?? 0,
    question.kind === 'yes-no' ? 1 : 0,
    question.kind === 'choice' ? 1 : 0,
    documents.length === 0 ? 0 : documents.filter(Boolean).length / documents.length,
    question.english ? 1 : 0,
    Math.min(1, retrieval.terms.length / 20),
    signals.bestPassageCoverage,
    signals.bestSentenceCoverage,
    signals.titledNameShare,
    signals.margin,
    signals.knownEntities,
    passages[0]?.similarity ?? Number.NaN,
    passages[1]?.similarity ?? Number.NaN,
    jointBest,
    answering === undefined ? 0 : joint.paired(answering),
    answering === undefined ? 0 : joint.alone(answering),
    answering === undefined ? 0 : joint.residual(answering, hop?.link),
    answering === undefined || solution?.key === undefined ? 0 : joint.beyond(answering, solution.key),
    solution?.sentences?.[0]?.[1] ?? 0,
    solution?.second === undefined ? 0 : solution.second / Math.max(1e-6, solution.probability),
    answering === undefined || names.length === 0 ? 0 : names.filter(inChain).length / names.length,
    bridges.length > 0 ? jointBest : 0,
    ...CLASSES.map((name) => (name === question.class ? 1 : 0)),
  ];
  return Float64Array.from(values);
}
