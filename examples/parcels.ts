/** A parcel service: ten services in two namespaces, a queue in each, and a database outside of the cluster. */
import {
  External,
  ForeignPods,
  HostIngress,
  NetworkPolicies,
  PinnedRedis,
  PriorityClass,
  WebService,
  Worker,
} from '@honeydue/infrastructure/constructs';
import { App, Chart } from 'cdk8s';

// Yours: docker buildx imagetools inspect <image> --format '{{.Manifest.Digest}}'
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const resources = { cpu: { request: '50m', limit: '500m' }, memory: { request: '64Mi', limit: '256Mi' } };
const priorityClass = 'parcels-business';
const database = new External('postgres', 5432);
const nginx = { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/component': 'controller' } };

/** A namespace of the company: its services, its workers, its queue. */
class Department extends Chart {
  readonly queue: PinnedRedis;
  readonly ingress = new ForeignPods('ingress-nginx', nginx);
  private readonly workloads: (WebService | Worker)[] = [];

  constructor(
    app: App,
    private readonly department: string,
  ) {
    const labels = { 'app.kubernetes.io/part-of': department, 'app.kubernetes.io/managed-by': 'cdk8s' };
    super(app, department, { namespace: department, labels });
    this.queue = new PinnedRedis(this, 'queue', {
      image: `redis:7-alpine@${digest}`,
      user: 10_999,
      priorityClass,
      resources: { cpu: { request: '50m', limit: '200m' }, memory: { request: '256Mi', limit: '512Mi' } },
      maxmemory: '128mb',
      password: this.secret('QUEUE_PASSWORD'),
      nodeLabel: { [`parcels/${department}-queue`]: 'true' },
      storage: { claim: 'queue-data', size: '2Gi', class: 'local-path' },
    });
  }

  /** A service that answers HTTP on port 8080, and reads the database's password. */
  service(name: string): WebService {
    const service = new WebService(this, name, {
      ...this.pod(name),
      port: 8080,
      replicas: 2,
      minAvailable: 1,
      probes: { startup: { path: '/up', failureThreshold: 30 }, readiness: { path: '/up' }, liveness: {} },
    });
    return this.withDatabase(service);
  }

  /** A worker that takes jobs from the queue of the namespace. */
  worker(name: string): Worker {
    const worker = this.withDatabase(
      new Worker(this, name, { ...this.pod(name), replicas: 2, minAvailable: 1 }),
    );
    worker.connectTo(this.queue);
    return worker;
  }

  /** Lets a host of the company's zone reach a service. */
  publish(service: WebService, name: string): void {
    this.ingress.connectTo(service);
    new HostIngress(this, `${name}-route`, {
      name,
      hosts: [`${name}.example.com`],
      service: { name, port: service.port },
      tlsSecret: `${name}-tls`,
      ingressClass: 'nginx',
      annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
    });
  }

  /** Ends the namespace: what none of its workloads declared is denied. */
  close(...others: readonly ForeignPods[]): void {
    new NetworkPolicies(this, 'policies', { sources: [this.ingress, ...others, ...this.workloads] });
  }

  private pod(name: string) {
    return {
      image: `registry.example.com/${this.department}/${name}:v1@${digest}`,
      user: 10_001,
      priorityClass,
      resources,
      environment: {
        DATABASE_PASSWORD: this.secret('DATABASE_PASSWORD'),
        QUEUE_PASSWORD: this.secret('QUEUE_PASSWORD'),
      },
    };
  }

  private secret(key: string) {
    return { secret: { name: `${this.department}-secrets`, revision: 1 }, key };
  }

  private withDatabase<Workload extends WebService | Worker>(workload: Workload): Workload {
    workload.connectTo(database);
    this.workloads.push(workload);
    return workload;
  }
}

const app = new App();
new PriorityClass(
  new Chart(app, '0-priority', {
    labels: { 'app.kubernetes.io/part-of': 'parcels', 'app.kubernetes.io/managed-by': 'cdk8s' },
  }),
  'priority',
  {
    name: priorityClass,
    value: 1000,
    description: 'Customers wait for it.',
  },
);

const shipping = new Department(app, 'shipping');
const tracking = shipping.service('tracking');
const quotes = shipping.service('quotes');
const labels = shipping.service('labels');
const depots = shipping.service('depots');
shipping.worker('routing');
tracking.connectTo(depots);
quotes.connectTo(depots);
labels.connectTo(shipping.queue);
shipping.publish(tracking, 'tracking');
shipping.publish(labels, 'labels');

const billing = new Department(app, 'billing');
const invoices = billing.service('invoices');
const payments = billing.service('payments');
const ledger = billing.service('ledger');
billing.worker('reminders');
billing.worker('payouts');
invoices.connectTo(ledger);
invoices.connectTo(billing.queue);
payments.connectTo(ledger);
payments.connectTo(billing.queue);
billing.publish(payments, 'payments');

// A label is paid for before it is printed: a connection from one namespace into the other.
labels.connectTo(
  new ForeignPods('payments', { namespace: 'billing', labels: { 'app.kubernetes.io/name': 'payments' } }).at(
    8080,
  ),
);
const labelPods = new ForeignPods('labels', {
  namespace: 'shipping',
  labels: { 'app.kubernetes.io/name': 'labels' },
});
labelPods.connectTo(payments);

shipping.close();
billing.close(labelPods);
app.synth();
