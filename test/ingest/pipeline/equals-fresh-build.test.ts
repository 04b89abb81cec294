import { equalsFreshBuild } from './fresh-build-properties.js';
import { openWorkbench } from './workbench.js';

describe('a store after any sequence of ingests', () => {
  equalsFreshBuild(() => openWorkbench(), { ordered: 25, deleted: 10, interrupted: 10 });
});
