/** What a cluster runs, as far as it is known: it decides which fields, words and kinds there are. */
export interface ClusterRelease {
  /** Kubernetes' minor version, such as `1.34`. @default unknown: what any known minor version has is accepted */
  readonly kubernetes?: string;
  /** The version of k3s' helm-controller, such as `0.16.17`: it brings the kinds of `helm.cattle.io`. @default unknown */
  readonly helmController?: string;
  /** The version of Traefik's chart, such as `39.0.5`: it brings the kinds of `traefik.io`. @default unknown */
  readonly traefikChart?: string;
}
