import type { PodProps } from '../../lib/constructs/parts/pod';
import type { PinnedRedisProps } from '../../lib/constructs/redis/pinned-redis';
import type { WebServiceProps } from '../../lib/constructs/web-service';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

export const podProps: PodProps = {
  image: `registry.example.com/shop/cart:v2@${digest}`,
  resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '64Mi', limit: '128Mi' } },
};

export const webServiceProps: WebServiceProps = {
  ...podProps,
  port: 8080,
  replicas: 3,
  minAvailable: 2,
  probes: { startup: { path: '/up' }, readiness: { path: '/ready' } },
};

export const redisProps: PinnedRedisProps = {
  image: `redis:7-alpine@${digest}`,
  resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '128Mi', limit: '512Mi' } },
  password: { secret: { name: 'shop-secrets', revision: 3 }, key: 'REDIS_PASSWORD' },
  nodeLabel: { 'shop/redis': 'here' },
  storage: { claim: 'shop-redis', size: '1Gi', class: 'local-path' },
};
