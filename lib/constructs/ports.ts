/** The port of Redis. Other workloads use other ports. */
export const redisPort = 6379;

/** The port on which a Redis exporter serves its metrics. */
export const redisExporterPort = 9121;

/** The ports that Traefik opens on every node: 443 and 9101 on all of its addresses, 8080 on 127.0.0.1. */
export const traefikPorts = { https: 443, metrics: 9101, health: 8080 } as const;
