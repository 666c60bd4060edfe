package io.agentcraft.client.internal.json;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A JSON list. */
public final class ImmutableList extends AbstractList<@Nullable Object>
    implements ImmutableJson, RandomAccess {

  private static final ImmutableList EMPTY = new ImmutableList(List.of(), 1);

  private final List<@Nullable Object> elements;
  private final int depth;

  private ImmutableList(List<@Nullable Object> elements, int depth) {
    this.elements = elements;
    this.depth = depth;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public @Nullable Object get(int index) {
    return elements.get(index);
  }

  /** Collects elements. Of use for one list only. */
  public static final class Builder {

    private final List<@Nullable Object> elements = new ArrayList<>();
    private int depth = 1;

    /** Adds an element that is frozen. */
    public void add(@Nullable Object frozenElement) {
      elements.add(frozenElement);
      depth = Math.max(depth, 1 + ImmutableJson.depthOf(frozenElement));
    }

    /** The list; this builder must not be used any more. */
    public ImmutableList build() {
      return elements.isEmpty() ? EMPTY : new ImmutableList(elements, depth);
    }
  }
}
