import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

const notAfter: Series = {
  name: 'traefik_tls_certs_not_after',
  standing: 'documented',
  source:
    'https://doc.traefik.io/traefik/observability/metrics/overview/ (cn, sans and serial are its labels)',
};

/** Where certificates are served. */
export interface Certificates {
  readonly job: string;
  /** The Secret that holds them, in the deployment's namespace. */
  readonly secret: string;
}

/**
 * The certificates that the ingress serves. A renewed one stays on the metrics page beside the old one until Traefik
 * restarts, so the one that lasts longest counts, on each node for itself.
 */
export function certificateRules(scope: Scope, { job, secret }: Certificates): AlertRule[] {
  const newest = `max by (cluster, instance, cn, sans) (${select(notAfter.name, scope, job)})`;
  return [
    {
      name: 'CertificateExpiresSoon',
      expression: `${newest} - time() < 21 * 86400`,
      for: '1h',
      severity: 'warning',
      summary: 'The certificate for {{ $labels.sans }} ends in {{ $value | humanizeDuration }}.',
      action: `Make a new origin certificate (Cloudflare, SSL/TLS, Origin Server) and replace the Secret: kubectl create secret tls ${secret} -n ${scope.namespace} --cert=FILE --key=FILE --dry-run=client -o yaml | kubectl apply -f -. After its end Cloudflare answers 526 to everybody (strict mode).`,
      emittedBy: job,
      series: [notAfter],
    },
  ];
}
