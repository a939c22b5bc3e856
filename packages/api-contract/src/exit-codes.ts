/** How a process of the hub says why it ended, by the numbers of sysexits: whoever keeps it going goes by them. */
export const exitCodes = {
  /** A fault of its own: started again, it works. */
  fault: 70,
  /** Its environment: started again, it would say the same. */
  configuration: 78,
} as const;
