package io.agentcraft.client.view;

import io.agentcraft.client.view.BoundedCollections.LruMap;
import io.agentcraft.client.view.BoundedCollections.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a board below its bound in characters. First it leaves out details, then it drops whole entries; both the largest
 * before the smaller ones, of those of about the same size the oldest before the newer ones, and the newest of all last.
 */
final class BoardTrimmer {

  /** One step takes what has at least a part of the bound, the next one a part of that. */
  private static final int STEP = 16;

  /** A board that is full loses some more, since every trim looks at all entries. */
  private static final int FREED = 8;

  private final long maxChars;
  private final Tally tally;
  private final List<Part<?, ?>> parts = new ArrayList<>();

  /** What can be saved, and how. */
  private record Saving(long update, long chars, Runnable take) {}

  /** One of the board's collections. */
  private record Part<K, V>(
      LruMap<K, V> entries,
      ToLongFunction<V> size,
      BiFunction<V, @Nullable Instant, V> leaveOut,
      Consumer<K> drop) {

    void addDetails(List<Saving> savings, @Nullable Instant sparing) {
      entries.forEach((key, value, update) -> {
        V without = leaveOut.apply(value, sparing);
        long saved = size.applyAsLong(value) - size.applyAsLong(without);
        if (saved > 0) {
          savings.add(new Saving(update, saved, () -> entries.replace(key, without)));
        }
      });
    }

    void addEntries(List<Saving> savings) {
      entries.forEach((key, value, update) ->
          savings.add(new Saving(update, size.applyAsLong(value), () -> drop.accept(key))));
    }
  }

  BoardTrimmer(long maxChars, Tally tally) {
    this.maxChars = maxChars;
    this.tally = tally;
  }

  /**
   * Adds a collection.
   *
   * @param leaveOut returns a value without its details, except for those that arrived at this time
   * @param drop removes an entry
   */
  <K, V> void add(
      LruMap<K, V> entries,
      ToLongFunction<V> size,
      BiFunction<V, @Nullable Instant, V> leaveOut,
      Consumer<K> drop) {
    parts.add(new Part<>(entries, size, leaveOut, drop));
  }

  /** Trims the board if it is larger than its bound, for the message that arrived last. */
  void trim(Instant arrival) {
    if (chars() > maxChars) {
      save((part, savings) -> part.addDetails(savings, arrival));
      save((part, savings) -> part.addDetails(savings, null));
      save(Part::addEntries);
    }
  }

  private void save(BiConsumer<Part<?, ?>, List<Saving>> kind) {
    if (!isTooLarge()) {
      return;
    }
    List<Saving> savings = new ArrayList<>();
    parts.forEach(part -> kind.accept(part, savings));
    savings.sort(Comparator.comparingLong(Saving::update));
    int split = Math.max(0, savings.size() - 1);
    List<Saving> newest = new ArrayList<>(savings.subList(split, savings.size()));
    List<Saving> others = new ArrayList<>(savings.subList(0, split));
    for (long step = maxChars / STEP; step > 0; step /= STEP) {
      take(others, step);
    }
    take(newest, 0);
  }

  private void take(List<Saving> savings, long atLeast) {
    savings.removeIf(saving -> {
      boolean taken = saving.chars() >= atLeast && isTooLarge();
      if (taken) {
        saving.take().run();
      }
      return taken;
    });
  }

  private boolean isTooLarge() {
    return chars() > maxChars - maxChars / FREED;
  }

  /** Returns the present size of the board. */
  long chars() {
    return tally.chars();
  }
}
