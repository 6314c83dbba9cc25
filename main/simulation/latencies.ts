/** How long a frame is under way, in virtual nanoseconds. Placeholders of a plausible size, not measurements of a product. */
const microsecond = 1000;

export const latencies = {
  /** Provider network between two hosts. */
  provider: 150 * microsecond,
  /** Segment of the front end, up to the router. */
  frontEnd: 200 * microsecond,
  /** From the router to a host on the Internet. */
  internet: 5000 * microsecond,
  /** LAN of an office. */
  lan: 100 * microsecond,
  /** Inside a host, between a VM and its switch. */
  virtualSwitch: 10 * microsecond,
} as const;
