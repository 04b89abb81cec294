/** Pushes boxes apart until none overlap: each pair along the way that needs the least movement, from left to right. */
export interface Box {
  /** Centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const ROUNDS = 400;

/** Centres in the order of the boxes. Boxes that touch do not overlap. */
export function separateBoxes(boxes: readonly Box[]): readonly { readonly x: number; readonly y: number }[] {
  const at = boxes.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < ROUNDS; round++) {
    if (!pushOnce(boxes, at)) return at;
  }
  return stacked(boxes, at);
}

function pushOnce(boxes: readonly Box[], at: { x: number; y: number }[]): boolean {
  let moved = false;
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      const [a, b] = [at[i]!, at[j]!];
      const overX = (boxes[i]!.width + boxes[j]!.width) / 2 - Math.abs(a.x - b.x);
      const overY = (boxes[i]!.height + boxes[j]!.height) / 2 - Math.abs(a.y - b.y);
      if (overX <= 0 || overY <= 0) continue;
      moved = true;
      // A little more than needed: halves of ever smaller rests would go on for ever.
      if (overX < overY) {
        const push = (overX / 2 + 0.05) * (a.x < b.x || (a.x === b.x && i < j) ? 1 : -1);
        a.x -= push;
        b.x += push;
      } else {
        const push = (overY / 2 + 0.05) * (a.y < b.y || (a.y === b.y && i < j) ? 1 : -1);
        a.y -= push;
        b.y += push;
      }
    }
  }
  return moved;
}

/** What still overlaps after all rounds is moved down to the next free place, from the top on. */
function stacked(boxes: readonly Box[], at: readonly { x: number; y: number }[]): readonly { x: number; y: number }[] {
  const order = at.map((_, i) => i).sort((i, j) => at[i]!.y - at[j]!.y || i - j);
  const placed: number[] = [];
  const free = at.map(({ x, y }) => ({ x, y }));
  for (const i of order) {
    for (let again = true; again; ) {
      again = false;
      for (const j of placed) {
        const gapX = Math.abs(free[i]!.x - free[j]!.x) - (boxes[i]!.width + boxes[j]!.width) / 2;
        const gapY = Math.abs(free[i]!.y - free[j]!.y) - (boxes[i]!.height + boxes[j]!.height) / 2;
        if (gapX >= 0 || gapY >= -1e-9) continue;
        free[i]!.y = free[j]!.y + (boxes[i]!.height + boxes[j]!.height) / 2;
        again = true;
      }
    }
    placed.push(i);
  }
  return free;
}
