import { parse, parseAllDocuments } from 'yaml';
import { readQuestion, UntraceableError } from '../../../lib/analysis/trace/question';
import type { TraceFacts } from '../../../lib/analysis/trace/subject';
import { type TraceReport, trace } from '../../../lib/analysis/trace/trace';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { app, policy, workload } from '../flows/documents';

const objectsOf = (yaml: string) =>
  parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);

function ask(objects: readonly KubernetesObject[], request: string, facts: TraceFacts = {}): TraceReport {
  return trace(objects, readQuestion(request.split(' ')), facts);
}

const outcomes = ({ steps }: TraceReport) => steps.map(({ key, outcome }) => `${key} ${outcome}`);

const [web, db] = [workload('web'), workload('db', { ports: [{ containerPort: 5432 }] })];

const closed = policy('db', {
  podSelector: app('db'),
  ingress: [{ from: [{ podSelector: app('admin') }], ports: [{ port: 5432 }] }],
});

const service = objectsOf(`
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
`);

describe('manifests of any origin', () => {
  test('are traced without a Service, by the port that the containers list', () => {
    expect(outcomes(ask([web, db], 'web db'))).toEqual([
      ...['egress-policy passes', 'ingress-policy passes', 'pods passes'],
    ]);
  });

  test('have no place in a file where the documents have none', () => {
    const report = ask([web, db, closed], 'web db');
    expect(report.steps.at(-1)?.places).toEqual([
      { file: null, line: null, object: 'NetworkPolicy shop/db', path: 'spec' },
    ]);
  });

  test('let a connection through with the rule that the trace prints', () => {
    const { outcome, steps } = ask([web, db, closed], 'web db');
    const rule = parse(/: (\{.*\})$/.exec(steps.at(-1)?.fix ?? '')?.[1] ?? '') as Json;
    const opened = policy('db', { podSelector: app('db'), ingress: [rule] });
    expect([outcome, ask([web, db, opened], 'web db').outcome]).toEqual(['stopped', 'arrives']);
  });

  test('let a connection to an external service through with the rule that the trace prints', () => {
    const facts: TraceFacts = { external: [{ name: 'mail', host: 'smtp.example.com', port: 587 }] };
    const own = (rules: readonly Json[]) =>
      policy('web', { podSelector: app('web'), egress: [dns, ...rules] });
    const { outcome, steps } = ask([web, own([])], 'web mail', facts);
    const rule = parse(/: (\{.*\})$/.exec(steps.at(-1)?.fix ?? '')?.[1] ?? '') as Json;
    expect([outcome, ask([web, own([rule])], 'web mail', facts).outcome]).toEqual(['stopped', 'arrives']);
  });

  test('stop a name that can not be resolved', () => {
    const own = policy('web', { podSelector: app('web'), egress: [{ ports: [{ port: 5432 }] }] });
    expect(outcomes(ask([web, db, ...service, own], 'web db'))).toEqual(['name-lookup stops']);
  });

  test('do not tell which pod has an address', () => {
    expect(outcomes(ask([web], 'web 10.42.1.7:80'))).toEqual(['destination unknown']);
    expect(outcomes(ask([web], 'web 10.43.0.10:53/udp'))).toEqual(['destination unknown']);
  });

  test('do not tell whether a policy for some addresses allows an external host', () => {
    const own = policy('web', {
      podSelector: app('web'),
      egress: [dns, { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }],
    });
    expect(outcomes(ask([web, own], 'web api.example.com:443'))).toEqual([
      ...['name-lookup passes', 'egress-policy unknown', 'destination passes'],
    ]);
    expect(ask([web, own], 'web 192.0.2.8:443').outcome).toBe('arrives');
  });

  test('isolate no pod of the host network', () => {
    const agent = workload('agent', { pod: { hostNetwork: true } });
    const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const { steps } = ask([agent, db, deny], 'agent db');
    expect(steps.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual([
      ...['egress-policy passes', 'ingress-policy stops'],
    ]);
  });

  test('do not describe an Ingress controller that is not Traefik', () => {
    const nginx = objectsOf(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: db, namespace: shop }
spec:
  ingressClassName: nginx
  rules: [{ host: db.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: db, port: { number: 5432 } } } }] } }]
`);
    expect(outcomes(ask([db, ...service, ...nginx], 'https://db.example.com/')).slice(3)).toEqual([
      ...['router unknown', 'service passes', 'endpoints passes', 'target-port passes'],
      ...['ingress-policy passes', 'pods passes'],
    ]);
    expect(outcomes(ask([db, closed, ...service, ...nginx], 'https://db.example.com/'))).toContain(
      'ingress-policy unknown',
    );
  });

  test('may lack a Service that another file has', () => {
    const ingress = objectsOf(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`);
    expect(outcomes(ask(ingress, 'https://shop.example.com/')).at(-1)).toBe('service unknown');
    expect(outcomes(ask([...ingress, ...service], 'https://shop.example.com/')).at(-1)).toBe('service stops');
  });

  test('have several workloads of one name in several namespaces', () => {
    const other = workload('db', { namespace: 'other' });
    expect(() => ask([web, other, workload('db', { namespace: 'third' })], 'web db:1')).toThrow(
      new UntraceableError(
        'db is ambiguous: Deployment other/db and Deployment third/db have this name. Add the namespace, as in other/db.',
      ),
    );
    expect(ask([web, other, workload('db', { namespace: 'third' })], 'web other/db:1').outcome).toBe(
      'arrives',
    );
    expect(ask([web, db, other], 'web db').outcome).toBe('arrives');
  });
});

const dns: Json = { ports: [{ port: 53, protocol: 'UDP' }] };
