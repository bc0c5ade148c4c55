/**
 * The known versions of a cluster's components. They decide which kinds, fields and enum values the cluster
 * accepts.
 */
export interface ClusterRelease {
  /**
   * Kubernetes' minor version, such as `1.34`. @default unknown: everything that any known minor version
   * accepts is accepted
   */
  readonly kubernetes?: string;
  /**
   * The version of k3s' helm-controller, such as `0.16.17`. It defines the kinds of `helm.cattle.io`.
   * @default unknown
   */
  readonly helmController?: string;
  /**
   * The version of Traefik's Helm chart, such as `39.0.5`. The chart defines the kinds of `traefik.io`.
   * @default unknown
   */
  readonly traefikChart?: string;
}
