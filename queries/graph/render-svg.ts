/** A laid-out graph as SVG: a picture of its own with heading and legend, or the drawing alone for a page around it. */
import { escapeXml } from './escape-xml.js';
import { LINE_HEIGHT, labelGap, layOut, type PlacedNode } from './lay-out.js';
import type { NodeType, Picture } from './picture-graph.js';
import { EDGE_FONT_SIZE, type PlacedEdge, routeEdges } from './route-edges.js';
import { shapePath } from './shapes.js';
import { cutText, FONT_FAMILY, textWidth } from './text-box.js';
import { TYPE_STYLES } from './type-style.js';

const PADDING = 24;
const HEADING = 64;
const LEGEND = 44;
const LEAST_WIDTH = 460;
const INK = { strong: '#1f2430', soft: '#5b6472', line: '#59616f', tie: '#c2c8d3', path: '#1f2430', paper: '#ffffff' };

export interface Drawing {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

export function drawingOf({ graph }: Picture): Drawing {
  const nodes = layOut(graph);
  const edges = routeEdges(graph, nodes);
  const width = Math.ceil(Math.max(0, ...nodes.map(({ box }) => box.right)));
  const height = Math.ceil(Math.max(0, ...nodes.map(({ box }) => box.bottom)));
  return { nodes, edges, width, height };
}

/** Types shown, in the order of the legend. */
export function typesShown({ nodes }: Drawing): NodeType[] {
  const shown = new Set(nodes.map(({ node }) => node.type));
  return (Object.keys(TYPE_STYLES) as NodeType[]).filter((type) => shown.has(type));
}

/** The static picture: one SVG file with title, description, heading and legend, without scripts. */
export function renderSvg(picture: Picture): string {
  const drawing = drawingOf(picture);
  const inner = Math.max(LEAST_WIDTH, drawing.width);
  const [width, height] = [inner + 2 * PADDING, drawing.height + HEADING + LEGEND + PADDING];
  const shift = PADDING + (inner - drawing.width) / 2;
  const title = escapeXml(picture.title);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${escapeXml(FONT_FAMILY)}" role="img" aria-labelledby="picture-title picture-description">
<title id="picture-title">${title}</title>
<desc id="picture-description">${escapeXml(describe(drawing))}</desc>
<rect width="100%" height="100%" fill="${INK.paper}"/>
<text x="${PADDING}" y="34" font-size="18" font-weight="600" fill="${INK.strong}">${escapeXml(cutText(picture.title, 18, inner))}</text>
<text x="${PADDING}" y="53" font-size="12" fill="${INK.soft}">${escapeXml(cutText(picture.subtitle, 12, inner))}</text>
<g transform="translate(${shift} ${HEADING})">
${renderDrawing(drawing)}
</g>
${legend(drawing, PADDING, height - LEGEND / 2)}
</svg>
`;
}

/** Every tie in words, for those who do not see the picture. */
function describe({ nodes, edges }: Drawing): string {
  const ties = edges.map(({ source, target, edge, directed }) => {
    if (edge.kind === 'mention') return `${source.node.label} and ${target.node.label} share ${edge.weight} passages`;
    const link = edge.label === '' ? 'belongs to' : edge.label;
    return `${source.node.label} ${directed ? link : `– ${link} –`} ${target.node.label}`;
  });
  return `${nodes.length} nodes. ${ties.join('; ')}.`;
}

/** The elements of edges and nodes, without a frame. */
export function renderDrawing({ nodes, edges }: Drawing): string {
  return [
    `<defs>${marker('arrow', INK.line)}${marker('arrow-path', INK.path)}</defs>`,
    '<g class="edges">',
    ...edges.map(renderEdge),
    '</g>',
    '<g class="nodes">',
    ...nodes.map(renderNode),
    '</g>',
  ].join('\n');
}

function marker(id: string, fill: string): string {
  return `<marker id="${id}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 1L9 5L0 9z" fill="${fill}"/></marker>`;
}

function renderEdge({ edge, id, source, target, directed, x1, y1, x2, y2, width, label }: PlacedEdge): string {
  const stroke = edge.kind === 'relation' ? INK.line : edge.kind === 'path' ? INK.path : INK.tie;
  const dash = edge.negated ? ' stroke-dasharray="2 3"' : edge.hedged ? ' stroke-dasharray="6 3"' : '';
  const arrow = directed ? ` marker-end="url(#${edge.kind === 'path' ? 'arrow-path' : 'arrow'})"` : '';
  const opacity = edge.kind === 'relation' ? ` opacity="${(0.45 + 0.55 * edge.confidence).toFixed(2)}"` : '';
  const ends = `${source.node.label} – ${target.node.label}`;
  const title = edge.label === '' ? ends : `${source.node.label} · ${edge.label} · ${target.node.label}`;
  const line = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`;
  const text =
    label === undefined
      ? ''
      : `<g transform="translate(${label.x} ${label.y}) rotate(${label.angle})">${backing(label.text, EDGE_FONT_SIZE, -EDGE_FONT_SIZE / 2)}<text dy=".32em" font-size="${EDGE_FONT_SIZE}" fill="${INK.soft}" text-anchor="middle">${escapeXml(label.text)}</text></g>`;
  return `<g class="edge ${edge.kind}" data-id="${escapeXml(id)}"><title>${escapeXml(title)}</title><line class="hit" ${line} stroke="transparent" stroke-width="12"/><line class="line" ${line} stroke="${stroke}" stroke-width="${width}"${dash}${opacity}${arrow}/>${text}</g>`;
}

function renderNode({ id, node, x, y, radius, fontSize, lines, box }: PlacedNode): string {
  const { fill, shape, name } = TYPE_STYLES[node.type];
  const ring = node.focus
    ? `<path class="ring" d="${shapePath(shape, radius + 4)}" fill="none" stroke="${fill}" stroke-width="1.5" opacity=".55"/>`
    : '';
  const weight = node.focus ? ' font-weight="600"' : '';
  const ink = node.kind === 'value' ? INK.soft : INK.strong;
  const first = box.top - y + 2 * radius + labelGap(node) + fontSize;
  const behind = lines.map((line, i) => backing(line, fontSize, first - fontSize + i * fontSize * LINE_HEIGHT));
  const text = lines.map(
    (line, i) => `<tspan x="0" y="${round(first + i * fontSize * LINE_HEIGHT)}">${escapeXml(line)}</tspan>`,
  );
  return `<g class="node ${node.type}${node.kind === 'value' ? ' value' : ''}" data-id="${escapeXml(id)}" transform="translate(${x} ${y})"><title>${escapeXml(`${node.label} (${name})`)}</title>${ring}<path class="shape" d="${shapePath(shape, radius)}" fill="${fill}" stroke="${INK.paper}" stroke-width="1.5"/>${mark(node.type, radius)}${behind.join('')}<text font-size="${fontSize}"${weight} fill="${ink}" text-anchor="middle">${text.join('')}</text></g>`;
}

/** Hides the lines behind a text: an outline of the letters alone would leave them between the words. */
function backing(text: string, fontSize: number, top: number): string {
  const width = 0.92 * textWidth(text, fontSize);
  return `<rect class="backing" x="${round(-width / 2)}" y="${round(top)}" width="${round(width)}" height="${round(fontSize * 1.15)}" rx="2" fill="${INK.paper}" opacity=".82"/>`;
}

function mark(type: NodeType, radius: number): string {
  if (type !== 'question') return '';
  return `<text class="mark" font-size="${radius * 1.3}" font-weight="700" fill="#ffffff" text-anchor="middle" dy=".36em">?</text>`;
}

function legend(drawing: Drawing, left: number, middle: number): string {
  let x = left;
  const entries = typesShown(drawing).map((type) => {
    const { name, fill, shape } = TYPE_STYLES[type];
    const entry = `<path transform="translate(${round(x + 7)} ${middle})" d="${shapePath(shape, 7)}" fill="${fill}"/><text x="${round(x + 19)}" y="${middle + 4}">${name}</text>`;
    x += 19 + textWidth(name, 12) + 16;
    return entry;
  });
  return `<g class="legend" font-size="12" fill="${INK.soft}">${entries.join('')}</g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
