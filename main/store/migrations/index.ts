/** The schema's history, oldest first. Versions only grow; a number that was never released may be missing. */
import { inventoryMigration } from './0001-inventory.ts';
import { jobsMigration } from './0002-jobs.ts';
import { listOrderMigration } from './0003-list-order.ts';
import { libraryMigration } from './0004-library.ts';
import { hostAccountMigration } from './0005-host-account.ts';
import { networkingMigration } from './0006-networking.ts';
import { outsideMigration } from './0007-outside-and-vlans.ts';
import { insideMachineMigration } from './0008-inside-the-machine.ts';
import { clustersMigration } from './0009-clusters.ts';
import { switchFabricMigration } from './0010-switch-fabric.ts';
import { vpnMigration } from './0011-vpn.ts';
import { jobLogChainMigration } from './0012-job-log-chain.ts';
import { jobSearchMigration } from './0016-job-search-and-skip.ts';
import { jobScriptsMigration } from './0017-job-scripts.ts';
import { labSnapshotsMigration } from './0018-lab-snapshots.ts';
import { natExternalAddressesMigration } from './0019-nat-external-addresses.ts';
import { listOrderPartsMigration } from './0020-list-order-parts.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  inventoryMigration,
  jobsMigration,
  listOrderMigration,
  libraryMigration,
  hostAccountMigration,
  networkingMigration,
  outsideMigration,
  insideMachineMigration,
  clustersMigration,
  switchFabricMigration,
  vpnMigration,
  jobLogChainMigration,
  jobSearchMigration,
  jobScriptsMigration,
  labSnapshotsMigration,
  natExternalAddressesMigration,
  listOrderPartsMigration,
];
