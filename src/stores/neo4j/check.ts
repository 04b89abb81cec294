/**
 * What `doctor` asks the store: are all passages whole, do kept counts equal a full count, and is each node what a fold
 * of everything said gives? Reads the whole collection.
 */
import { TYPE_LABELS } from '../../../graph-schema/index.js';
import { NodeFold, type NodeView } from '../../graph/node-fold.js';
import type { CollectionInfo } from '../../ports/index.js';
import { decodeRelations } from '../codec/contribution-codec.js';
import { compareTexts } from './indexed-text.js';
import { parseFold } from './node-deltas.js';
import type { Run } from './statement.js';
import * as statements from './statements/check-statements.js';
import { ALL_UNFINISHED } from './statements/collection-statements.js';
import { int } from './values.js';

const ROWS = 500;
/** Problems of one kind that are named. */
const NAMED = 10;

/** Problems found, in words; empty when sound. */
export async function checkStore(run: Run, collections: readonly CollectionInfo[]): Promise<string[]> {
  const unfinished = await run<{ readonly name: string }>(ALL_UNFINISHED, {});
  const left = unfinished.map(({ name }) => `content of ${name} was left by an import or a deletion that did not end`);
  const lists: string[][] = [];
  for (const collection of collections) lists.push(await problems(run, collection));
  return [...left, ...lists.flat()];
}

async function problems(run: Run, { name, counts }: CollectionInfo): Promise<string[]> {
  const facts = await passageFacts(run, name);
  const [counted] = await run<Record<string, number>>(statements.COUNTED, { collection: name });
  const [orphans] = await run<Record<string, number>>(statements.ORPHANS, { collection: name });
  const full = { ...counted, relations: facts.relations, mentions: facts.mentions };
  const miscounted = Object.entries(full).flatMap(([kind, count]) => {
    const kept = counts[kind as keyof typeof counts];
    return count === kept ? [] : [`collection ${name} has ${count} ${kind}, but says ${kept}`];
  });
  const hanging = Object.entries(orphans ?? {}).flatMap(([kind, count]) =>
    count === 0 ? [] : [`collection ${name} has ${count} ${kind} without what they belong to`],
  );
  return [...few(facts.broken), ...hanging, ...miscounted, ...few(await nodeProblems(run, name, facts))];
}

interface Facts {
  readonly folds: Map<string, NodeFold>;
  /** Statements by the key of their subject. */
  readonly subjects: Map<string, number>;
  relations: number;
  mentions: number;
  readonly broken: string[];
}

interface PassageFact {
  readonly id: string;
  readonly document: string;
  readonly contribution: string | null;
  readonly owners: number;
  readonly about: number;
  readonly mentions: readonly (readonly [
    key: string,
    surface: string,
    type: Parameters<NodeFold['addMention']>[0]['type'],
    count: number,
    about: boolean,
    own: boolean,
  ])[];
}

async function passageFacts(run: Run, collection: string): Promise<Facts> {
  const facts: Facts = { folds: new Map(), subjects: new Map(), relations: 0, mentions: 0, broken: [] };
  const documents = new Map<NodeFold, Set<string>>();
  const foldOf = (key: string): NodeFold => {
    const fold = facts.folds.get(key) ?? new NodeFold();
    facts.folds.set(key, fold);
    return fold;
  };
  for (let after = ''; ; ) {
    const rows = await run<PassageFact>(statements.PASSAGE_FACTS, { collection, after, limit: int(ROWS) });
    for (const { id, document, contribution, owners, about, mentions } of rows) {
      if (contribution === null || owners !== 1) facts.broken.push(`passage ${id} of ${collection} is not whole`);
      if (about !== mentions.filter((mention) => mention[4]).length || mentions.some((mention) => !mention[5]))
        facts.broken.push(`passage ${id} of ${collection} has relationships that its mentions do not give`);
      for (const [key, surface, type, count] of mentions) {
        const fold = foldOf(key);
        fold.addMention({ surface, type, count });
        facts.mentions += count;
        const known = documents.get(fold) ?? new Set();
        documents.set(fold, known.add(document));
      }
      for (const { subject, object } of contribution === null ? [] : decodeRelations(contribution)) {
        facts.relations++;
        facts.subjects.set(subject.key, (facts.subjects.get(subject.key) ?? 0) + 1);
        for (const { key, surface, type = 'other' } of [subject, object]) foldOf(key).addEnd({ surface, type });
      }
    }
    if (rows.length < ROWS) break;
    after = rows.at(-1)!.id;
  }
  for (const [fold, ids] of documents) fold.addDocuments(ids.size);
  return facts;
}

type NodeFact = Partial<Extract<NodeView, { label: 'Entity' }>> & {
  readonly indexed: string;
  readonly key: string;
  readonly labels: readonly string[];
  readonly statements: number;
  readonly fold: string | null;
};

async function nodeProblems(run: Run, collection: string, { folds, subjects }: Facts): Promise<string[]> {
  const found: string[] = [];
  const missing = new Set(folds.keys());
  for (const statement of statements.NODE_FACTS) {
    for (let after = '', first = true; ; first = false) {
      // The empty key is the one that is not greater than the start.
      const rows = await run<NodeFact>(first ? statement.replace('n.key > $after', 'n.key >= $after') : statement, {
        collection,
        after,
        limit: int(ROWS),
      });
      for (const row of rows) {
        missing.delete(row.key);
        const fold = folds.get(row.key);
        const kept = row.fold === null ? undefined : canonical(parseFold(row.fold));
        if (
          shown(row) !== expected(fold) ||
          row.statements !== (subjects.get(row.key) ?? 0) ||
          (fold !== undefined && kept !== canonical(fold))
        )
          found.push(`${JSON.stringify(row.key)} of ${collection} is not what its passages say`);
      }
      if (rows.length < ROWS) break;
      after = rows.at(-1)!.indexed;
    }
  }
  for (const key of missing) found.push(`${JSON.stringify(key)} of ${collection} has no node`);
  return found;
}

function shown({ labels, name, type, surfaces, mentions, passages, documents }: NodeFact): string {
  return JSON.stringify(
    [[...labels].sort(), name, type, surfaces, mentions, passages, documents].map((x) => x ?? null),
  );
}

function expected(fold: NodeFold | undefined): string {
  const view = fold?.view();
  if (view === undefined) return '';
  const label = TYPE_LABELS[view.type];
  const labels = [view.label, ...(label === undefined ? [] : [label])].sort();
  const entity = view.label === 'Entity' ? view : undefined;
  const rest = [entity?.surfaces, entity?.mentions, entity?.passages, entity?.documents];
  return JSON.stringify([labels, view.name, view.type, ...rest].map((x) => x ?? null));
}

/** Its counts, whatever the order in which they were taken. */
function canonical(fold: NodeFold): string {
  const { s = {}, es = {}, ...rest } = fold.state();
  const sorted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).sort(([a], [b]) => compareTexts(a, b));
  return JSON.stringify([sorted(s), sorted(es), rest]);
}

function few(list: readonly string[]): string[] {
  return list.length <= NAMED ? [...list] : [...list.slice(0, NAMED), `and ${list.length - NAMED} more of this kind`];
}
