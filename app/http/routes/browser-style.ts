import { Router } from 'express';
import { assetPath } from '../../../src/assets.js';

/**
 * `/browser/style.grass`: colours, sizes and captions of the graph for Neo4j Browser, which fetches it from its own
 * origin by `:style URL`; `/browser/queries.zip`: the query book, to be dropped onto Browser. Neither holds data, so
 * neither needs a key.
 */
export function browserStyleRoute(): Router {
  const router = Router();
  router.options('/browser/style.grass', (_request, response) => {
    // Browser sends headers of its own with some of its requests, so that the user agent asks first.
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers': '*',
    });
    response.sendStatus(204);
  });
  router.get('/browser/style.grass', (_request, response) => {
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Type': 'text/plain; charset=utf-8',
    });
    response.sendFile(assetPath('neo4j-browser.grass'));
  });
  router.get('/browser/queries.zip', (_request, response) => {
    response.sendFile(assetPath('neo4j-browser-queries.zip'));
  });
  return router;
}
