import { OriginCaCertificate } from '@cdktf/provider-cloudflare/lib/origin-ca-certificate';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';

export interface OriginCertificateProps {
  readonly zone: string;
  readonly hosts: readonly string[];
  /** A certificate signing request in PEM, of an EC key, which never leaves its maker. */
  readonly request: string;
}

/** Fifteen years, the longest that Cloudflare signs for. */
const validityDays = 5475;

/** The certificate that the nodes show to Cloudflare, and that nobody else trusts. */
export class OriginCertificate extends Construct {
  constructor(scope: Construct, { zone, hosts, request }: OriginCertificateProps) {
    super(scope, 'certificate');
    const certificate = new OriginCaCertificate(this, 'cloudflare_origin_ca_certificate.hosts', {
      csr: request,
      hostnames: certificateNames(zone, hosts),
      requestType: 'origin-ecc',
      requestedValidity: validityDays,
      // Cloudflare gives both back in a form of its own; replacing it would revoke what the nodes still show.
      lifecycle: { preventDestroy: true, ignoreChanges: ['csr', 'requested_validity'] },
    });
    new TerraformOutput(this, 'output.origin_certificate', {
      description: 'tls.crt of the Secret that the Ingresses name.',
      value: certificate.certificate,
    });
  }
}

/**
 * The zone, all names one label below it, and each host that lies deeper: a host that is added needs a new certificate
 * only then.
 */
function certificateNames(zone: string, hosts: readonly string[]): string[] {
  const deep = hosts.filter((host) => host !== zone && host.slice(0, -zone.length - 1).includes('.'));
  return [zone, `*.${zone}`, ...deep].sort();
}
