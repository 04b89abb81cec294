/** The named arrays that an index consists of, in memory or read from a file when first asked for. */
export type SectionArray = Uint8Array | Int8Array | Uint16Array | Uint32Array | Float32Array;

/** Every section and the kind of its elements, in file order: those that questions read, then those that only updates read. */
export const SECTION_KINDS = {
  documentIdBytes: 'u8',
  documentIdOffsets: 'u32',
  passageIdBytes: 'u8',
  passageIdOffsets: 'u32',
  passageIdOrder: 'u32',
  documentOf: 'u32',
  passageStart: 'u32',
  enabled: 'u8',
  sentenceStart: 'u32',
  termBytes: 'u8',
  termOffsets: 'u32',
  postingStart: 'u32',
  postingPassages: 'u32',
  postingFrequency: 'u16',
  length: 'f32',
  sentenceTermStart: 'u32',
  sentenceTerms: 'u32',
  titleTermStart: 'u32',
  titleTerms: 'u32',
  entityBytes: 'u8',
  entityOffsets: 'u32',
  entityPassageStart: 'u32',
  entityPassages: 'u32',
  passageEntityStart: 'u32',
  passageEntities: 'u32',
  mentionStart: 'u32',
  mentionRows: 'u32',
  mentionEntities: 'u32',
  aliasBytes: 'u8',
  aliasOffsets: 'u32',
  aliasStart: 'u32',
  aliasDocuments: 'u32',
  aliasWeights: 'f32',
  linkStart: 'u32',
  linkRows: 'u32',
  linkDocuments: 'u32',
  linkWeights: 'f32',
  inLinkStart: 'u32',
  inLinkPassages: 'u32',
  inLinkRows: 'u32',
  inLinkWeights: 'f32',
  vectorScale: 'f32',
  vectorRows: 'i8',
  vectorMean: 'f32',
  vectorSigns: 'u8',
  aliasTypes: 'u8',
  wordBytes: 'u8',
  wordOffsets: 'u32',
  tokenStart: 'u32',
  tokenWords: 'u32',
  tokenShapes: 'u8',
  segmentStart: 'u32',
  segmentEnd: 'u32',
  segmentRow: 'u32',
  runStart: 'u32',
  runFrom: 'u32',
  runTo: 'u32',
  runType: 'u8',
  languageOf: 'u8',
  titleBytes: 'u8',
  titleOffsets: 'u32',
  contextBytes: 'u8',
  contextOffsets: 'u32',
  textBytes: 'u8',
  textOffsets: 'u32',
} as const;

const FIRST_FORWARD: SectionName = 'aliasTypes';

export type SectionName = keyof typeof SECTION_KINDS;
interface ArrayOfKind {
  u8: Uint8Array;
  i8: Int8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  f32: Float32Array;
}
export type SectionOf<N extends SectionName> = SectionArrays[N];

/** All sections of an index. */
export type SectionArrays = { readonly [N in SectionName]: ArrayOfKind[(typeof SECTION_KINDS)[N]] };

/** Sections that questions read; the others serve updates only. */
export const QUESTION_SECTIONS: readonly SectionName[] = (() => {
  const names = Object.keys(SECTION_KINDS) as SectionName[];
  return names.slice(0, names.indexOf(FIRST_FORWARD));
})();

/** Gives sections by name. */
export interface Sections {
  get<N extends SectionName>(name: N): SectionOf<N>;
}

/** Sections held in memory. */
export class MemorySections implements Sections {
  constructor(private readonly arrays: SectionArrays) {}

  get<N extends SectionName>(name: N): SectionOf<N> {
    return this.arrays[name];
  }
}
