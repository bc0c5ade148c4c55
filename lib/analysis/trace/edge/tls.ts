import type { IngressTls } from '../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import type { TerraformResource } from '../../../documents/terraform';
import type { WebRequest } from '../../../documents/web-request';
import { type MatchTree, readMatchRule } from '../../../kubernetes/traefik/match-rule';
import { certificateCovers } from '../../../terraform/cloudflare/certificate';
import { listed, stop, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';

/** How Cloudflare connects to the nodes. */
export interface OriginConnection {
  readonly port: number;
  readonly isTls: boolean;
}

/** Zone modes in which Cloudflare connects to the origin without TLS. */
const plainModes: readonly unknown[] = ['off', 'flexible'];

/**
 * The steps for the zone's TLS mode, and for the certificate of the nodes, which must cover the host.
 *
 * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 */
export function* tlsSteps(subject: TraceSubject, request: WebRequest): TraceSteps<OriginConnection> {
  const setting = subject.ofType('cloudflare_zone_setting').find(({ body }) => body['setting_id'] === 'ssl');
  const mode = setting?.body['value'];
  const shared = { key: 'tls-mode', title: "The zone's TLS mode" } as const;
  const fields = setting === undefined ? [] : [subject.resourceField(setting, 'value')];
  const isTls = request.scheme === 'https' && !plainModes.includes(mode);
  const port = isTls ? request.port : request.port === 443 ? 80 : request.port;
  if (mode === 'off' && request.scheme === 'https') {
    yield* stop({
      ...{ ...shared, fields },
      reason: 'The mode is off: Cloudflare redirects every request to HTTP.',
      fix: 'Set the zone setting ssl to strict.',
    });
  }
  if (setting === undefined) {
    const reason =
      'The input does not contain the TLS mode: it is unknown whether Cloudflare verifies the certificate of the nodes.';
    yield { ...shared, outcome: 'unknown', reason, fields };
  } else {
    const reason = isTls
      ? `The mode is ${String(mode)}: Cloudflare connects to port ${port} over TLS${mode === 'strict' ? ', and verifies the certificate' : ', and accepts any certificate'}.`
      : `Cloudflare connects to port ${port} without TLS.`;
    yield { ...shared, outcome: 'passes', reason, fields };
  }
  if (isTls) yield* certificateSteps(subject, request, mode === undefined ? undefined : mode === 'strict');
  return { port, isTls };
}

/** @param isVerified whether Cloudflare verifies the certificate. Undefined if the mode is unknown. */
function* certificateSteps(
  subject: TraceSubject,
  { host }: WebRequest,
  isVerified: boolean | undefined,
): TraceSteps {
  const shared = { key: 'certificate', title: 'Certificate of the nodes' } as const;
  const certificates = subject.ofType('cloudflare_origin_ca_certificate');
  const covering = certificates.find((certificate) =>
    namesOf(certificate).some((name) => certificateCovers(name, host)),
  );
  const secrets = tlsSecrets(subject, host);
  if (certificates.length > 0 && covering === undefined && isVerified === true) {
    const names = certificates.flatMap(namesOf);
    yield* stop({
      ...shared,
      reason: `The origin certificate covers ${listed(names)}, not ${host}, and "*" matches exactly one label. Cloudflare answers 526.`,
      fields: certificates.map((certificate) => subject.resourceField(certificate, 'hostnames')),
      fix: `Add ${host} to the hostnames of the certificate, and put the new certificate into the TLS Secret.`,
    });
  }
  if (secrets.length === 0 && isVerified === true && !hasOtherSecrets(subject)) {
    yield* stop({
      ...shared,
      reason: `No Ingress and no IngressRoute has a TLS Secret: Traefik presents its self-signed certificate, and Cloudflare answers 526.`,
      fields: [],
      fix: `Add an entry with hosts: [${host}] and a secretName to spec.tls of the Ingress.`,
    });
  }
  const fields = [
    ...(covering === undefined ? [] : [subject.resourceField(covering, 'hostnames')]),
    ...secrets.map(({ object, path }) => subject.field(object, path)),
  ];
  const named = listed([...new Set(secrets.map(({ secret }) => secret))]);
  if (isVerified === false)
    yield { ...shared, outcome: 'passes', reason: 'Cloudflare accepts any certificate.', fields };
  else if (covering === undefined)
    yield {
      ...{ ...shared, fields, outcome: 'unknown' },
      reason: `The input does not contain the hostnames of the certificate${named === '' ? '' : ` in Secret ${named}`}.`,
    };
  else if (secrets.length === 0)
    yield {
      ...{ ...shared, fields, outcome: 'unknown' },
      reason: `The origin certificate covers ${host}, but no spec.tls entry lists the host: whether Traefik presents this certificate depends on the other TLS Secrets.`,
    };
  else
    yield {
      ...{ ...shared, fields, outcome: 'passes' },
      reason: `The origin certificate covers ${host}, and Traefik presents the certificate in Secret ${named}.`,
    };
}

function namesOf({ body }: TerraformResource): string[] {
  const names = body['hostnames'];
  return Array.isArray(names) ? names.map(String) : [];
}

interface TlsSecret {
  readonly object: KubernetesObject;
  readonly path: string;
  readonly secret: string;
}

/** The TLS Secrets of the Ingresses and IngressRoutes of a host. */
function tlsSecrets({ manifests }: TraceSubject, host: string): TlsSecret[] {
  const ofIngresses = manifests
    .of('Ingress')
    .flatMap(({ object, fields }) =>
      (fields.spec?.tls ?? []).flatMap(({ hosts = [], secretName }: IngressTls, index): TlsSecret[] =>
        secretName !== undefined && hosts.some((name) => certificateCovers(name, host))
          ? [{ object, path: `spec.tls[${index}].secretName`, secret: secretName }]
          : [],
      ),
    );
  const ofRoutes = manifests.of('IngressRoute').flatMap(({ object, fields: { spec } }): TlsSecret[] => {
    const secret = spec?.tls?.secretName;
    const isOfHost = spec?.routes?.some(({ match = '' }) => hostsOf(readMatchRule(match)).includes(host));
    return secret !== undefined && isOfHost ? [{ object, path: 'spec.tls.secretName', secret }] : [];
  });
  return [...ofIngresses, ...ofRoutes];
}

function hasOtherSecrets({ manifests }: TraceSubject): boolean {
  return (
    manifests
      .of('Ingress')
      .some(({ fields }) => fields.spec?.tls?.some(({ secretName }) => secretName !== undefined)) ||
    manifests.of('IngressRoute').some(({ fields }) => fields.spec?.tls?.secretName !== undefined) ||
    manifests.of('TLSStore').length > 0
  );
}

/** The hosts that a Traefik match contains. */
export function hostsOf(tree: MatchTree | undefined): string[] {
  if (tree === undefined || tree.kind === 'not') return [];
  if (tree.kind === 'matcher')
    return tree.name === 'host' ? tree.values.map((each) => each.toLowerCase()) : [];
  return tree.of.flatMap(hostsOf);
}
