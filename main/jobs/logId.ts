/** Ids of jobs and steps, and of all that a scenario makes: GUIDs that begin with the time (RFC 9562, version 7), in lower case without braces. */
import { randomUUID } from 'node:crypto';

/**
 * What a burst of jobs writes stands together then in every index of the job log. With random ids each row falls on another page, and
 * every commit and checkpoint writes as many pages, more and more of them the longer the log is. `random`: a GUID that gives the rest.
 */
export function logId(time: Date, random: string = randomUUID()): string {
  const milliseconds = time.getTime().toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${random.slice(15)}`;
}
