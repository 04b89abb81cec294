/** Outlines of the types' shapes about (0, 0), each inside a circle of about the radius given. */
import type { Shape } from './type-style.js';

function polygon(points: readonly (readonly [number, number])[], radius: number): string {
  return `M${points.map(([x, y]) => `${round(x * radius)} ${round(y * radius)}`).join('L')}z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function shapePath(shape: Shape, radius: number): string {
  const r = round(radius);
  switch (shape) {
    case 'circle':
      return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    case 'square': {
      const [side, corner] = [round(radius * 0.86), round(radius * 0.25)];
      const run = round(2 * (side - corner));
      return `M${-side} ${-side + corner}a${corner} ${corner} 0 0 1 ${corner} ${-corner}h${run}a${corner} ${corner} 0 0 1 ${corner} ${corner}v${run}a${corner} ${corner} 0 0 1 ${-corner} ${corner}h${-run}a${corner} ${corner} 0 0 1 ${-corner} ${-corner}z`;
    }
    case 'diamond':
      return polygon(
        [
          [0, -1],
          [1, 0],
          [0, 1],
          [-1, 0],
        ],
        radius,
      );
    case 'hexagon':
      return polygon(
        [
          [-0.5, -0.87],
          [0.5, -0.87],
          [1, 0],
          [0.5, 0.87],
          [-0.5, 0.87],
          [-1, 0],
        ],
        radius,
      );
    case 'triangle':
      return polygon(
        [
          [0, -1],
          [0.98, 0.75],
          [-0.98, 0.75],
        ],
        radius,
      );
    case 'pill': {
      const [half, end] = [round(radius * 0.45), round(radius * 0.62)];
      return `M${-half} ${-end}h${2 * half}a${end} ${end} 0 0 1 0 ${2 * end}h${-2 * half}a${end} ${end} 0 0 1 0 ${-2 * end}z`;
    }
    case 'page':
      return polygon(
        [
          [-0.72, -1],
          [0.3, -1],
          [0.72, -0.55],
          [0.72, 1],
          [-0.72, 1],
        ],
        radius,
      );
    case 'note':
      return polygon(
        [
          [-0.95, -0.7],
          [0.95, -0.7],
          [0.95, 0.7],
          [-0.95, 0.7],
        ],
        radius,
      );
  }
}
