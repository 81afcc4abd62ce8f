# Three stages: what builds, what runs needs from the registry, what runs. The database driver is compiled
# in the first two, so only they need a compiler; the last has neither it nor any development package.
FROM node:24-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY app ./app
COPY db ./db
COPY tsconfig.json vite.config.ts remix.config.js ./
RUN npm run build

FROM node:24-bookworm AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=3000
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY app ./app
COPY db ./db
COPY scripts ./scripts
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/build ./build
# SQLite's file, if it is one, and what keeps where the audit log ended.
RUN mkdir data && chown node:node data
VOLUME /app/data
EXPOSE 3000
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "scripts/health-check.mjs"]
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=8", "scripts/start-production.mjs"]
