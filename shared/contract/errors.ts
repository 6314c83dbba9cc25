/** Error codes and the envelope in which errors cross between the processes. */
import { z } from 'zod';

/**
 * Every code an operator or a scenario can meet. `HNV-1xxx` input, `HNV-2xxx` inventory rules, `HNV-3xxx` jobs,
 * `HNV-4xxx` store, `HNV-5xxx` simulation and probes, `HNV-9xxx` faults of the console itself.
 */
export const errorCodes = {
  invalidInput: 'HNV-1001',
  objectNotFound: 'HNV-1002',
  scenarioInvalid: 'HNV-1003',
  labFileInvalid: 'HNV-1004',
  scriptNotAvailable: 'HNV-1005',
  nothingRecorded: 'HNV-1010',
  addressOutsidePool: 'HNV-2001',
  addressInUse: 'HNV-2002',
  addressReserved: 'HNV-2003',
  poolExhausted: 'HNV-2004',
  noGateway: 'HNV-2005',
  gatewayNotConnected: 'HNV-2006',
  gatewayFull: 'HNV-2007',
  poolNotOfGateway: 'HNV-2008',
  labNotEmpty: 'HNV-2009',
  nothingToChange: 'HNV-2010',
  gatewayModeMismatch: 'HNV-2011',
  providerPoolExhausted: 'HNV-2012',
  nameInUse: 'HNV-2013',
  providerNotAvailable: 'HNV-2014',
  accountNotUsable: 'HNV-2015',
  connectionStringInvalid: 'HNV-2016',
  hostNotUsable: 'HNV-2017',
  objectInUse: 'HNV-2018',
  networkSiteNotUsable: 'HNV-2019',
  adapterNotUsable: 'HNV-2020',
  roleNotInstalled: 'HNV-2021',
  generationMismatch: 'HNV-2061',
  machineRunning: 'HNV-2062',
  networkNotUsable: 'HNV-2063',
  poolMissing: 'HNV-2064',
  subnetOverlap: 'HNV-2065',
  poolOverlap: 'HNV-2066',
  tooMany: 'HNV-2067',
  portNotForwardable: 'HNV-2068',
  destinationForeign: 'HNV-2069',
  portInUse: 'HNV-2070',
  endpointInUse: 'HNV-2071',
  routeOverlap: 'HNV-2072',
  routeMissing: 'HNV-2073',
  proposalInvalid: 'HNV-2074',
  bgpPeerNotRouted: 'HNV-2075',
  gatewayCarriesNothing: 'HNV-2080',
  externalAddressTwice: 'HNV-2081',
  externalAddressMissing: 'HNV-2082',
  objectLocked: 'HNV-3001',
  jobNotRestartable: 'HNV-3002',
  jobNotCancelable: 'HNV-3003',
  jobInterrupted: 'HNV-3004',
  jobCanceled: 'HNV-3005',
  verificationFailed: 'HNV-3006',
  providerFailed: 'HNV-3007',
  stepNotSkippable: 'HNV-3010',
  stepWasSkipped: 'HNV-3011',
  jobNotUndoable: 'HNV-3020',
  databaseNewer: 'HNV-4001',
  databaseCorrupt: 'HNV-4002',
  databaseForeign: 'HNV-4003',
  databaseUnavailable: 'HNV-4004',
  migrationChanged: 'HNV-4005',
  snapshotMissing: 'HNV-4010',
  snapshotFailed: 'HNV-4011',
  importFileInvalid: 'HNV-4012',
  importExpired: 'HNV-4013',
  vmNotRunning: 'HNV-5001',
  probeNotFound: 'HNV-5002',
  captureNotFound: 'HNV-5003',
  fileNotWritten: 'HNV-5004',
  connectionDisabled: 'HNV-5006',
  gatewayNotClustered: 'HNV-5005',
  terminalNotFound: 'HNV-5010',
  terminalBusy: 'HNV-5011',
  forbiddenSender: 'HNV-9001',
  unknownProcedure: 'HNV-9002',
  internal: 'HNV-9999',
} as const;

export type ErrorName = keyof typeof errorCodes;
export type ErrorCode = (typeof errorCodes)[ErrorName];

const codeSchema = z.enum(Object.values(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/** One thing wrong with one field of an input. `path` as in the input object; empty for the whole. */
export const problemSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  code: codeSchema,
  message: z.string(),
  recommendedAction: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

export const errorPayloadSchema = z.object({
  code: codeSchema,
  /** What happened, and to which object. */
  message: z.string(),
  /** What to do about it. */
  recommendedAction: z.string(),
  problems: z.array(problemSchema),
});
export type ErrorPayload = z.infer<typeof errorPayloadSchema>;

/** What a procedure call sends back: the value, or the error as plain data. */
export type Envelope<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorPayload };

/** The one error class for anything a person can act on; crosses processes as ErrorPayload and comes back as itself. */
export class ConsoleError extends Error {
  readonly code: ErrorCode;
  readonly recommendedAction: string;
  readonly problems: readonly Problem[];

  constructor(name: ErrorName, message: string, recommendedAction: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = 'ConsoleError';
    this.code = errorCodes[name];
    this.recommendedAction = recommendedAction;
    this.problems = problems;
  }

  toPayload(): ErrorPayload {
    return {
      code: this.code,
      message: this.message,
      recommendedAction: this.recommendedAction,
      problems: [...this.problems],
    };
  }

  static fromPayload(payload: ErrorPayload): ConsoleError {
    const name = (Object.keys(errorCodes) as ErrorName[]).find((key) => errorCodes[key] === payload.code) ?? 'internal';
    return new ConsoleError(name, payload.message, payload.recommendedAction, payload.problems);
  }
}

/** Makes a Problem from the name of its code. */
export function problem(
  name: ErrorName,
  path: readonly (string | number)[],
  message: string,
  recommendedAction: string,
): Problem {
  return { path: [...path], code: errorCodes[name], message, recommendedAction };
}
