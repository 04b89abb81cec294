/** What a picture shows, as a graphology graph: nodes with names and types, one edge a pair with what says so. */
import { MultiGraph } from 'graphology';
import type { EntityType } from '../../graph-schema/index.js';

/** What decides a node's colour and shape. */
export type NodeType = EntityType | 'question' | 'document' | 'passage';

export interface PictureNode {
  /** Name as shown; cut and wrapped only when drawn. */
  readonly label: string;
  readonly type: NodeType;
  /** `value`: an end of a relation that is no entity (date, quantity, common noun). */
  readonly kind: 'entity' | 'value' | 'question' | 'document' | 'passage';
  /** What the picture is about: the entity asked for, or a step of an answer's path. */
  readonly focus: boolean;
  /** Passages that mention it; decides the size. */
  readonly weight: number;
  /** What a reader may want to know of it, as name and text. */
  readonly facts: readonly (readonly [name: string, text: string])[];
}

/** A quotation: `text` is exactly characters `start` to `end` of its document. */
export interface Quote {
  readonly text: string;
  /** Characters of `text` to mark, in order and apart from each other. */
  readonly marks: readonly (readonly [start: number, end: number])[];
  readonly title: string;
  readonly uri: string;
  readonly page?: number;
  readonly start: number;
  readonly end: number;
  /** What the quotation says, for a relation: "Ines Marlowe · be born in · Tolland". */
  readonly statement?: string;
  readonly confidence?: number;
  readonly negated?: boolean;
  readonly hedged?: boolean;
}

export interface PictureEdge {
  readonly kind: 'relation' | 'mention' | 'part' | 'path';
  /** Predicate of the strongest statement, or empty. */
  readonly label: string;
  /** Passages or statements behind it, at least 1; decides the width. */
  readonly weight: number;
  /** Greatest confidence of its statements, 0..1; 1 where nothing is uncertain. */
  readonly confidence: number;
  /** All its statements deny, or all of them only suppose. */
  readonly negated: boolean;
  readonly hedged: boolean;
  readonly quotes: readonly Quote[];
}

/** Nodes are named `e:key`, `question`, or by the id of a document or passage. */
export type PictureGraph = MultiGraph<PictureNode, PictureEdge>;

export function pictureGraph(): PictureGraph {
  return new MultiGraph<PictureNode, PictureEdge>();
}

/** A graph with its heading, ready to be laid out and drawn. */
export interface Picture {
  readonly graph: PictureGraph;
  readonly title: string;
  /** What is shown and what was left out. */
  readonly subtitle: string;
}
