/** A command could not be run: what the terminal prints in red. */
export class TerminalError extends Error {}
