/**
 * What keeps a new pod from running.
 *
 * - refused: the API server admits no such pod, so that none is made
 * - unplaced: no node takes it, so that it stays Pending
 * - unstarted: its node can't mount its volumes or make its environment
 */
export type ObstacleStage = 'refused' | 'unplaced' | 'unstarted';

/** Why a new pod never runs. */
export interface StartObstacle {
  readonly stage: ObstacleStage;
  /** The same for the same obstacle of another template. */
  readonly key: string;
  /** In the object that makes the pod, such as `spec.template.spec.nodeSelector`. */
  readonly path: string;
  /** A clause, such as `no node has the label disk=ssd`. */
  readonly reason: string;
  /** No manifest describes what the pod names, and the cluster may have it all the same. @default false: it never runs */
  readonly isUndescribed?: true;
  /** A sentence. */
  readonly wayOut: string;
}
