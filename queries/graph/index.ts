/** Pictures of the graph: an entity's neighbourhood or an answer's path, laid out and drawn. */
export { answerGraph } from './answer-graph.js';
export { entityByKey, findEntity } from './find-entity.js';
export { neighbourhoodGraph } from './neighbourhood-graph.js';
export type { Picture } from './picture-graph.js';
export { type PageParts, renderHtml } from './render-html.js';
export { renderSvg } from './render-svg.js';
export { renderGexf, renderGraphml } from './render-xml.js';
export { TYPE_STYLES } from './type-style.js';
