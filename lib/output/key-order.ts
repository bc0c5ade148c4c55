/**
 * The fields of Kubernetes objects in the order in which people write them, each field once. One list serves
 * every kind: no two kinds contradict each other in what matters to a reader. It decides nothing but the layout.
 */
const written: readonly string[] = [
  // every object, and whatever refers to one
  'apiVersion kind metadata immutable',
  // metadata, references, entries of lists: what a thing is called comes first
  'generateName name namespace labels annotations apiGroup',
  // Secret, Service, strategies, metrics, PriorityClass, HTTP paths, items of volumes
  'key operator path pathType type value valueFrom effect globalDefault description',
  // CronJob, Job
  'schedule timeZone suspend concurrencyPolicy startingDeadlineSeconds successfulJobsHistoryLimit',
  'failedJobsHistoryLimit jobTemplate completions parallelism backoffLimit podReplacementPolicy activeDeadlineSeconds',
  'ttlSecondsAfterFinished',
  // HorizontalPodAutoscaler
  'scaleTargetRef minReplicas maxReplicas metrics behavior',
  // Deployment, StatefulSet, DaemonSet, PodDisruptionBudget
  'replicas revisionHistoryLimit progressDeadlineSeconds minReadySeconds serviceName podManagementPolicy',
  'strategy updateStrategy rollingUpdate minAvailable maxSurge maxUnavailable unhealthyPodEvictionPolicy',
  // Service
  'clusterIP externalTrafficPolicy internalTrafficPolicy sessionAffinity selector',
  // NetworkPolicy, label selectors
  'namespaceSelector podSelector ipBlock matchLabels matchExpressions policyTypes ingress egress from to',
  // Ingress
  'ingressClassName defaultBackend tls rules host hosts secretName http paths backend service',
  // roles, Helm charts
  'apiGroups roleRef subjects chart repo version targetNamespace valuesContent',
  // PersistentVolume, PersistentVolumeClaim
  'capacity accessModes storageClassName volumeMode volumeName',
  // pod
  'serviceAccountName automountServiceAccountToken imagePullSecrets priorityClassName nodeSelector affinity weight',
  'tolerations maxSkew topologyKey whenUnsatisfiable nodeAffinityPolicy nodeTaintsPolicy labelSelector',
  'topologySpreadConstraints hostNetwork dnsPolicy',
  // container
  'image imagePullPolicy command args workingDir port endPort containerPort hostPort targetPort nodePort',
  'protocol ports envFrom env requests limits resources resourceNames verbs',
  'startupProbe readinessProbe livenessProbe lifecycle postStart preStop',
  // probe
  'exec httpGet tcpSocket grpc scheme httpHeaders initialDelaySeconds periodSeconds timeoutSeconds',
  'successThreshold failureThreshold',
  // security contexts
  'runAsNonRoot runAsUser runAsGroup fsGroup fsGroupChangePolicy seccompProfile allowPrivilegeEscalation',
  'readOnlyRootFilesystem capabilities add drop securityContext',
  // the rest of a container, the rest of a pod
  'mountPath subPath readOnly volumeMounts terminationGracePeriodSeconds restartPolicy initContainers',
  'containers volumes',
  // what comes last
  'template volumeClaimTemplates spec data stringData binaryData status',
].flatMap((line) => line.split(' '));

const ranks: ReadonlyMap<string, number> = new Map(written.map((field, rank) => [field, rank]));

const freeForm: ReadonlySet<string> = new Set([
  'annotations',
  'binaryData',
  'data',
  'hard',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'parameters',
  'requests',
  'stringData',
]);

/**
 * Whether the map below `field` has keys of its user's choice. A label that happens to be called `name` is no
 * field of Kubernetes, so such maps are sorted and not ranked.
 */
export function isFreeForm(field: string): boolean {
  return freeForm.has(field);
}

/** By UTF-16 code unit: the same on every machine, which `localeCompare` is not. */
export function compareCodeUnits(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Fields that people write first come first, in their order; all others follow by code unit. */
export function compareFields(a: string, b: string): number {
  return (ranks.get(a) ?? written.length) - (ranks.get(b) ?? written.length) || compareCodeUnits(a, b);
}
