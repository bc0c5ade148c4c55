/**
 * By kind: the fields that are always immutable. Kinds whose immutable fields depend on other fields (Job,
 * Pod, Service, claims and volumes, ConfigMap and Secret) have their own files.
 *
 * Source: Validate*Update of pkg/apis/<group>/validation/validation.go, Kubernetes 1.34.4, and of
 * apiextensions-apiserver.
 */
export const immutableFieldsByKind: Readonly<Record<string, readonly string[]>> = {
  ClusterRoleBinding: ['roleRef'],
  ClusterTrustBundle: ['spec.signerName'],
  ControllerRevision: ['data'],
  CSIDriver: ['spec.attachRequired', 'spec.volumeLifecycleModes'],
  CSIStorageCapacity: ['nodeTopology', 'storageClassName'],
  CustomResourceDefinition: ['spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural'],
  DaemonSet: ['spec.selector'],
  Deployment: ['spec.selector'],
  EndpointSlice: ['addressType'],
  IngressClass: ['spec.controller'],
  IPAddress: ['spec.parentRef'],
  Job: [
    ...['spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.backoffLimitPerIndex'],
    ...['spec.managedBy', 'spec.successPolicy'],
  ],
  PriorityClass: ['value', 'preemptionPolicy'],
  ReplicaSet: ['spec.selector'],
  ResourceClaim: ['spec'],
  ResourceClaimTemplate: ['spec'],
  ResourceSlice: ['spec.driver', 'spec.nodeName', 'spec.pool.name'],
  RoleBinding: ['roleRef'],
  RuntimeClass: ['handler'],
  Secret: ['type'],
  StatefulSet: [
    ...['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  ],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  VolumeAttachment: ['spec'],
  VolumeAttributesClass: ['driverName', 'parameters'],
};
