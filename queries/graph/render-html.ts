/**
 * A picture as one page that opens offline. A content security policy lets nothing but the page's own two scripts and one
 * style run or load, each by its hash, so that no text of a document can do anything but be read.
 */
import { hash } from 'node:crypto';
import { escapeXml } from './escape-xml.js';
import type { PlacedNode } from './lay-out.js';
import type { Picture } from './picture-graph.js';
import { type Drawing, drawingOf, renderDrawing, typesShown } from './render-svg.js';
import type { PlacedEdge } from './route-edges.js';
import { shapePath } from './shapes.js';
import { TYPE_STYLES } from './type-style.js';

/** What the page is made of, read by whoever knows where it lies. */
export interface PageParts {
  /** Script that defines `Panzoom`. */
  readonly panzoom: string;
  /** Module that brings the page to life. */
  readonly view: string;
  readonly style: string;
}

export function renderHtml(picture: Picture, parts: PageParts): string {
  const drawing = drawingOf(picture);
  const policy = [
    "default-src 'none'",
    `script-src ${source(parts.panzoom)} ${source(parts.view)}`,
    `style-src ${source(parts.style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = escapeXml(picture.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${parts.style}</style>
</head>
<body>
<header>
<div><h1>${title}</h1><p class="soft">${escapeXml(picture.subtitle)}</p></div>
<label>Find <input type="search" id="search" autocomplete="off" aria-describedby="found"></label><span id="found" role="status"></span>
<div><button id="zoom-out" aria-label="Zoom out">−</button> <button id="zoom-in" aria-label="Zoom in">+</button> <button id="fit">Fit</button></div>
</header>
<main>
<div id="stage" role="group" aria-label="Graph; Tab goes from node to node, Enter shows what is known of it">
<svg xmlns="http://www.w3.org/2000/svg"><g id="drawing">
${reachable(renderDrawing(drawing))}
</g></svg>
</div>
<aside id="panel" aria-label="Selection" hidden><button id="close" aria-label="Close">×</button><div id="panel-content" aria-live="polite"></div></aside>
</main>
<footer><fieldset id="legend"><legend>Types shown</legend>${legend(drawing)}</fieldset>
<p class="soft">Click a line for its evidence. Keys: arrows move, + − zoom, 0 fits, / finds, Esc closes.</p></footer>
<script type="application/json" id="data">${json(pageData(drawing))}</script>
<script>${parts.panzoom}</script>
<script type="module">${parts.view}</script>
</body>
</html>
`;
}

function source(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

/** Nodes can be reached by keyboard; lines are reached from them. */
function reachable(drawing: string): string {
  return drawing.replaceAll('<g class="node ', '<g tabindex="0" role="button" class="node ');
}

function legend(drawing: Drawing): string {
  return typesShown(drawing)
    .map((type) => {
      const { name, fill, shape } = TYPE_STYLES[type];
      const icon = `<svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="${shapePath(shape, 7)}" fill="${fill}"/></svg>`;
      return `<label><input type="checkbox" checked value="${type}">${icon}${name}</label>`;
    })
    .join('');
}

function pageData({ nodes, edges, width, height }: Drawing): object {
  const node = ({ id, node: { label, type, facts }, x, y }: PlacedNode): object => ({ id, label, type, facts, x, y });
  const edge = ({ id, edge: { label, kind, weight, quotes }, source: from, target: to }: PlacedEdge): object => ({
    id,
    source: from.id,
    target: to.id,
    label,
    kind,
    weight,
    quotes,
  });
  return { width, height, nodes: nodes.map(node), edges: edges.map(edge) };
}

/** JSON inside a script element: nothing in it can end the element or open a comment. */
function json(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
