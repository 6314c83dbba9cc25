/** What differs between two inventories, object by object and property by property. */
import type { DocumentObject, DocumentValue, LabDocument, LabObject } from './labDocument.ts';

export interface Difference {
  readonly change: 'added' | 'removed' | 'changed';
  /** What an object of its kind is called. */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  /** Empty for an object that was added or removed as a whole. */
  readonly property: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** In the order of the kinds, then of names. Objects are the same when their ids are, else when their names are. */
export function differencesBetween(before: LabDocument, after: LabDocument): readonly Difference[] {
  return [...ofLab(before, after), ...after.sections.flatMap(({ key, label, objects }) => ofSection(label, before.sections.find((section) => section.key === key)?.objects ?? [], objects))];
}

function ofLab(before: LabDocument, after: LabDocument): readonly Difference[] {
  return ofObjects('Lab', { id: 'lab', content: { ...before.lab } }, { id: 'lab', content: { ...after.lab } }, after.lab?.name ?? before.lab?.name ?? '');
}

function ofSection(kind: string, before: readonly LabObject[], after: readonly LabObject[]): readonly Difference[] {
  const pairs = pairsOf(before, after);
  const paired = new Set(pairs.values());
  const gone = before.filter((object) => !paired.has(object)).map((object) => whole('removed', kind, object));
  const rest = after.flatMap((object) => {
    const earlier = pairs.get(object);
    return earlier === undefined ? [whole('added', kind, object)] : ofObjects(kind, earlier, object, nameOf(object.content));
  });
  return [...gone, ...rest];
}

/** Object of `after` -> the same one of `before`. */
function pairsOf(before: readonly LabObject[], after: readonly LabObject[]): ReadonlyMap<LabObject, LabObject> {
  const pairs = new Map<LabObject, LabObject>();
  const byId = new Map(before.map((object) => [object.id, object]));
  for (const object of after) {
    const same = byId.get(object.id);
    if (same !== undefined) pairs.set(object, same);
  }
  const taken = new Set(pairs.values());
  const byName = new Map(before.filter((object) => !taken.has(object)).map((object) => [nameOf(object.content).toLowerCase(), object]));
  for (const object of after) {
    const name = nameOf(object.content).toLowerCase();
    const same = pairs.has(object) ? undefined : byName.get(name);
    if (same === undefined) continue;
    pairs.set(object, same);
    byName.delete(name);
  }
  return pairs;
}

function whole(change: 'added' | 'removed', kind: string, { id, content }: LabObject): Difference {
  return { change, kind, id, name: nameOf(content), property: '', before: null, after: null };
}

function ofObjects(kind: string, before: LabObject, after: LabObject, name: string): readonly Difference[] {
  const old = new Map(properties(before.content, []));
  const now = new Map(properties(after.content, []));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((property): readonly Difference[] => {
    const [was = null, is = null] = [old.get(property), now.get(property)];
    return was === is ? [] : [{ change: 'changed', kind, id: after.id, name, property, before: was, after: is }];
  });
}

/** Provider addresses have no name of their own. */
function nameOf(content: DocumentObject): string {
  const { name, host, vsid } = content;
  return typeof name === 'string' ? name : `${plain(host)} ${plain(vsid)}`;
}

function plain(value: DocumentValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Every value with its place in words; what is null is not there. */
function properties(value: DocumentValue, path: readonly string[]): readonly (readonly [string, string])[] {
  if (value === null) return [];
  if (Array.isArray(value)) {
    const items: readonly DocumentValue[] = value;
    if (items.every((item) => typeof item !== 'object')) return items.length === 0 ? [] : [[path.join(' › '), items.join(', ')]];
    return items.flatMap((item, at) => properties(item, [...path, itemName(item, at)]));
  }
  if (typeof value !== 'object') return value === '' ? [] : [[path.join(' › '), String(value)]];
  return Object.entries(value as DocumentObject).flatMap(([key, member]) => properties(member, [...path, words(key)]));
}

function itemName(item: DocumentValue, at: number): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return String(at + 1);
  const { name, subnet, address, protocol, externalAddress, externalPort } = item as DocumentObject;
  const where = typeof externalAddress === 'string' ? ` at ${externalAddress}` : '';
  if (typeof protocol === 'string' && externalPort !== undefined) return `${protocol} ${plain(externalPort)}${where}`;
  const found = [name, subnet, address].find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : String(at + 1);
}

/** Written in capitals, as the field does. */
const initials = /\b(id|nat|vpn|bgp|mac|dns|vsid|nic|lan|dh|pfs|vm|vlan)\b/gi;

/** routingDomainId: Routing domain ID. */
function words(key: string): string {
  const text = key.replaceAll(/([a-z])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`).replaceAll(initials, (found) => found.toUpperCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
}
