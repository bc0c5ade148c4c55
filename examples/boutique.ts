/**
 * The services of Google's microservice demo "Online Boutique", by its public description: their names, their ports and
 * which of them calls which. https://github.com/GoogleCloudPlatform/microservices-demo
 */
import {
  HostIngress,
  HostNetworkIngress,
  NetworkPolicies,
  PinnedRedis,
  PriorityClass,
  SingletonWorker,
  WebService,
} from '@honeydue/infrastructure/constructs';
import { App, Chart } from 'cdk8s';

/** Each service with its port and what it calls. */
const services = {
  ad: { port: 9555, calls: [] },
  cart: { port: 7070, calls: ['redis-cart'] },
  checkout: { port: 5050, calls: ['cart', 'currency', 'email', 'payment', 'product-catalog', 'shipping'] },
  currency: { port: 7000, calls: [] },
  email: { port: 8080, calls: [] },
  frontend: {
    port: 8080,
    calls: ['ad', 'cart', 'checkout', 'currency', 'product-catalog', 'recommendation', 'shipping'],
  },
  payment: { port: 50_051, calls: [] },
  'product-catalog': { port: 3550, calls: [] },
  recommendation: { port: 8080, calls: ['product-catalog'] },
  shipping: { port: 50_051, calls: [] },
} as const;

const app = new App();
const labels = { 'app.kubernetes.io/part-of': 'boutique', 'app.kubernetes.io/managed-by': 'cdk8s' };
const chart = new Chart(app, 'boutique', { namespace: 'boutique', labels });

const priorityClass = 'boutique-shop';
new PriorityClass(chart, 'priority', {
  name: priorityClass,
  value: 1000,
  description: 'Customers wait for it.',
});

// Yours: docker buildx imagetools inspect <image> --format '{{.Manifest.Digest}}'
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const image = (name: string) => `registry.example.com/boutique/${name}:v1@${digest}`;
const resources = { cpu: { request: '50m', limit: '200m' }, memory: { request: '64Mi', limit: '128Mi' } };

const redis = new PinnedRedis(chart, 'redis-cart', {
  image: `redis:7-alpine@${digest}`,
  user: 10_999,
  priorityClass,
  resources: { cpu: { request: '50m', limit: '200m' }, memory: { request: '128Mi', limit: '256Mi' } },
  maxmemory: '64mb',
  password: { secret: { name: 'redis-cart', revision: 1 }, key: 'PASSWORD' },
  nodeLabel: { 'boutique/redis': 'true' },
  storage: { claim: 'redis-cart-data', size: '1Gi', class: 'local-path' },
});

/** The page that a browser opens answers over HTTP; gRPC services are asked whether their port is open. */
const workloads = new Map(
  Object.entries(services).map(([name, { port }]) => {
    const path = name === 'frontend' ? { path: '/_healthz' } : {};
    // Liveness waits longer than readiness: an overloaded pod needs less traffic, and no restart.
    const liveness = { periodSeconds: 30, timeoutSeconds: 10 };
    const service = new WebService(chart, name, {
      image: image(name),
      user: 10_001,
      priorityClass,
      resources,
      port,
      replicas: 2,
      minAvailable: 1,
      probes: { startup: { ...path, failureThreshold: 30 }, readiness: path, liveness },
      ...(name === 'cart' && {
        environment: { REDIS_PASSWORD: { secret: { name: 'redis-cart', revision: 1 }, key: 'PASSWORD' } },
      }),
    });
    return [name, service] as const;
  }),
);
const serviceOf = (name: string): WebService => {
  const service = workloads.get(name);
  if (service === undefined) throw new Error(`no service is called ${name}`);
  return service;
};

for (const [name, { calls }] of Object.entries(services)) {
  for (const called of calls) serviceOf(name).connectTo(called === 'redis-cart' ? redis : serviceOf(called));
}

const load = new SingletonWorker(chart, 'load-generator', {
  image: image('load-generator'),
  user: 10_001,
  priorityClass,
  resources,
});
load.connectTo(serviceOf('frontend'));

const traefik = new HostNetworkIngress('traefik', ['10.42.0.0', '10.42.1.0', '10.42.2.0']);
traefik.connectTo(serviceOf('frontend'));
new HostIngress(chart, 'shop', {
  hosts: ['boutique.example.com'],
  service: { name: 'frontend', port: services.frontend.port },
  tlsSecret: 'boutique-tls',
});
new NetworkPolicies(chart, 'policies', { sources: [traefik, load, ...workloads.values()] });

app.synth();
