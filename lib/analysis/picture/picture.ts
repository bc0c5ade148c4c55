import type { KubernetesObject } from '../../documents/kubernetes';

/** What a picture can show or hide as a whole. */
export const pictureLayers = ['traffic', 'connections', 'secrets', 'volumes'] as const;

export type PictureLayer = (typeof pictureLayers)[number];

/** The place that proves a claim. */
export type PictureEvidence =
  | { readonly kind: 'field'; readonly object: KubernetesObject; readonly path: string }
  /** A block of a Terraform stack, and a path in its body. */
  | { readonly kind: 'resource'; readonly address: string; readonly path: string }
  /** The first line of a generated file that contains a text. */
  | { readonly kind: 'text'; readonly file: string; readonly contains: string }
  /** A path of the configuration. */
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

/** Something in a picture that has claims of its own. */
interface Pictured {
  /** Unique in the picture, and the same in the pictures of two outputs. */
  readonly id: string;
  readonly title: string;
  /** Short lines below the title. */
  readonly details: readonly string[];
  /** The names of its objects and resources in messages, such as `Deployment shop/api`. */
  readonly objects: readonly string[];
  readonly claims: readonly PictureClaim[];
}

/** A part that is drawn inside a box, such as one node. */
export interface PicturePart extends Pictured {
  readonly part: 'node' | 'rules' | 'records' | 'certificate';
}

/** Where the pods of a workload can be. */
export interface PodSlot {
  /** The name of the node. */
  readonly node: string;
  /** The maximum number of its pods on this node, before a failure. */
  readonly most: number;
  /** Whether exactly `most` pods are on it for every decision of the scheduler. */
  readonly isCertain: boolean;
}

export interface PictureBox extends Pictured {
  readonly kind: PictureBoxKind;
  readonly layer: PictureLayer;
  readonly parts: readonly PicturePart[];
  /** Only workloads have pods. */
  readonly pods?: {
    readonly runs: 'always' | 'once' | 'on schedule';
    readonly count: number;
    readonly slots: readonly PodSlot[];
  };
  /** The ports on which it accepts connections, as text. */
  readonly ports: readonly string[];
  /** Secrets that its pods read, with their keys. */
  readonly secrets: readonly { readonly name: string; readonly keys: readonly string[] }[];
  /** Its persistent volumes, such as `redis-data, 5Gi on local-path`. */
  readonly volumes: readonly string[];
}

/** A connection from one box to another. */
export interface PictureLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly layer: PictureLayer;
  /** Such as `6379`; empty if a port says nothing. */
  readonly ports: string;
  /** Whether the policies refuse what an object asks for. @default false */
  readonly isRefused?: boolean;
  readonly claims: readonly PictureClaim[];
}

/** The way of a request, and everything that pods may reach. */
export interface Picture {
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  /** Claims about all workloads, which would otherwise be a line from each of them. */
  readonly remarks: readonly PictureClaim[];
}
