import type { Chart } from 'cdk8s';
import { HostIngress } from '../../constructs/traefik/host-ingress';
import type { WebServiceConfig } from '../config/schema/applications';
import { fromWorkload } from './origin';

/** The annotation that tells cert-manager which issuer signs the certificate. */
const issuerAnnotation = 'cert-manager.io/cluster-issuer';

/**
 * Adds the Ingress of a workload that uses another Ingress controller than the Traefik of `edge`. Does
 * nothing for other workloads.
 */
export function addOtherIngress(chart: Chart, name: string, workload: WebServiceConfig): void {
  const { ingress, hosts = [], port, servicePort } = workload;
  if (ingress === undefined) return;
  const { clusterIssuer, secret } = ingress.tls;
  const props = {
    name,
    hosts,
    service: { name, port: servicePort ?? port },
    tlsSecret: secret ?? issuedSecret(name),
    ingressClass: ingress.class,
    annotations: {
      ...ingress.annotations,
      ...(clusterIssuer !== undefined && { [issuerAnnotation]: clusterIssuer }),
    },
  };
  const renamed = { service: ['port'], tlsSecret: ['ingress', 'tls'], ingressClass: ['ingress', 'class'] };
  new HostIngress(
    chart,
    'ingress',
    fromWorkload(workload, props, { ...renamed, annotations: ['ingress', 'annotations'] }),
  );
}

/** The name of the Secret that cert-manager creates for the certificate of a workload. */
export function issuedSecret(name: string): string {
  return `${name}-tls`;
}
