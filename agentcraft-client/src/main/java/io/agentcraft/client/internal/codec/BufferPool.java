package io.agentcraft.client.internal.codec;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Recycles the buffers of parsers and generators. Jackson's default binds them to threads, and a thread of the caller's that
 * outlives an application would keep its class loader.
 */
public final class BufferPool implements RecyclerPool<BufferRecycler> {

  private static final long serialVersionUID = 1L;

  private static final int SLOTS = 16;

  private final AtomicReferenceArray<@Nullable BufferRecycler> free =
      new AtomicReferenceArray<>(SLOTS);

  @Override
  public BufferRecycler acquirePooled() {
    BufferRecycler recycled = free.getAndSet(slot(), null);
    return recycled != null ? recycled : new BufferRecycler();
  }

  @Override
  public void releasePooled(BufferRecycler recycled) {
    free.lazySet(slot(), recycled);
  }

  /** Threads have slots, so that they seldom contend for one. */
  private static int slot() {
    return (int) (Thread.currentThread().getId() % SLOTS);
  }
}
