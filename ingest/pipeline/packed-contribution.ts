/** Contributions of very long documents, kept small until they are stored: a document is one transaction. */
import type { Alias, Contribution, Relation, Run } from '../../graph-schema/index.js';

/** A contribution whose relations are held as JSON, a fifth of their size as objects, and made anew whenever read. */
export class PackedContribution implements Contribution {
  readonly passageId: string;
  readonly extractor: string;
  readonly language: string;
  readonly sentences: readonly number[];
  readonly runs: readonly Run[];
  readonly aliases: readonly Alias[];
  readonly #relations: string;

  constructor(contribution: Contribution) {
    this.passageId = contribution.passageId;
    this.extractor = contribution.extractor;
    this.language = contribution.language;
    this.sentences = contribution.sentences;
    this.runs = contribution.runs;
    this.aliases = contribution.aliases;
    this.#relations = JSON.stringify(contribution.relations);
  }

  get relations(): readonly Relation[] {
    return JSON.parse(this.#relations) as Relation[];
  }
}
