/**
 * The page of a picture: pans, zooms, searches, shows what an edge rests on. Runs in the browser as one inline module,
 * so it imports nothing. Texts of documents are only ever set as text, never as markup.
 */
interface Quote {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
  readonly title: string;
  readonly uri: string;
  readonly page?: number;
  readonly start: number;
  readonly end: number;
  readonly statement?: string;
  readonly confidence?: number;
  readonly negated?: boolean;
  readonly hedged?: boolean;
}

interface NodeData {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly facts: readonly (readonly [string, string])[];
}

interface EdgeData {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly kind: string;
  readonly weight: number;
  readonly quotes: readonly Quote[];
}

interface Panzoom {
  zoom(scale: number, options?: object): void;
  pan(x: number, y: number, options?: object): void;
  zoomToPoint(scale: number, point: { readonly clientX: number; readonly clientY: number }, options?: object): void;
  zoomWithWheel(event: WheelEvent): void;
  getScale(): number;
  getPan(): { readonly x: number; readonly y: number };
}
declare const Panzoom: (element: Element, options: object) => Panzoom;

const byId = (id: string): HTMLElement => document.getElementById(id)!;
const data = JSON.parse(byId('data').textContent ?? '') as {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly NodeData[];
  readonly edges: readonly EdgeData[];
};
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
const stage = byId('stage');
const drawing = document.getElementById('drawing')!;
const panel = byId('panel');
const content = byId('panel-content');
const elements = new Map<string, Element>();
for (const element of drawing.querySelectorAll('[data-id]')) elements.set(element.getAttribute('data-id')!, element);

const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const panzoom = Panzoom(drawing, {
  canvas: true,
  minScale: 0.05,
  maxScale: 12,
  step: 0.3,
  animate: !still,
  cursor: 'grab',
});

function moveTo(x: number, y: number, scale: number): void {
  const { width, height } = stage.getBoundingClientRect();
  const free = panel.hidden || width < 700 ? width : width - panel.getBoundingClientRect().width;
  panzoom.zoom(scale, { animate: false });
  panzoom.pan(free / 2 / scale - x, height / 2 / scale - y, { animate: !still });
}

function fitAll(): void {
  const { width, height } = stage.getBoundingClientRect();
  const scale = Math.min(width / (data.width + 60), height / (data.height + 60), 1.6);
  moveTo(data.width / 2, data.height / 2, Math.max(scale, 0.05));
}

/** About the middle of what is seen. */
function zoomBy(factor: number): void {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const middle = { clientX: left + width / 2, clientY: top + height / 2 };
  panzoom.zoomToPoint(panzoom.getScale() * factor, middle, { animate: !still });
}

function element(tag: string, text = '', name = ''): HTMLElement {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  if (name !== '') made.className = name;
  return made;
}

function quoteBlock(quote: Quote): HTMLElement {
  const figure = element('figure');
  if (quote.statement !== undefined) {
    const doubts = [quote.negated ? 'denied' : '', quote.hedged ? 'supposed' : ''].filter((doubt) => doubt !== '');
    const sure = quote.confidence === undefined ? '' : `confidence ${quote.confidence.toFixed(2)}`;
    figure.append(element('p', quote.statement, 'statement'), element('p', [sure, ...doubts].join(', '), 'soft'));
  }
  const block = element('blockquote');
  let at = 0;
  for (const [start, end] of quote.marks) {
    block.append(quote.text.slice(at, start), element('mark', quote.text.slice(start, end)));
    at = end;
  }
  block.append(quote.text.slice(at));
  const page = quote.page === undefined ? '' : `, page ${quote.page}`;
  const caption = element('figcaption');
  caption.append(element('cite', quote.title), ` ${quote.uri}${page}, characters ${quote.start}–${quote.end}`);
  figure.append(block, caption);
  return figure;
}

function nameOf(id: string): string {
  return nodes.get(id)?.label ?? id;
}

function linkOf({ source, target, label, kind, weight }: EdgeData): string {
  if (kind === 'relation' || label !== '') return `${nameOf(source)} · ${label} · ${nameOf(target)}`;
  if (kind === 'part') return `${nameOf(source)} – ${nameOf(target)}`;
  return `${nameOf(source)} – ${nameOf(target)}, ${weight} shared ${weight === 1 ? 'passage' : 'passages'}`;
}

function tieButton(edge: EdgeData): HTMLElement {
  const item = element('li');
  const button = element('button', linkOf(edge));
  button.addEventListener('click', () => select(edge.id));
  item.append(button);
  return item;
}

function showNode(node: NodeData): void {
  const list = element('dl');
  for (const [name, text] of node.facts) list.append(element('dt', name), element('dd', text));
  const ties = element('ul', '', 'ties');
  ties.append(...data.edges.filter(({ source, target }) => source === node.id || target === node.id).map(tieButton));
  content.replaceChildren(
    element('h2', node.label),
    element('p', node.type, 'soft'),
    list,
    element('h3', 'Links'),
    ties,
  );
}

