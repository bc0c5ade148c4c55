import type { Watched } from '../../../lib/deployment/alerts/alert-rules';

/** A deployment in which everything is known. */
export const watched: Watched = {
  cluster: 'shop',
  namespace: 'shop',
  agent: 'vmagent',
  scraped: [
    { job: 'api', pods: 3 },
    { job: 'node', pods: 0, on: 'nodes' },
    { job: 'redis', pods: 1 },
    { job: 'traefik', pods: 3 },
    { job: 'worker', pods: 1 },
  ],
  services: [{ job: 'api', latencyHistogram: 'http_request_duration_seconds', requestedCores: 0.1 }],
  redis: ['redis'],
  certificates: { job: 'traefik', secret: 'origin-cert' },
  backups: ['postgres-backup'],
  nodes: 'node',
  workers: [{ job: 'worker', counter: 'tasks_processed_total', quietFor: '2h' }],
};
