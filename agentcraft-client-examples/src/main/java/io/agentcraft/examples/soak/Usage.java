package io.agentcraft.examples.soak;

/**
 * What the process held at one moment.
 *
 * @param heapBytes the heap in use after a full garbage collection
 * @param threads live threads, daemons too
 * @param sockets open sockets, as far as the platform tells: see {@link OpenSockets}
 */
public record Usage(long heapBytes, int threads, long sockets) {}
