# One image for every service; SERVICE says which one a container is:
#   docker build -t new-retail . && docker run -e SERVICE=inventory -e DATABASE_URL=… -e HOST=0.0.0.0 -e AUTH_JWT_SECRET=… new-retail

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY apps apps
COPY libs libs
COPY tools tools
COPY test test
RUN npm run build
# What only tests need is not shipped.
RUN rm -rf dist/test dist/.tsbuildinfo && find dist -name '*spec.js*' -delete

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Optional is the embedded PostgreSQL, which `npm start` uses on a developer's machine.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:20-bookworm-slim
ARG SERVICE=all-in-one
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps SERVICE=$SERVICE PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY apps/wall/public apps/wall/public
COPY libs/contracts/events.json libs/contracts/events.json
USER node
EXPOSE 3000
# Whether the process lives: who restarts it must not do so because a database is away.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The shell gives way to node, which hears SIGTERM and stops in good order.
CMD ["sh", "-c", "exec node --max-semi-space-size=64 --v8-pool-size=1 dist/apps/$SERVICE/src/main.js"]
