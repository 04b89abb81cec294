/**
 * The fold of names that a writer keeps beside its store: which entities each passage mentions, given the aliases of all
 * documents. When an alias appears, goes or changes its type, the passages that hold its words are folded again; the
 * result depends on the set of documents alone, never on the order they came in.
 */
import type { Mention } from '../../graph-schema/index.js';
import type { ArrayIndex } from '../index/array-index.js';
import type { IndexDocument } from '../index/index-source.js';
import { restoreTable } from '../index/restore-table.js';
import { tokenise } from '../text/index.js';
import { demonymsOf } from './demonyms.js';
import { type AliasClaim, agreedType, claimsOf, Gazetteer } from './gazetteer.js';
import { NameMatcher } from './match-names.js';
import { mentionsOfPassage } from './passage-mentions.js';
import { aliasesOf, PassageTable, type SlotTokens } from './passage-table.js';
import { Phrases } from './phrases.js';

/** Documents to put (each replaces the one of the same id) and ids to remove; unknown ids are ignored. */
export interface FoldChanges {
  readonly put: readonly IndexDocument[];
  readonly remove: readonly string[];
}

interface ClaimChange {
  readonly key: string;
  readonly document: string;
  /** Undefined takes it back. */
  readonly claim: AliasClaim | undefined;
}

export class MentionFold {
  private readonly matcher: NameMatcher;
  private readonly gazetteer: Gazetteer;

  private constructor(
    /** The passages of all documents, as the index is folded from: see `IndexCache.current`. Read only. */
    readonly table: PassageTable,
  ) {
    this.gazetteer = new Gazetteer(table.words);
    for (const { id, aliases } of table.documents.values()) {
      for (const [key, claim] of claimsOf(aliases)) this.gazetteer.claim(key, id, claim);
    }
    this.matcher = new NameMatcher(table, this.gazetteer);
  }

  /** The fold of an empty collection. */
  static empty(): MentionFold {
    return new MentionFold(new PassageTable());
  }

  /** The fold of the documents of an index, from its forward sections. */
  static fromIndex(index: ArrayIndex): MentionFold {
    return new MentionFold(restoreTable(index));
  }

  /**
   * Applies changes.
   * @returns mentions, in key order, of each passage put and of every other passage whose mentions are no longer the same
   */
  apply(changes: FoldChanges): Map<string, Mention[]> {
    const { table, gazetteer } = this;
    const gone = new Set([...changes.remove, ...changes.put.map(({ document }) => document.id)]);
    const claims = this.claimChanges(changes.put, gone);
    const changed = this.changedKeys(claims);
    const holders = this.slotsHolding(changed, gone);
    const before = holders.map((slot) => this.fingerprint(slot));

    for (const id of gone) table.remove(id);
    for (const { key, document, claim } of claims) gazetteer.claim(key, document, claim);
    const result = new Map<string, Mention[]>();
    const tokens = new Map<number, SlotTokens>();
    for (const document of changes.put) table.put(document, (slot, its) => tokens.set(slot, its));
    for (const { document } of changes.put) {
      for (const slot of table.documents.get(document.id)!.slots) this.fold(slot, tokens.get(slot)!, result);
    }
    holders.forEach((slot, i) => {
      if (before[i] === this.fingerprint(slot)) return;
      const { title, context, text } = table.slot(slot);
      this.fold(slot, { title: tokenise(title), context: tokenise(context), text: tokenise(text) }, result);
    });
    table.compact();
    return result;
  }

  /** Claims to take back, then claims to make. */
  private claimChanges(put: readonly IndexDocument[], gone: ReadonlySet<string>): ClaimChange[] {
    const changes: ClaimChange[] = [];
    for (const document of gone) {
      for (const key of claimsOf(this.table.documents.get(document)?.aliases ?? []).keys()) {
        changes.push({ key, document, claim: undefined });
      }
    }
    for (const source of put) {
      for (const [key, claim] of claimsOf(aliasesOf(source)))
        changes.push({ key, document: source.document.id, claim });
    }
    return changes;
  }

  /** Aliases that appear, go, or change the type that all who claim them agree on. */
  private changedKeys(changes: readonly ClaimChange[]): string[] {
    const counts = new Map<string, number[]>();
    for (const { key, document, claim } of changes) {
      let of = counts.get(key);
      if (of === undefined) {
        of = [...this.gazetteer.counts(key)];
        counts.set(key, of);
      }
      if (claim === undefined) of[this.gazetteer.claimOf(key, document)!.type]!--;
      else of[claim.type]!++;
    }
    return [...counts].filter(([key, of]) => agreedType(of) !== this.gazetteer.agreedType(key)).map(([key]) => key);
  }

  /** Slots, but for those of the documents `gone`, whose tokens hold one of the keys or a demonym of it, ascending. */
  private slotsHolding(keys: readonly string[], gone: ReadonlySet<string>): number[] {
    if (keys.length === 0) return [];
    const phrases = new Phrases(
      this.table.words,
      keys.flatMap((key) => [key, ...demonymsOf(key)]),
    );
    const slots: number[] = [];
    for (const { id, slots: own } of this.table.documents.values()) {
      if (!gone.has(id)) for (const slot of own) if (phrases.occurIn(this.table.columns, slot)) slots.push(slot);
    }
    return slots.sort((a, b) => a - b);
  }

  /** Equal for equal mentions. */
  private fingerprint(slot: number): string {
    let print = '';
    const { gazetteer } = this;
    this.matcher.match(slot, (from, to, _row, entity) => {
      print += `${from},${to},${entity},${gazetteer.agreedTypeOf(entity)};`;
    });
    return print;
  }

  private fold(slot: number, tokens: SlotTokens, into: Map<string, Mention[]>): void {
    into.set(
      this.table.slot(slot).passageId,
      mentionsOfPassage(this.table, this.gazetteer, this.matcher, slot, tokens),
    );
  }
}
