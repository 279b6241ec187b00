# `build` bundles the server with the packages it uses; `runtime` collects what Node itself needs. The last stage holds only
# their results: no compiler, tests, sources, packages, shell or npm.

# For the SBOM: the packages are inside the bundle, so only the lockfile lists them.
ARG BUILDKIT_SBOM_SCAN_CONTEXT=true

FROM node:26-bookworm-slim AS build
WORKDIR /app
# Before the sources, so that only a changed lockfile repeats the installation.
COPY package.json package-lock.json .npmrc ./
# No install scripts: the only allowed one fetches Node, and this image has it.
RUN npm ci --ignore-scripts
COPY scripts/build.ts scripts/build-browser.ts ./scripts/
COPY src ./src
RUN npm run build
# `docker run … partoo-mcp doctor`: the image has no shell, so the command is a script for Node.
RUN printf '#!/usr/local/bin/node\nimport("/app/dist/doctor.js");\n' > /doctor && chmod 755 /doctor

FROM node:26-bookworm-slim AS runtime
# Node, its libraries, and name resolution. Node has certificates and time zones built in.
RUN mkdir -p /runtime/etc && install --directory --mode=1777 /runtime/tmp \
 && ldd /usr/local/bin/node | grep --only-matching '/[^ ]*' | xargs cp --parents --dereference --target-directory=/runtime \
 && cp --parents /usr/local/bin/node /etc/nsswitch.conf /runtime \
 && grep '^node:' /etc/passwd > /runtime/etc/passwd && grep '^node:' /etc/group > /runtime/etc/group

FROM scratch
LABEL org.opencontainers.image.title="partoo-mcp" \
      org.opencontainers.image.description="Hosted MCP server for Partoo: business listings, reviews, messages, posts and Google profile analytics" \
      org.opencontainers.image.licenses="MIT"
# The server's default host is loopback, which nobody outside the container could reach. The names are for a port that is
# published on loopback; a deployment that others call sets its own.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    ALLOWED_HOSTS=localhost,127.0.0.1,[::1] \
    PATH=/usr/local/bin
COPY --from=runtime /runtime /
WORKDIR /app
# Owned by root, run as `node`: the server cannot change its own code.
COPY package.json ./
COPY --from=build /app/dist ./dist
COPY --from=build /doctor /usr/local/bin/doctor
USER node
EXPOSE 3000
# Node's fetch, since the image has no curl. Not /readyz: the server goes on without Redis.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(response => process.exit(response.ok ? 0 : 1), () => process.exit(1))"]
# Calls in flight finish first: allow DRAIN_GRACE_MS, TOOL_DEADLINE_MS and 10 s more (`docker stop -t 65`).
STOPSIGNAL SIGTERM
# Without shell or npm in between, node is process 1 and gets the signal itself. By default V8 takes 256 MB for its heap in a
# container of 256 MB, and the kernel would kill it before V8 collects garbage.
CMD ["node", "--max-old-space-size-percentage=60", "dist/main.js"]
