# One image for the hub and both reference systems: they differ by the command that runs them (docker-compose.yml).
# The Node that npm start runs on; with @sha256:… behind it exactly that image.
ARG NODE_IMAGE=node:26.10.0-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /cinch
# What decides about the packages comes first, so that a change of code does not install them anew.
COPY package.json package-lock.json ./
COPY scripts ./scripts
COPY packages ./packages
COPY apps ./apps
COPY e2e/package.json ./e2e/package.json
COPY turbo.json tsconfig.base.json ./
RUN npm ci --no-audit --no-fund
ENV TURBO_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
RUN npm run build -- --output-logs=errors-only
# The embedded Postgres, the packaged Node and the tools stay behind: they are optional or for development.
RUN npm prune --omit=dev --omit=optional --no-audit --no-fund --ignore-scripts

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /cinch
COPY --from=build /cinch/package.json ./package.json
COPY --from=build /cinch/node_modules ./node_modules
COPY --from=build /cinch/packages ./packages
COPY --from=build /cinch/apps ./apps
COPY --from=build /cinch/scripts ./scripts
# The program's files belong to root: what runs as node cannot change them.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
CMD ["node", "apps/api/dist/main.js"]
