/** The job log as a verifiable bundle. */
import type { ExportScope } from '../../../shared/contract/jobExport.ts';
import { genesis } from '../../store/jobLog/hashChain.ts';
import type { HashedLink, JobLogReader } from '../../store/jobLog/reader.ts';
import type { ExportContent, ExportPiece } from '../jobLogWriter.ts';
import { endLine, headerLine } from './bundleLines.ts';

interface BundleSource {
  readonly scope: ExportScope;
  readonly labName: string;
  /** ISO 8601 in UTC. */
  readonly exportedAt: string;
  readonly reader: JobLogReader;
  /** SHA-256 of what was written before, in hex. */
  readonly digest: () => string;
}

export function bundleContent(source: BundleSource): ExportContent {
  const { length, hash, records } = source.reader.chain(source.scope);
  const header = headerLine({ lab: source.labName, exportedAt: source.exportedAt, chainLength: length, chainHash: hash, records, isComplete: records === length });
  return { total: records, pieces: piecesOf(source, header, records) };
}

function* piecesOf({ scope, reader, digest }: BundleSource, header: string, records: number): Generator<ExportPiece> {
  yield { text: header, units: 0 };
  let lastHash = genesis;
  for (const link of reader.links(scope)) {
    lastHash = link.hash;
    yield { text: recordLine(link), units: 1 };
  }
  yield { text: endLine({ records, lastHash, bundleHash: digest() }), units: 0 };
}

/** Canonical as it is put together: its members in the order of their names, the record as it was hashed. */
function recordLine({ hash, kind, previous, record, sequence }: HashedLink): string {
  return `{"hash":"${hash}","kind":"${kind}","previous":"${previous}","record":${record},"sequence":${sequence}}\n`;
}
