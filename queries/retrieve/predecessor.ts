/** How a passage is best reached from one that is likelier, for the path that an answer shows. */
import { BRIDGE_WIDTH, type Neighbourhood, PLAIN } from './neighbourhood.js';
import type { QuestionView } from './question-view.js';
import { RESIDUAL_STARTS, type Start } from './starts.js';

export interface Predecessor {
  readonly passage: number;
  readonly kind: 'link' | 'entity' | 'residual';
  readonly entity?: number;
  readonly row?: number;
}

/** How connections of unlike kinds compare. */
const LINK_FLOOR = 0.2;
const BRIDGE_SHARE = 0.5;
const RESIDUAL_SHARE = 0.1;
/** What a connection from another passage of a start's document counts. */
const SIBLING_SHARE = 0.5;

/** The strongest connection from the starts of a round to passage `p`, which is `own` likely; none when nothing connects. */
export function predecessorOf(
  view: QuestionView,
  starts: readonly Start[],
  p: number,
  own: number,
): Predecessor | undefined {
  const slot = view.slotOf(p);
  const document = view.index.documentOf[p]!;
  let strongest = 0;
  let predecessor: Predecessor | undefined;
  const consider = (from: Neighbourhood, weight: number, residual: number): void => {
    const passage = view.slots.passage[from.slot]!;
    if (passage === p) return;
    const link = view.index.documentOf[passage] === document ? undefined : from.links.get(document);
    const bridge = from.bridges.slots.indexOf(slot);
    const byLink = link === undefined ? 0 : weight * link.weight * (LINK_FLOOR + residual);
    const byBridge = bridge < 0 ? 0 : weight * from.bridges.strengths[bridge * BRIDGE_WIDTH + PLAIN]! * BRIDGE_SHARE;
    if (link !== undefined && byLink > strongest && byLink >= byBridge) {
      strongest = byLink;
      predecessor = { passage, kind: 'link', row: link.row };
    } else if (bridge >= 0 && byBridge > strongest) {
      strongest = byBridge;
      predecessor = { passage, kind: 'entity', entity: from.bridges.entities[bridge]! };
    } else if (residual * RESIDUAL_SHARE > strongest) {
      strongest = residual * RESIDUAL_SHARE;
      predecessor = { passage, kind: 'residual' };
    }
  };
  starts.forEach(({ pi, from, siblings }, k) => {
    if (pi <= own) return;
    consider(from, pi, k < RESIDUAL_STARTS ? pi * view.residual(slot, from.slot) : 0);
    for (const sibling of siblings) consider(sibling, pi * SIBLING_SHARE, 0);
  });
  return predecessor;
}
