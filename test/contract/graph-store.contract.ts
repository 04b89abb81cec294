/** What every adapter of GraphStore must do; an adapter's test calls this with a way to open blank stores. */

import { changesContract } from './changes.contract.js';
import { claimsContract } from './claims.contract.js';
import { documentsContract } from './documents.contract.js';
import { graphContract } from './graph.contract.js';
import { importFaultsContract } from './import-faults.contract.js';
import type { OpenStore } from './opened-store.js';
import { propertiesContract } from './properties.contract.js';
import { tenancyContract } from './tenancy.contract.js';
import { transferContract } from './transfer.contract.js';
import { writesContract } from './writes.contract.js';

export type { OpenedStore, OpenStore } from './opened-store.js';

export function graphStoreContract(name: string, open: OpenStore): void {
  describe(`GraphStore of ${name}`, () => {
    describe('collections and documents', () => documentsContract(open));
    describe('writes', () => writesContract(open));
    describe('changes and vectors', () => changesContract(open));
    describe('claims of sources', () => claimsContract(open));
    describe('graph', () => graphContract(open));
    describe('tenancy', () => tenancyContract(open));
    describe('export and import', () => transferContract(open));
    describe('refused imports', () => importFaultsContract(open));
    describe('against a model', () => propertiesContract(open));
  });
}
