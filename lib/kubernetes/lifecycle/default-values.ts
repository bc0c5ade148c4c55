/**
 * Values that the API server fills in and that engines reckon with.
 *
 * Source: SetDefaults_* of pkg/apis/{core,apps,batch}/v1/defaults.go, Kubernetes 1.34.4.
 */
export const defaultValues = {
  /** Seconds that a pod may take to end. */
  terminationGracePeriodSeconds: 30,
  /** Seconds after which a rollout counts as failed. */
  progressDeadlineSeconds: 600,
  /** How often a Job begins again. */
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
