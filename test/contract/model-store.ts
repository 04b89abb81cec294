/** The port's meaning in the simplest form: maps and full scans. Oracle of the property tests. */
import type { EntityType, Mention } from '../../graph-schema/index.js';
import { ENTITY_TYPES } from '../../graph-schema/index.js';
import type { CollectionInfo, EntityView, Failure, RelationView, SourceRecord } from '../../src/ports/index.js';
import type { Made } from './fixtures.js';

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export class ModelStore {
  generation = 0;
  readonly documents = new Map<string, Made>();
  readonly mentions = new Map<string, readonly Mention[]>();
  readonly failures = new Map<string, Failure>();
  readonly sources = new Map<string, SourceRecord>();
  /** Ids of documents put or changed, and removed, by generation. */
  private readonly log: { readonly generation: number; readonly id: string }[] = [];

  put(documents: readonly Made[]): void {
    for (const document of documents) {
      this.drop(document.stored.document.id);
      this.documents.set(document.stored.document.id, document);
      for (const [id, mentions] of document.mentions) this.mentions.set(id, sortMentions(mentions));
      this.failures.delete(document.stored.document.uri);
      this.changed(document.stored.document.id);
    }
  }

  remove(id: string): void {
    if (!this.documents.has(id)) return;
    this.drop(id);
    this.changed(id);
  }

  refold(passageId: string, mentions: readonly Mention[]): void {
    this.mentions.set(passageId, sortMentions(mentions));
  }

  setEnabled(id: string, enabled: boolean): void {
    const made = this.documents.get(id);
    if (made === undefined || made.stored.document.enabled === enabled) return;
    const stored = { ...made.stored, document: { ...made.stored.document, enabled } };
    this.documents.set(id, { ...made, stored });
    this.changed(id);
  }

  get passageIds(): string[] {
    return [...this.documents.values()].flatMap(({ stored }) => stored.passages.map(({ passage }) => passage.id));
  }

  changes(since: number): { readonly put: string[]; readonly removed: string[] } {
    const touched = new Set(this.log.filter(({ generation }) => generation > since).map(({ id }) => id));
    const ids = since === 0 ? [...this.documents.keys()] : [...touched];
    return {
      put: ids.filter((id) => this.documents.has(id)).sort(),
      removed: since === 0 ? [] : ids.filter((id) => !this.documents.has(id)).sort(),
    };
  }

  counts(): CollectionInfo['counts'] {
    const bundles = [...this.documents.values()].flatMap(({ stored }) => stored.passages);
    const entities = this.entities();
    return {
      documents: this.documents.size,
      passages: bundles.length,
      entities: entities.length,
      relations: bundles.reduce((sum, { contribution }) => sum + contribution.relations.length, 0),
      mentions: entities.reduce((sum, { mentions }) => sum + mentions, 0),
      failures: this.failures.size,
    };
  }

  entities(): EntityView[] {
    const keys = new Set([...this.mentions.values()].flatMap((list) => list.map(({ key }) => key)));
    return [...keys].sort(compare).map((key) => this.entity(key));
  }

  relationsOf(keys: readonly string[], limit: number): RelationView[] {
    return [...this.documents.values()]
      .flatMap(({ stored }) => stored.passages)
      .flatMap(({ passage, contribution }) =>
        contribution.relations.map((relation, position) => ({
          position,
          view: { ...relation, passageId: passage.id, documentId: passage.documentId },
        })),
      )
      .filter(({ view }) => keys.includes(view.subject.key) || keys.includes(view.object.key))
      .sort(
        (a, b) =>
          b.view.confidence - a.view.confidence ||
          compare(a.view.passageId, b.view.passageId) ||
          a.position - b.position,
      )
      .slice(0, limit)
      .map(({ view }) => view);
  }

  neighbours(key: string, limit: number): { readonly key: string; readonly passages: number }[] {
    const counts = new Map<string, number>();
    for (const list of this.mentions.values()) {
      if (!list.some((mention) => mention.key === key)) continue;
      for (const other of list) if (other.key !== key) counts.set(other.key, (counts.get(other.key) ?? 0) + 1);
    }
    return [...counts]
      .sort(([a, m], [b, n]) => n - m || compare(a, b))
      .slice(0, limit)
      .map(([other, passages]) => ({ key: other, passages }));
  }

  passagesMentioning(keys: readonly string[], limit: number): string[] {
    return [...this.mentions]
      .filter(([, list]) => keys.length > 0 && keys.every((key) => list.some((mention) => mention.key === key)))
      .map(([id]) => id)
      .sort(compare)
      .slice(0, limit);
  }

  private entity(key: string): EntityView {
    const surfaces = new Map<string, number>();
    const types = new Map<EntityType, number>();
    const passages = new Set<string>();
    let mentions = 0;
    for (const [passage, list] of this.mentions) {
      for (const mention of list.filter((one) => one.key === key)) {
        const weight = Math.max(1, mention.spans.length);
        surfaces.set(mention.surface, (surfaces.get(mention.surface) ?? 0) + weight);
        types.set(mention.type, (types.get(mention.type) ?? 0) + weight);
        passages.add(passage);
        mentions += weight;
      }
    }
    const names = [...surfaces].sort(([a, m], [b, n]) => n - m || compare(a, b)).map(([surface]) => surface);
    const type = ENTITY_TYPES.filter((one) => one !== 'other' && types.has(one)).sort(
      (a, b) => types.get(b)! - types.get(a)! || ENTITY_TYPES.indexOf(a) - ENTITY_TYPES.indexOf(b),
    )[0];
    const documents = [...this.documents.values()].filter(({ stored }) =>
      stored.passages.some(({ passage }) => passages.has(passage.id)),
    );
    return {
      key,
      name: names[0]!,
      type: type ?? 'other',
      surfaces: names,
      mentions,
      passages: passages.size,
      documents: documents.length,
    };
  }

  private drop(id: string): void {
    for (const { passage } of this.documents.get(id)?.stored.passages ?? []) this.mentions.delete(passage.id);
    this.documents.delete(id);
  }

  private changed(id: string): void {
    this.log.push({ generation: this.generation, id });
  }
}

function sortMentions(mentions: readonly Mention[]): Mention[] {
  return [...mentions].sort((a, b) => compare(a.key, b.key));
}
