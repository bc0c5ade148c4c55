/** Redis's port, and that of nothing else. */
export const redisPort = 6379;

/** Where a Redis exporter answers with its metrics. */
export const redisExporterPort = 9121;

/** The ports that Traefik opens on every node: 443 and 9101 on all of its addresses, 8080 on 127.0.0.1. */
export const traefikPorts = { https: 443, metrics: 9101, health: 8080 } as const;
