import type { BundleVerdict } from './verifyBundle.ts';

/** What came of a check, for people and for `grep`: the first word is "ok" or "changed". */
export function verdictText(verdict: Exclude<BundleVerdict, { readonly kind: 'unreadable' }>): string {
  if (verdict.kind === 'changed') return `changed: line ${verdict.line} (${verdict.what}). ${verdict.why}\n`;
  const { records, chainLength, isComplete, exportedAt, lab, chainHash } = verdict.header;
  const share = isComplete ? 'the whole job log' : `of ${chainLength} in the job log; those of other jobs are left out`;
  return `ok: ${records} records of ${verdict.jobs} jobs, ${share}. Exported ${exportedAt} from ${lab === '' ? 'an empty console' : lab}.
last hash of the job log: ${chainHash}
SHA-256 of the file:      ${verdict.sha256}
Whoever noted one of them when the file was written can tell that it is still the same one.
`;
}
