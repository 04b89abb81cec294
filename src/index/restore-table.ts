/** Brings the passages of an index back into a table, from its forward sections: copies of columns, no analysis. */
import { typeOfNumber } from '../graph/entity-types.js';
import { PassageTable, type SlotRecord, type TableAlias } from '../graph/passage-table.js';
import type { TableColumns } from '../graph/table-columns.js';
import { WordTable } from '../graph/word-table.js';
import type { QuantisedVectors } from '../ports/index.js';
import type { ArrayIndex } from './array-index.js';
import type { Sections } from './sections.js';
import { StringTable } from './string-table.js';

/** Texts and vectors of an index, read for the passages that need them. */
class Originals {
  private readonly titles: StringTable;
  private readonly contexts: StringTable;
  private readonly texts: StringTable;

  constructor(private readonly index: ArrayIndex) {
    const { sections } = index;
    this.titles = new StringTable({ bytes: sections.get('titleBytes'), offsets: sections.get('titleOffsets') });
    this.contexts = new StringTable({ bytes: sections.get('contextBytes'), offsets: sections.get('contextOffsets') });
    this.texts = new StringTable({ bytes: sections.get('textBytes'), offsets: sections.get('textOffsets') });
  }

  title(d: number): string {
    return this.titles.at(d);
  }

  context(p: number): string {
    return this.contexts.at(p);
  }

  text(p: number): string {
    return this.texts.at(p);
  }

  vectors(p: number): QuantisedVectors {
    const { sections, embedder, sentenceStart } = this.index;
    const [from, to] = [sentenceStart[p]!, sentenceStart[p + 1]!];
    return {
      dimensions: embedder.dimensions,
      scale: sections.get('vectorScale').subarray(from, to),
      rows: sections.get('vectorRows').subarray(from * embedder.dimensions, to * embedder.dimensions),
    };
  }
}

/** A slot whose strings are decoded only when asked for. */
class RestoredSlot implements SlotRecord {
  constructor(
    private readonly originals: Originals,
    private readonly passage: number,
    readonly passageId: string,
    readonly language: string,
    readonly title: string,
  ) {}

  get context(): string {
    return this.originals.context(this.passage);
  }

  get text(): string {
    return this.originals.text(this.passage);
  }

  get vectors(): QuantisedVectors {
    return this.originals.vectors(this.passage);
  }
}

/** Aliases of each document, by key. */
function aliasesOf(index: ArrayIndex): TableAlias[][] {
  const { sections, documentCount } = index;
  const keys = new StringTable({ bytes: sections.get('aliasBytes'), offsets: sections.get('aliasOffsets') }).all();
  const start = sections.get('aliasStart');
  const weights = sections.get('aliasWeights');
  const types = sections.get('aliasTypes');
  const documents: TableAlias[][] = Array.from({ length: documentCount }, () => []);
  const claims = sections.get('aliasDocuments');
  for (let a = 0; a < keys.length; a++) {
    for (let i = start[a]!; i < start[a + 1]!; i++) {
      documents[claims[i]!]!.push({ key: keys[a]!, weight: weights[i]!, type: typeOfNumber(types[i]!) });
    }
  }
  return documents;
}

/** A table with the documents of an index, to be changed and folded again. */
export function restoreTable(index: ArrayIndex): PassageTable {
  const { sections, passageStart } = index;
  const words = new StringTable({ bytes: sections.get('wordBytes'), offsets: sections.get('wordOffsets') });
  const originals = new Originals(index);
  const languageOf = sections.get('languageOf');
  const aliases = aliasesOf(index);
  const titles = aliases.map((_, d) => originals.title(d));
  const slots = Array.from(index.documentOf, (d, p) => {
    const language = index.languages[languageOf[p]!]!.code;
    return new RestoredSlot(originals, p, index.passageId(p), language, titles[d]!);
  });
  const table = new PassageTable(new WordTable(words.all()), restoredColumns(sections), slots);
  titles.forEach((title, d) => {
    const first = passageStart[d]!;
    const own = Array.from({ length: passageStart[d + 1]! - first }, (_, i) => first + i);
    table.adopt({ id: index.documentId(d), enabled: index.enabled[d] === 1, title, aliases: aliases[d]!, slots: own });
  });
  return table;
}

function restoredColumns(sections: Sections): TableColumns {
  return {
    tokenStart: sections.get('tokenStart'),
    segmentStart: sections.get('segmentStart'),
    runStart: sections.get('runStart'),
    tokenWords: sections.get('tokenWords'),
    tokenShapes: sections.get('tokenShapes'),
    segmentEnd: sections.get('segmentEnd'),
    segmentRow: sections.get('segmentRow'),
    runFrom: sections.get('runFrom'),
    runTo: sections.get('runTo'),
    runType: sections.get('runType'),
  };
}
