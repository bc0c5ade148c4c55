import type { KubernetesObject } from '../../documents/kubernetes';

/** The layers of a picture. The page can hide each of them. */
export const pictureLayers = ['traffic', 'connections', 'secrets', 'volumes'] as const;

export type PictureLayer = (typeof pictureLayers)[number];

/** The place in a file that proves a claim. */
export type PictureEvidence =
  | { readonly kind: 'field'; readonly object: KubernetesObject; readonly path: string }
  /** An argument of a Terraform resource. */
  | { readonly kind: 'resource'; readonly address: string; readonly path: string }
  /** The first line of a generated file that contains the string `contains`. */
  | { readonly kind: 'text'; readonly file: string; readonly contains: string }
  /** A value in the configuration. */
  | { readonly kind: 'configuration'; readonly path: readonly (string | number)[] };

/** A statement about a box or a line, with its evidence. */
export interface PictureClaim {
  readonly sentence: string;
  readonly evidence?: PictureEvidence | undefined;
}

export type PictureBoxKind =
  | 'visitor'
  | 'edge'
  | 'nodes'
  | 'controller'
  | 'entrance'
  | 'workload'
  | 'external'
  | 'addresses';

/** A part of a picture that has claims. */
interface Pictured {
  /** Unique in the picture. The same object has the same id in the pictures of two outputs. */
  readonly id: string;
  readonly title: string;
  /** Short lines below the title. */
  readonly details: readonly string[];
  /**
   * The objects and resources that this part of the picture shows, by their names in messages: `Deployment shop/api`.
   */
  readonly objects: readonly string[];
  readonly claims: readonly PictureClaim[];
}

/** A part inside a box, such as a node. */
export interface PicturePart extends Pictured {
  readonly part: 'node' | 'rules' | 'records' | 'certificate';
}

/** A node that may run pods of a workload. */
export interface PodSlot {
  readonly node: string;
  /** The maximum number of pods of the workload on this node, while no node has failed. */
  readonly most: number;
  /** Whether exactly `most` pods run on this node, whatever the scheduler decides. */
  readonly isCertain: boolean;
}

export interface PictureBox extends Pictured {
  readonly kind: PictureBoxKind;
  readonly layer: PictureLayer;
  readonly parts: readonly PicturePart[];
  /** Absent if the box is not a workload. */
  readonly pods?: {
    readonly runs: 'always' | 'once' | 'on schedule';
    readonly count: number;
    readonly slots: readonly PodSlot[];
  };
  /** The ports on which the box accepts connections, such as `6379` or `53 UDP`. */
  readonly ports: readonly string[];
  /** The Secrets that the pods read, with their keys. */
  readonly secrets: readonly { readonly name: string; readonly keys: readonly string[] }[];
  /** The persistent volumes of the pods, such as `redis-data, 5Gi on local-path`. */
  readonly volumes: readonly string[];
}

/** A connection from one box to another. */
export interface PictureLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly layer: PictureLayer;
  /** Ports such as `6379`. Empty if the line has no particular port. */
  readonly ports: string;
  /** Whether the NetworkPolicies deny a connection that an object requires. @default false */
  readonly isRefused?: boolean;
  readonly claims: readonly PictureClaim[];
}

/** The path of a request through the system, and all connections that pods may open. */
export interface Picture {
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  /** Claims about all workloads. They are not drawn as lines, because a line would start at every workload. */
  readonly remarks: readonly PictureClaim[];
}
