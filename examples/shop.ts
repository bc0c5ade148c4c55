import { HoneydueWebService } from '@honeydue/infrastructure';
import { App, Chart } from 'cdk8s';

const app = new App();
const labels = { 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'cdk8s' };
const chart = new Chart(app, 'shop', { namespace: 'shop', labels });
const config = { name: 'shop-config', data: { CURRENCY: 'EUR' } };

new HoneydueWebService(chart, 'cart', {
  image: 'registry.example.com/shop/cart:v2',
  resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '64Mi', limit: '128Mi' } },
  port: 8080,
  replicas: 3,
  minAvailable: 2,
  probes: { startup: { path: '/up', failureThreshold: 30 }, readiness: { path: '/ready' }, liveness: {} },
  envFrom: [config],
  environment: { DATABASE_PASSWORD: { secret: { name: 'shop-secrets', revision: 1 }, key: 'PASSWORD' } },
});

app.synth();
