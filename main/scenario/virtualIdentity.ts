/** Ids and times that depend on nothing but a seed, so that two runs write the same bytes. */
import { logId } from '../jobs/logId.ts';
import { sha256 } from '../store/jobLog/hashChain.ts';

/** Wall-clock time at which every scenario begins. */
export const scenarioEpoch = new Date('2013-10-18T08:00:00.000Z');

/**
 * GUIDs (RFC 9562, version 7) in a sequence that `seed` fixes; different seeds give different ones. Each is as if it were made a millisecond after the
 * one before: what a run makes one after the other stands together in the database.
 */
export function seededIds(seed: string): () => string {
  let drawn = 0;
  return () => {
    drawn += 1;
    const hex = sha256(`${seed}/${drawn}`);
    const variant = (Number.parseInt(hex.charAt(16), 16) & 3) + 8;
    // Its first part gives way to the time.
    const random = `00000000-0000-7${hex.slice(13, 16)}-${variant.toString(16)}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    return logId(new Date(scenarioEpoch.getTime() + drawn), random);
  };
}
