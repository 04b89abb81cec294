/** Prometheus metrics: requests, durations, and what the store holds. */
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Hopwise } from '../hopwise.js';

export interface Metrics {
  readonly observe: RequestHandler;
  readonly serve: RequestHandler;
  /** A Cypher statement ended: `ok` or the code of its problem, and the rows it gave. */
  readonly cypher: (outcome: string, rows: number) => void;
}

export function createMetrics(hopwise: Hopwise): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'hopwise_http_requests_total',
    help: 'Requests answered.',
    labelNames,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'hopwise_http_request_seconds',
    help: 'Time from request to end of response.',
    labelNames,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const statements = new Counter({
    name: 'hopwise_cypher_statements_total',
    help: 'Cypher statements, by how they ended.',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  const cypherRows = new Counter({
    name: 'hopwise_cypher_rows_total',
    help: 'Rows of Cypher statements.',
    registers: [registry],
  });
  const held = new Gauge({
    name: 'hopwise_collection_items',
    help: 'What each collection holds.',
    labelNames: ['collection', 'kind'] as const,
    registers: [registry],
  });
  return {
    observe: (request, response, next) => {
      const started = performance.now();
      response.on('finish', () => {
        // The matched route, never the raw path: an id in a label would make a series per document.
        const route = request.route === undefined ? 'unmatched' : `${request.baseUrl}${String(request.route.path)}`;
        const labels = { method: request.method, route, status: String(response.statusCode) };
        requests.inc(labels);
        seconds.observe(labels, (performance.now() - started) / 1000);
      });
      next();
    },
    cypher: (outcome, rows) => {
      statements.inc({ outcome });
      cypherRows.inc(rows);
    },
    serve: async (_request, response) => {
      for (const { name, counts } of await hopwise.collections()) {
        for (const [kind, count] of Object.entries(counts)) held.set({ collection: name, kind }, count);
      }
      response.type(registry.contentType).send(await registry.metrics());
    },
  };
}
