/** `/openapi.json`, and `/docs`: Swagger UI from the package, without any outside request. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { Router } from 'express';

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>hopwise API</title><link rel="stylesheet" href="swagger-ui.css"><link rel="icon" href="favicon-32x32.png"></head>
<body><div id="ui"></div><script src="swagger-ui-bundle.js"></script><script src="start.js"></script></body>
</html>`;
const START = "SwaggerUIBundle({ url: '../openapi.json', dom_id: '#ui', validatorUrl: null });";

/** @param document the OpenAPI document, made on first use */
export function documentation(document: () => object): Router {
  const router = Router();
  router.get('/openapi.json', (_request, response) => void response.json(document()));
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  router.get('/docs', (request, response, next) => {
    if (request.originalUrl.startsWith('/docs/')) next();
    else response.redirect(308, '/docs/');
  });
  router.get('/docs/', (_request, response) => void response.type('html').send(PAGE));
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(START));
  for (const file of FILES) router.use(`/docs/${file}`, express.static(join(folder, file), { index: false }));
  return router;
}
