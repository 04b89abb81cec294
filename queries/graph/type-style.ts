/**
 * One colour and one shape a type: colours of Okabe and Ito (2008), which colour-blind readers tell apart, and a shape
 * and a legend beside them for everybody else. Neo4j Browser's style sheet is made of the same table.
 */
import type { NodeType } from './picture-graph.js';

export type Shape = 'circle' | 'square' | 'diamond' | 'hexagon' | 'triangle' | 'pill' | 'page' | 'note';

export interface TypeStyle {
  readonly name: string;
  readonly fill: string;
  readonly shape: Shape;
}

export const TYPE_STYLES: Readonly<Record<NodeType, TypeStyle>> = Object.freeze({
  person: { name: 'person', fill: '#0072b2', shape: 'circle' },
  organisation: { name: 'organisation', fill: '#d55e00', shape: 'square' },
  place: { name: 'place', fill: '#009e73', shape: 'diamond' },
  work: { name: 'work', fill: '#cc79a7', shape: 'triangle' },
  event: { name: 'event', fill: '#e69f00', shape: 'hexagon' },
  date: { name: 'date', fill: '#56b4e9', shape: 'pill' },
  quantity: { name: 'quantity', fill: '#f0e442', shape: 'pill' },
  other: { name: 'other', fill: '#8b93a1', shape: 'circle' },
  question: { name: 'question', fill: '#1f2430', shape: 'circle' },
  document: { name: 'document', fill: '#3f4756', shape: 'page' },
  passage: { name: 'passage', fill: '#b9c0cc', shape: 'note' },
});
