export { GrafeoLens, type GrafeoLensOptions } from './grafeo-lens.js';
