/**
 * The step at which a new pod fails.
 *
 * - refused: the API server refuses the pod
 * - unplaced: no node accepts the pod, which stays Pending
 * - unstarted: the node cannot mount a volume of the pod or resolve its environment
 */
export type ObstacleStage = 'refused' | 'unplaced' | 'unstarted';

/** A reason why a new pod never runs. */
export interface StartObstacle {
  readonly stage: ObstacleStage;
  /** Identity of the obstacle: the same obstacle in another pod template has the same key. */
  readonly key: string;
  /** Path in the object with the pod template, such as `spec.template.spec.nodeSelector`. */
  readonly path: string;
  /** A clause without a period, such as `the nodeName is a, but the nodes are b, c`. */
  readonly reason: string;
  /**
   * Whether the obstacle is only that no manifest defines an object, which the cluster may have. @default false: the
   * pod never runs
   */
  readonly isUndescribed?: true;
  /** One or more sentences that say what to do. */
  readonly wayOut: string;
}
