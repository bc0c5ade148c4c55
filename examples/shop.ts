import { NetworkPolicies, PriorityClass, WebService } from '@honeydue/infrastructure';
import { ApiObject, App, Chart } from 'cdk8s';

const app = new App();
const labels = { 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'cdk8s' };
const chart = new Chart(app, 'shop', { namespace: 'shop', labels });

const config = { name: 'shop-config', data: { CURRENCY: 'EUR' } };
const metadata = { name: config.name };
new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: config.data });

const priorityClass = 'shop-customers';
new PriorityClass(chart, 'priority', {
  name: priorityClass,
  value: 1000,
  description: 'Customers wait for it.',
});

// Yours: docker buildx imagetools inspect <image> --format '{{.Manifest.Digest}}'
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const service = {
  user: 10_001,
  priorityClass,
  resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '64Mi', limit: '128Mi' } },
  port: 8080,
  replicas: 3,
  minAvailable: 2,
  probes: { startup: { path: '/up', failureThreshold: 30 }, readiness: { path: '/ready' }, liveness: {} },
};
const cart = new WebService(chart, 'cart', {
  ...service,
  image: `registry.example.com/shop/cart:v2@${digest}`,
  envFrom: [config],
  environment: { DATABASE_PASSWORD: { secret: { name: 'shop-secrets', revision: 1 }, key: 'PASSWORD' } },
});
const web = new WebService(chart, 'web', {
  ...service,
  image: `registry.example.com/shop/web:v7@${digest}`,
});
web.connectTo(cart);
new NetworkPolicies(chart, 'network-policies', { sources: [web, cart] });

app.synth();
