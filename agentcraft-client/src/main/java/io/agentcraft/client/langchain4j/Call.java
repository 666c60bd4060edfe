package io.agentcraft.client.langchain4j;

import dev.langchain4j.agentic.internal.DeferredResponse;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A call of an agent that has not ended. Its end comes with the same inputs, on the same thread. */
final class Call {

  final String agentId;
  /** Not held: they may lead to the scope. */
  final WeakReference<Object> inputs;

  final long thread = Thread.currentThread().getId();
  /** What is shown of it; {@code null} for a workflow. */
  final @Nullable Shown shown;

  Call(String agentId, @Nullable Object inputs, @Nullable Shown shown) {
    this.agentId = agentId;
    this.inputs = new WeakReference<>(inputs);
    this.shown = shown;
  }

  boolean isHere() {
    return thread == Thread.currentThread().getId();
  }

  boolean isWith(@Nullable Object theseInputs) {
    return theseInputs != null && inputs.get() == theseInputs;
  }

  /** What is shown of an agent: of all its calls, unless they overlap. */
  static final class Shown {

    final Part part;
    final Place place;
    int calls;
    int busy;
    boolean ended;
    /** The answer of a person that is not there yet. */
    @Nullable
    DeferredResponse<?> awaited;

    Shown(Part part, Place place) {
      this.part = part;
      this.place = place;
    }

    void complete(@Nullable Object output) {
      if (!ended && busy == 0) {
        ended = true;
        part.complete(place.outputKey(), output);
      }
    }
  }
}
