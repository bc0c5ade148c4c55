/**
 * Defaults of the API server that several analyses use.
 *
 * Source: SetDefaults_* of pkg/apis/{core,apps,batch}/v1/defaults.go, Kubernetes 1.34.4.
 */
export const defaultValues = {
  /** Seconds, terminationGracePeriodSeconds. */
  terminationGracePeriodSeconds: 30,
  /** Seconds, progressDeadlineSeconds. */
  progressDeadlineSeconds: 600,
  backoffLimit: 6,
  probe: {
    initialDelaySeconds: 0,
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  },
  rollingDeployment: { maxSurge: '25%', maxUnavailable: '25%' },
  rollingDaemonSet: { maxSurge: 0, maxUnavailable: 1 },
  rollingStatefulSet: { partition: 0 },
} as const;