function showEdge(edge: EdgeData): void {
  const ends = element('ul', '', 'ties');
  for (const id of [edge.source, edge.target]) {
    const item = element('li');
    const button = element('button', nameOf(id));
    button.addEventListener('click', () => select(id));
    item.append(button);
    ends.append(item);
  }
  const quotes = edge.quotes.length > 0 ? edge.quotes.map(quoteBlock) : [element('p', 'Nothing to quote.', 'soft')];
  content.replaceChildren(element('h2', linkOf(edge)), ends, element('h3', 'Evidence'), ...quotes);
}

function select(id: string | undefined): void {
  for (const marked of drawing.querySelectorAll('.selected, .near')) marked.classList.remove('selected', 'near');
  const node = id === undefined ? undefined : nodes.get(id);
  const edge = id === undefined ? undefined : edges.get(id);
  drawing.classList.toggle('focused', node !== undefined || edge !== undefined);
  panel.hidden = node === undefined && edge === undefined;
  if (id === undefined || panel.hidden) return;
  elements.get(id)?.classList.add('selected');
  const near = edge !== undefined ? [edge] : data.edges.filter(({ source, target }) => source === id || target === id);
  for (const tie of near) for (const one of [tie.id, tie.source, tie.target]) elements.get(one)?.classList.add('near');
  elements.get(id)?.classList.add('near');
  if (node !== undefined) showNode(node);
  if (edge !== undefined) showEdge(edge);
  panel.scrollTop = 0;
}

/** What a click or key was meant for: the nearest element with an id. */
function idOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? (target.closest('[data-id]')?.getAttribute('data-id') ?? undefined) : undefined;
}

let pressed = { x: 0, y: 0 };
stage.addEventListener(
  'pointerdown',
  ({ clientX, clientY }) => {
    pressed = { x: clientX, y: clientY };
  },
  { capture: true },
);
stage.addEventListener('click', (event) => {
  // A drag ends in a click, too.
  if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 5) select(idOf(event.target));
});
stage.addEventListener('wheel', (event) => panzoom.zoomWithWheel(event), { passive: false });

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
};
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') select(undefined);
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
  const move = panel.contains(document.activeElement) ? undefined : MOVES[event.key];
  const { x, y } = panzoom.getPan();
  if (move !== undefined) panzoom.pan(x + move[0] / panzoom.getScale(), y + move[1] / panzoom.getScale());
  else if (event.key === '+' || event.key === '=') zoomBy(1.35);
  else if (event.key === '-') zoomBy(1 / 1.35);
  else if (event.key === '0') fitAll();
  else if (event.key === '/') byId('search').focus();
  else if ((event.key === 'Enter' || event.key === ' ') && stage.contains(document.activeElement)) {
    const id = idOf(document.activeElement);
    if (id === undefined) return;
    select(id);
  } else return;
  event.preventDefault();
});

function centre(id: string): void {
  const node = nodes.get(id);
  if (node !== undefined) moveTo(node.x, node.y, Math.max(panzoom.getScale(), 0.9));
}

const search = byId('search') as HTMLInputElement;
const found = byId('found');
let matches: readonly NodeData[] = [];
let next = 0;
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
search.addEventListener('input', () => {
  const wanted = folded(search.value.trim());
  matches = wanted === '' ? [] : data.nodes.filter(({ label }) => folded(label).includes(wanted));
  next = 0;
  found.textContent = wanted === '' ? '' : `${matches.length} found`;
  for (const [id, shape] of elements)
    shape.classList.toggle(
      'match',
      matches.some((node) => node.id === id),
    );
});
search.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || matches.length === 0) return;
  const { id } = matches[next++ % matches.length]!;
  select(id);
  centre(id);
});

for (const box of document.querySelectorAll<HTMLInputElement>('#legend input')) {
  box.addEventListener('change', () => {
    const hidden = new Set(
      [...document.querySelectorAll<HTMLInputElement>('#legend input')]
        .filter(({ checked }) => !checked)
        .map(({ value }) => value),
    );
    const gone = (id: string): boolean => hidden.has(nodes.get(id)?.type ?? '');
    for (const [id, shape] of elements) {
      const edge = edges.get(id);
      shape.classList.toggle('hidden', edge === undefined ? gone(id) : gone(edge.source) || gone(edge.target));
    }
  });
}
byId('zoom-in').addEventListener('click', () => zoomBy(1.35));
byId('zoom-out').addEventListener('click', () => zoomBy(1 / 1.35));
byId('fit').addEventListener('click', fitAll);
byId('close').addEventListener('click', () => select(undefined));
drawing.addEventListener('focusin', (event) => {
  const id = idOf(event.target);
  if (id !== undefined && (event.target as Element).matches(':focus-visible')) centre(id);
});
addEventListener('resize', fitAll);
// The library sets its own start in a task of its own; this one comes after it.
setTimeout(fitAll);
