/** Pictures of the graph: an entity's neighbourhood or an answer's path, laid out and drawn. */
export { type AnswerGraphOptions, answerGraph } from './answer-graph.js';
export { entityByKey, findEntity } from './find-entity.js';
export { type NeighbourhoodOptions, neighbourhoodGraph } from './neighbourhood-graph.js';
export type { NodeType, Picture, PictureEdge, PictureGraph, PictureNode, Quote } from './picture-graph.js';
export { type PageParts, renderHtml } from './render-html.js';
export { renderSvg } from './render-svg.js';
export { renderGexf, renderGraphml } from './render-xml.js';
export { type Shape, TYPE_STYLES, type TypeStyle } from './type-style.js';
