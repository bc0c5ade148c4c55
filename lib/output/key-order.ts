/**
 * The fields of Kubernetes objects in their usual order. One list serves all kinds, so each field occurs once. The
 * order affects only the layout.
 */
const written: readonly string[] = [
  // every object, and references to one
  'apiVersion kind metadata immutable',
  // metadata, references, entries of lists: the name comes first
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
  // more fields of a container and a pod
  'mountPath subPath readOnly volumeMounts terminationGracePeriodSeconds restartPolicy initContainers',
  'containers volumes',
  // fields at the end
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
 * Whether the keys of the map in a field are chosen by the user, as the keys of labels are. Such maps are sorted by
 * key.
 */
export function isFreeForm(field: string): boolean {
  return freeForm.has(field);
}

/** Compares strings by UTF-16 code units. The result of `localeCompare` would depend on the machine. */
export function compareCodeUnits(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Compares two fields: known fields have the order of the list, and all others follow by code unit. */
export function compareFields(a: string, b: string): number {
  return (ranks.get(a) ?? written.length) - (ranks.get(b) ?? written.length) || compareCodeUnits(a, b);
}

/** A cache of orders by the fields of a map, because objects of a kind have the same fields. */
const orders = new Map<string, readonly string[]>();

/** Sorts the names of fields in their usual order. */
export function inFieldOrder(fields: readonly string[]): readonly string[] {
  const key = `${fields.length} ${fields.join('\0')}`;
  let order = orders.get(key);
  if (order === undefined) {
    order = [...fields].sort(compareFields);
    // A name with this character could give two maps the same cache key, so such maps are not cached.
    if (fields.some((field) => field.includes('\0'))) return order;
    if (orders.size === 10_000) orders.clear();
    orders.set(key, order);
  }
  return order;
}
