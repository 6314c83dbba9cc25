/** Everything that the window reads from the store, one reader for each list or page. */
import type { Db } from '../database.ts';
import { ConnectivityOptionsReader } from './connectivityOptions.ts';
import { HostList } from './hostList.ts';
import { InventoryTreeReader } from './inventoryTree.ts';
import { JobList } from './jobList.ts';
import { LogicalNetworkList } from './logicalNetworkList.ts';
import { NetworkServiceList } from './networkServiceList.ts';
import { ReadinessFacts } from './readinessFacts.ts';
import { RunAsAccountList } from './runAsAccountList.ts';
import { VirtualMachineList } from './virtualMachineList.ts';
import { VmNetworkDetailsReader } from './vmNetworkDetails.ts';
import { VmNetworkList } from './vmNetworkList.ts';

export class Lists {
  readonly inventoryTree: InventoryTreeReader;
  readonly vmNetworks: VmNetworkList;
  readonly vmNetworkDetails: VmNetworkDetailsReader;
  readonly connectivityOptions: ConnectivityOptionsReader;
  readonly virtualMachines: VirtualMachineList;
  readonly hosts: HostList;
  readonly logicalNetworks: LogicalNetworkList;
  readonly networkServices: NetworkServiceList;
  readonly runAsAccounts: RunAsAccountList;
  readonly jobs: JobList;
  readonly readiness: ReadinessFacts;

  constructor(db: Db) {
    this.inventoryTree = new InventoryTreeReader(db);
    this.jobs = new JobList(db);
    this.readiness = new ReadinessFacts(db);
    this.vmNetworks = new VmNetworkList(db);
    this.vmNetworkDetails = new VmNetworkDetailsReader(db, this.vmNetworks, this.jobs);
    this.connectivityOptions = new ConnectivityOptionsReader(db);
    this.virtualMachines = new VirtualMachineList(db);
    this.hosts = new HostList(db);
    this.logicalNetworks = new LogicalNetworkList(db);
    this.networkServices = new NetworkServiceList(db);
    this.runAsAccounts = new RunAsAccountList(db);
  }
}
