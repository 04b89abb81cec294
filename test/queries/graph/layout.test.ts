import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeXml } from '../../../queries/graph/escape-xml.js';
import { layOut } from '../../../queries/graph/lay-out.js';
import { pictureGraph } from '../../../queries/graph/picture-graph.js';
import { routeEdges } from '../../../queries/graph/route-edges.js';
import { separateBoxes } from '../../../queries/graph/separate-boxes.js';
import { shapePath } from '../../../queries/graph/shapes.js';
import { cutText, labelLines, textWidth } from '../../../queries/graph/text-box.js';
import { TYPE_STYLES } from '../../../queries/graph/type-style.js';

const box = fc.record({
  x: fc.integer({ min: -50, max: 50 }),
  y: fc.integer({ min: -50, max: 50 }),
  width: fc.integer({ min: 1, max: 60 }),
  height: fc.integer({ min: 1, max: 30 }),
});

const graphs = fc
  .record({
    names: fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 25 }),
    edges: fc.array(fc.tuple(fc.nat(24), fc.nat(24), fc.integer({ min: 1, max: 50 })), { maxLength: 60 }),
  })
  .map(({ names, edges }) => {
    const graph = pictureGraph();
    names.forEach((label, i) => {
      graph.addNode(`e:${i}`, { label, type: 'person', kind: 'entity', focus: i === 0, weight: i, facts: [] });
    });
    for (const [a, b, weight] of edges) {
      const [from, to] = [a % names.length, b % names.length];
      if (from === to || graph.hasEdge(`${from}-${to}`)) continue;
      const attributes = { kind: 'relation', label: 'know of', weight, confidence: 0.5, negated: false, hedged: false };
      graph.addDirectedEdgeWithKey(`${from}-${to}`, `e:${from}`, `e:${to}`, {
        ...attributes,
        kind: 'relation',
        quotes: [],
      });
    }
    return graph;
  });

describe('layout of pictures', () => {
  it('leaves no two boxes on each other', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 30 }), (boxes) => {
        const centres = separateBoxes(boxes);
        for (let i = 0; i < boxes.length; i++) {
          for (let j = 0; j < i; j++) {
            const gapX = Math.abs(centres[i]!.x - centres[j]!.x) - (boxes[i]!.width + boxes[j]!.width) / 2;
            const gapY = Math.abs(centres[i]!.y - centres[j]!.y) - (boxes[i]!.height + boxes[j]!.height) / 2;
            assert.ok(gapX > -1e-6 || gapY > -1e-6);
          }
        }
      }),
    );
  });

  it('places any graph: finite, rounded, apart, the same again', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const nodes = layOut(graph);
        assert.equal(nodes.length, graph.order);
        for (const { x, y, box } of nodes) {
          assert.ok(Number.isInteger(x) && Number.isInteger(y));
          assert.ok(box.left >= -1 && box.top >= -1);
        }
        nodes.forEach((a, i) => {
          for (const b of nodes.slice(0, i))
            assert.ok(
              a.box.left >= b.box.right ||
                b.box.left >= a.box.right ||
                a.box.top >= b.box.bottom ||
                b.box.top >= a.box.bottom,
              `${a.id} on ${b.id}`,
            );
        });
        assert.deepEqual(layOut(graph), nodes);
        assert.deepEqual(routeEdges(graph, nodes), routeEdges(graph, nodes));
      }),
      { numRuns: 30 },
    );
  });

  it('cuts labels to their room at whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 20, max: 200 }), (text, width) => {
        assert.ok(textWidth(cutText(text, 12, width), 12) <= Math.max(width, textWidth('…', 12)));
        assert.doesNotMatch(cutText(text, 12, width), /[\ud800-\udbff](?![\udc00-\udfff])/);
        assert.ok(labelLines(text, 12, width).length <= 2);
      }),
    );
    assert.deepEqual(labelLines('National Register of Historic Places', 12, 128), [
      'National Register',
      'of Historic Places',
    ]);
    assert.deepEqual(labelLines('Tolland', 12, 128), ['Tolland']);
  });

  it('gives every type a colour of its own', () => {
    const fills = Object.values(TYPE_STYLES).map(({ fill }) => fill);
    assert.equal(new Set(fills).size, fills.length);
    for (const { shape } of Object.values(TYPE_STYLES)) assert.match(shapePath(shape, 10), /^M[-\d. ahvLz]+z$/);
  });

  it('escapes what XML gives a meaning or cannot hold', () => {
    assert.equal(
      escapeXml('<a href="x">\'&\u0000\ud800é</a>'),
      '&lt;a href=&quot;x&quot;&gt;&#39;&amp;\ufffd\ufffdé&lt;/a&gt;',
    );
    assert.equal(escapeXml('😀\n\t'), '😀\n\t');
  });
});
