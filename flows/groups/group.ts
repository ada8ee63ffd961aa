/**
 * A meeting of many: a group interview or a training. Its places are windows like those of an interviewer, so one has
 * one owner at most, a freed one goes down the line, and an interview in a group is an interview.
 */
export interface Group {
  _id: string;
  kind: GroupKind;
  vacancy: string;
  start: number;
  minutes: number;
  places: number;
  /** The highest number a place ever had, and the numbers that are closed; unset: as many as there are places. */
  numbered?: number;
  closed?: number[];
  format: 'office' | 'zoom';
  /** The address, or the link of the video meeting. */
  place?: string;
  /** The member who holds it. */
  host: string;
  createdAt: number;
  cancelled?: number;
  /** Raised with each change; `told`: the one that everybody has heard of. */
  version: number;
  told: number;
  /** Somebody may not have heard of the last change. */
  untold?: boolean;
  /** Who changed it last, and by which event: the same again is done already. */
  by: string;
  lastEvent: string;
  /** What was written to all, or into all their cards. */
  texts: { version: number; by: string; text: string; to: 'people' | 'cards' }[];
}

export type GroupKind = 'interview' | 'training';

/** Is it still to come? */
export function isComing(group: Group, now: number): boolean {
  return group.cancelled === undefined && group.start > now;
}
