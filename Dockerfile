# Built and run by docker-compose.yml; see docs/neo4j.md.
FROM node:22.21.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22.21.1-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE /build/NOTICE ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/assets assets
COPY --from=build /build/graph-schema/migrations graph-schema/migrations
COPY --from=build /build/queries/book queries/book
COPY --from=build /build/examples examples
COPY --from=build /build/docker/check-secrets.mjs docker/check-secrets.mjs
# The store's folder: with Neo4j as the store only derived files lie here.
RUN ln -s /app/dist/app/cli/main.js /usr/local/bin/hopwise && mkdir /data && chown node:node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["hopwise"]
CMD ["serve", "--host", "0.0.0.0"]
