import { OriginCaCertificate } from '@cdktf/provider-cloudflare/lib/origin-ca-certificate';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';

export interface OriginCertificateProps {
  readonly zone: string;
  /**
   * A certificate signing request in PEM with an EC key. The private key never leaves the machine that
   * created it.
   */
  readonly request: string;
}

/** Fifteen years, the longest validity that Cloudflare offers. */
const validityDays = 5475;

/** The certificate that the nodes present to Cloudflare. Other clients do not trust it. */
export class OriginCertificate extends Construct {
  constructor(scope: Construct, { zone, request }: OriginCertificateProps) {
    super(scope, 'certificate');
    const certificate = new OriginCaCertificate(this, 'cloudflare_origin_ca_certificate.hosts', {
      csr: request,
      // The names also cover future hosts: the configuration allows only hosts one label below the zone.
      hostnames: [`*.${zone}`, zone],
      requestType: 'origin-ecc',
      requestedValidity: validityDays,
      // Cloudflare returns both values in another format. Without ignoreChanges, Terraform would replace the
      // certificate and so revoke the one that the nodes use.
      lifecycle: { preventDestroy: true, ignoreChanges: ['csr', 'requested_validity'] },
    });
    new TerraformOutput(this, 'output.origin_certificate', {
      description: 'The certificate for tls.crt of the Secret that the Ingresses use.',
      value: certificate.certificate,
    });
  }
}
