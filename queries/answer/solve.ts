/** Finds the direct answer in the evidence by the kind of question. Pure; the span scorer is passed in. */
import { type Evidence, type EvidencePassage, type EvidenceSentence, saysRelation } from './evidence.js';
import { findSubject } from './find-subject.js';
import { type PickedSpan, pickSpan } from './pick-span.js';
import type { Solution } from './solution.js';
import { solveChoice } from './solve-choice.js';
import { solvePolar } from './solve-polar.js';
import { solveTable } from './solve-table.js';
import type { SpanModel } from './span-model.js';
import { typeFit } from './span-type-fit.js';

/** Probability from which a span is said first, and from which it is marked in its quote. */
const SURE = 0.3;
const LIKELY = 0.15;

/**
 * What a span counts where the question's name and bridges lead, against its share of all spans elsewhere: a little more,
 * and much more where a sentence there says all that is asked, as "Its mayor is Ada Weiss" in the document on the town.
 */
const INSIDE = 2;
const INSIDE_SAYING = 8;

interface Reached {
  readonly passages: ReadonlySet<EvidencePassage>;
  /** Their sentences that say every word of the asked relation, the noun of "which town" aside. */
  readonly saying: ReadonlySet<EvidenceSentence>;
}

/** Passages of what the question asks about: of the documents that its names and bridges lead to. */
function reached(evidence: Evidence): Reached {
  const { relations, names, focus } = evidence.question;
  const bridges = relations.filter((relation) => relation.role === 'bridge');
  const passages = new Set<EvidencePassage>();
  for (const { text } of names) {
    const subject = findSubject(evidence, text, bridges);
    if (!subject.complete || (bridges.length === 0 && !subject.passages.some((passage) => passage.named))) continue;
    for (const passage of subject.passages) passages.add(passage);
  }
  const asked = relations.filter((relation) => relation.role === 'target' && !focus.includes(relation.stem));
  const saying = [...passages]
    .flatMap(({ sentences }) => sentences)
    .filter((sentence) => asked.length > 0 && asked.every((relation) => saysRelation(relation, sentence.stems)));
  return { passages, saying: new Set(saying) };
}

/** The span among all the evidence, or, where it lies in what is asked about, as probable as it is there alone. */
function pick(evidence: Evidence, model: SpanModel): PickedSpan | undefined {
  const anywhere = pickSpan(evidence, model);
  const { passages, saying } = reached(evidence);
  if (anywhere === undefined || passages.size === 0) return anywhere;
  const { sentences } = anywhere;
  const { class: wanted } = evidence.question;
  const everywhere = pickSpan(evidence, model, { within: (sentence) => passages.has(sentence.passage) });
  const unsure = everywhere === undefined || everywhere.probability < SURE;
  const said = unsure
    ? pickSpan(evidence, model, {
        within: (sentence) => saying.has(sentence),
        accept: (span) => typeFit(wanted, span.type) === 1,
      })
    : undefined;
  const inside = said ?? everywhere;
  if (inside === undefined) return anywhere;
  const inhere = inside.probability * (saying.size > 0 ? INSIDE_SAYING : INSIDE) >= anywhere.probability;
  return inhere || inside.span.key === anywhere.span.key ? { ...inside, sentences } : anywhere;
}

function solveOpen(evidence: Evidence, model: SpanModel): Solution | undefined {
  const picked = pick(evidence, model);
  if (picked === undefined) return undefined;
  const { span, probability } = picked;
  const fit = typeFit(evidence.question.class, span.type);
  return {
    text: span.text,
    span: span.text,
    from: [span.sentence],
    sure: probability >= SURE && fit >= 0,
    likely: probability >= LIKELY && fit >= 0,
    probability,
    fit,
    sentences: picked.sentences,
    second: picked.second,
    key: span.key,
  };
}

/** The solution, or undefined for a question without English cues or evidence without candidates. */
export function solve(evidence: Evidence, model: SpanModel): Solution | undefined {
  const { question } = evidence;
  if (!question.english || evidence.passages.length === 0) return undefined;
  if (question.kind === 'yes-no') return solvePolar(evidence, model);
  if (question.choice !== undefined) {
    return solveChoice(evidence, model, question.choice) ?? solveOpen(evidence, model);
  }
  return solveTable(evidence) ?? solveOpen(evidence, model);
}
