/**
 * The set-up of a node of any k3s cluster, for use with any Terraform configuration:
 * `@honeydue/infrastructure/nodes`.
 */

export { cloudInit, type UserDataSecret } from '../nodes/cloud-init';
export type {
  AfterChange,
  FirewallRule,
  NodeAccount,
  NodeFile,
  NodeK3s,
  NodePeer,
  NodeRole,
  NodeSetup,
  NodeSsh,
} from '../nodes/node-setup';
export type {
  AccessProps,
  ClusterProps,
  NodeProps,
  ReservedResources,
  SnapshotProps,
} from '../nodes/props';
export { nodeScript } from '../nodes/script';
export { nodeSetup } from '../nodes/setup';
