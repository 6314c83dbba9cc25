/** What the distributed router and the host it runs on know of each other. */
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { LookupRecordConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { FrameSink } from '../net/segment.ts';
import type { DropReason } from '../trace/drops.ts';
import type { Policy } from './policy.ts';

/** A virtual network adapter that hangs on this host's switch. */
export interface SwitchPort extends FrameSink {
  readonly vsid: number;
  readonly mac: MacAddress;
  readonly label: string;
}

/** The part of a host that its distributed router uses. */
export interface SwitchHost {
  readonly name: string;
  readonly policy: Policy;
  /** Hands the packet to the machine of the record: on this host, or encapsulated to another. Takes the packet over. */
  deliver(packet: Packet, record: LookupRecordConfig, sourceVsid: number): void;
  /** Counts and explains the loss, and takes the packet over. */
  drop(packet: Packet, reason: DropReason): void;
}

/** The part of a host that a gateway's back end uses. */
export interface BackEndSwitch {
  /** Set aside for gateways (Host Access, fact sheet §1.7). */
  readonly isDedicated: boolean;
  /** Itself a virtual machine. */
  readonly isVirtual: boolean;
  attachPort(port: SwitchPort): void;
  /** Before its VSID or MAC changes, or when its machine is gone. */
  detachPort(port: SwitchPort): void;
  /** A frame that the machine behind the port sent. Takes it over. */
  fromPort(packet: Packet, port: SwitchPort): void;
}
