import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

const notAfter: Series = {
  name: 'traefik_tls_certs_not_after',
  standing: 'documented',
  source:
    'https://doc.traefik.io/traefik/observability/metrics/overview/ (cn, sans and serial are its labels)',
};

/** The program that reports when the certificates expire. */
export interface Certificates {
  readonly job: string;
  /** The Secret with the certificate, in the namespace of the deployment. */
  readonly secret: string;
}

/**
 * The certificates that Traefik serves. After a renewal, Traefik's metrics contain the old and the new
 * certificate until Traefik restarts, so the expression takes the latest expiry date of each node.
 */
export function certificateRules(scope: Scope, { job, secret }: Certificates): AlertRule[] {
  const newest = `max by (cluster, instance, cn, sans) (${select(notAfter.name, scope, job)})`;
  return [
    {
      name: 'CertificateExpiresSoon',
      expression: `${newest} - time() < 21 * 86400`,
      for: '1h',
      severity: 'warning',
      summary: 'The certificate for {{ $labels.sans }} expires in {{ $value | humanizeDuration }}.',
      action: `Create a new origin certificate (Cloudflare, SSL/TLS, Origin Server) and replace the Secret: kubectl create secret tls ${secret} -n ${scope.namespace} --cert=FILE --key=FILE --dry-run=client -o yaml | kubectl apply -f -. Once the certificate has expired, Cloudflare answers every request with 526 (strict mode).`,
      emittedBy: job,
      series: [notAfter],
    },
  ];
}
