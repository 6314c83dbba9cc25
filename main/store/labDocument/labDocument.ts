/** The whole inventory in the words of a lab file, as of one moment. What a lab file, a comparison and a preview are made of. */
import type { Db } from '../database.ts';
import { sections } from './sections.ts';

export type DocumentValue = null | boolean | number | string | readonly DocumentValue[] | DocumentObject;
export interface DocumentObject {
  readonly [key: string]: DocumentValue;
}

export interface LabObject {
  readonly id: string;
  readonly content: DocumentObject;
}

export interface LabSection {
  readonly key: string;
  /** What one object of it is called. */
  readonly label: string;
  readonly objects: readonly LabObject[];
}

export interface LabDocument {
  /** Null when the inventory was made by hand and not from a lab. */
  readonly lab: { readonly name: string; readonly seed: number } | null;
  readonly sections: readonly LabSection[];
}

/** Reads all of it in one transaction. Secrets are not in it. */
export function readLabDocument(db: Db): LabDocument {
  return db.transaction((): LabDocument => ({
    lab: db.prepare<[], { name: string; seed: number }>('SELECT name, seed FROM lab').get() ?? null,
    sections: sections.map(({ key, label, sql }) => ({ key, label, objects: db.prepare<[], { id: string; content: string }>(sql).all().map(parsed) })),
  }))();
}

/** How many objects of each kind there are that there are any of. */
export function countObjects(db: Db): readonly { readonly label: string; readonly count: number }[] {
  return sections.map(({ label, sql }) => ({ label, count: db.prepare<[], number>(`SELECT count(*) FROM (${sql})`).pluck().get() ?? 0 })).filter(({ count }) => count > 0);
}

function parsed({ id, content }: { readonly id: string; readonly content: string }): LabObject {
  return { id, content: JSON.parse(content) as DocumentObject };
}
