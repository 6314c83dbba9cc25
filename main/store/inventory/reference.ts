/** Objects are named by id, or by name without regard to case. */
import { ConsoleError } from '../../../shared/contract/errors.ts';

/** Kinds of objects, as error messages call them. */
type ObjectKind =
  | 'host group'
  | 'host'
  | 'MAC address pool'
  | 'uplink port profile'
  | 'logical switch'
  | 'host cluster'
  | 'guest cluster'
  | 'logical network'
  | 'network site'
  | 'IP address pool'
  | 'VM network'
  | 'VM subnet'
  | 'virtual machine'
  | 'Run As account'
  | 'library image'
  | 'VM template'
  | 'service template'
  | 'gateway device'
  | 'network adapter'
  | 'subnet of the network site';

/** A statement that finds one object by a text. */
interface Finder<T> {
  get(reference: string): T | undefined;
}

/** The object of that id, else the one of that name. Throws ConsoleError objectNotFound. */
export function required<T>(kind: ObjectKind, reference: string, byId: Finder<T>, byName: Finder<T>): T {
  const found = byId.get(reference) ?? byName.get(reference);
  if (found === undefined) throw notFound(kind, reference);
  return found;
}

/** For what is looked for among a few. */
export function notFound(kind: ObjectKind, reference: string): ConsoleError {
  return new ConsoleError(
    'objectNotFound',
    `There is no ${kind} with the name or ID "${reference.slice(0, 120)}".`,
    `Check the spelling, or look it up in its list: the ${kind} may have been renamed or removed.`,
  );
}
