# Two stages that share a base: `build` bundles the server with what it uses of its packages, `runtime` picks what Node
# itself needs. The last one holds only their results: no compiler, no test, no TypeScript source, no package that is not
# used, no shell, no npm.

# For the list of what is in the image: its packages are in the bundle, so that only the lockfile tells them.
ARG BUILDKIT_SBOM_SCAN_CONTEXT=true

FROM node:26-bookworm-slim AS build
WORKDIR /app
# Before the sources, so that only a changed lockfile installs again.
COPY package.json package-lock.json .npmrc ./
# No install scripts: the only one needed elsewhere fetches Node, and this image is that Node.
RUN npm ci --ignore-scripts
COPY scripts/build.ts ./scripts/
COPY src ./src
RUN npm run build

FROM node:26-bookworm-slim AS runtime
# Node, the libraries it is linked with, and how names are resolved. Its certificates and time zones are built in.
RUN mkdir -p /runtime/etc && install --directory --mode=1777 /runtime/tmp \
 && ldd /usr/local/bin/node | grep --only-matching '/[^ ]*' | xargs cp --parents --dereference --target-directory=/runtime \
 && cp --parents /usr/local/bin/node /etc/nsswitch.conf /runtime \
 && grep '^node:' /etc/passwd > /runtime/etc/passwd && grep '^node:' /etc/group > /runtime/etc/group

FROM scratch
LABEL org.opencontainers.image.title="partoo-mcp" \
      org.opencontainers.image.description="Hosted MCP server for Partoo: business listings, reviews, messages, posts and Google profile analytics" \
      org.opencontainers.image.licenses="MIT"
# The server's own default host is loopback, which no one outside the container would reach.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    PATH=/usr/local/bin
COPY --from=runtime /runtime /
WORKDIR /app
# Owned by root and run as `node`: the server cannot change its own code.
COPY package.json ./
COPY --from=build /app/dist ./dist
USER node
EXPOSE 3000
# With Node's own fetch, since the image has no curl. /healthz and not /readyz: the server goes on without Redis.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# It finishes the calls in flight first: give it DRAIN_GRACE_MS, TOOL_DEADLINE_MS and 10 s more (`docker stop -t 65`).
STOPSIGNAL SIGTERM
# No shell and no npm in between: node is process 1 and gets the signal itself. By itself V8 takes 256 MB for its heap in
# a container of 256 MB, and the kernel would end it before V8 collects garbage.
CMD ["node", "--max-old-space-size-percentage=60", "dist/main.js"]
