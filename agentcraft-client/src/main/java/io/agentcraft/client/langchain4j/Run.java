package io.agentcraft.client.langchain4j;

import dev.langchain4j.agentic.agent.AgentInvocationException;
import dev.langchain4j.agentic.internal.DeferredResponse;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.planner.AgenticSystemTopology;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.TokenStream;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.langchain4j.Call.Shown;
import io.agentcraft.client.publish.SessionPublisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run: of a workflow, which is a session with an agent for each of its leaves, or of a leaf that was called alone, which
 * is a task. Safe for use by any number of threads.
 */
final class Run {

  /** Beyond that, the calls of an agent share what is shown of it. */
  static final int MAX_SHOWN = 100;

  private final Texts texts;
  private final String rootId;
  /** {@code null} for a leaf that was called alone. */
  private final @Nullable SessionPublisher session;

  private final Map<String, Place> places;
  // Guarded by this.
  private final Map<String, List<Shown>> shown = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final List<Call> open = new ArrayList<>();
  private Call root;
  private int count;
  private boolean suspended;
  /** What the workflow has returned, while asynchronous agents of it are still at work. */
  private @Nullable String result;

  /** What the end of a call is the end of. */
  enum Ended {
    NOTHING,
    CALL,
    RUN
  }

  /** Starts the run of a workflow, or of a leaf that was called alone. */
  Run(
      AgentCraftClient client,
      Texts texts,
      AgentInstance agent,
      @Nullable Map<String, ? extends @Nullable Object> inputs) {
    this.texts = texts;
    rootId = Place.idOf(agent);
    String name = Place.nameOf(agent);
    String query = texts.query(name, agent.description(), inputs);
    if (Place.isLeaf(agent)) {
      session = null;
      places = Map.of();
      Part part = new Part(name, client.agent(name, name).task(query), texts);
      Shown alone = new Shown(part, Place.of(agent));
      shown.put(rootId, List.of(alone));
      root = new Call(rootId, inputs, alone);
      start(root, agent, inputs);
    } else {
      session = client.session(query);
      places = Place.below(agent);
      root = new Call(rootId, inputs, null);
      open.add(root);
      // Those who may never be called come when they are.
      places.forEach((id, place) -> {
        if (place.certain() && count < MAX_SHOWN) {
          add(session, id, place);
        }
      });
    }
  }

  /** Returns whether the calling thread is the one that called the workflow. */
  synchronized boolean isHere() {
    return root.isHere();
  }

  /** Returns whether the calling thread calls the workflow again, without having been told of the end of this run. */
  synchronized boolean isReplacedBy(AgentInstance agent) {
    return session != null && result == null && isHere() && rootId.equals(Place.idOf(agent));
  }

  /** An agent is called. Returns whether that belongs to this run. */
  synchronized boolean begin(
      AgentInstance agent, @Nullable Map<String, ? extends @Nullable Object> inputs) {
    String id = Place.idOf(agent);
    Call same = find(id, inputs);
    if (same != null && same.isHere() && same.isWith(inputs)) {
      return true; // nested workflows tell their listeners more than once
    }
    if (session == null || (id.equals(rootId) && !suspended)) {
      return false;
    }
    settle();
    if (id.equals(rootId)) {
      suspended = false;
      root = new Call(id, inputs, null);
      open.add(root);
    } else {
      start(
          new Call(id, inputs, Place.isLeaf(agent) ? free(session, id, agent) : null),
          agent,
          inputs);
    }
    return true;
  }

  private void start(
      Call call, AgentInstance agent, @Nullable Map<String, ? extends @Nullable Object> inputs) {
    open.add(call);
    Shown of = call.shown;
    if (of == null) {
      return;
    }
    of.calls++;
    of.busy++;
    if (session != null) {
      var unused = session.phase(of.part.name());
    }
    if (agent.topology() == AgenticSystemTopology.HUMAN_IN_THE_LOOP) {
      of.part.await(agent.description());
    } else {
      of.part.begin(agent.description(), inputs);
    }
  }

  /** Returns what to show a call of an agent as; {@code null} for nothing. */
  private @Nullable Shown free(SessionPublisher session, String id, AgentInstance agent) {
    List<Shown> known = shown.getOrDefault(id, List.of());
    for (Shown each : known) {
      if (!each.ended && each.busy == 0 && each.awaited == null) {
        return each;
      }
    }
    if (count < MAX_SHOWN) {
      return add(session, id, places.getOrDefault(id, Place.of(agent)));
    }
    return known.isEmpty() ? null : known.get(known.size() - 1);
  }

  private Shown add(SessionPublisher session, String id, Place place) {
    String name = place.name();
    int number = names.merge(name, 1, Integer::sum);
    String unique = number == 1 ? name : name + " (" + number + ")";
    Shown added = new Shown(new Part(unique, session.agent(unique), texts), place);
    shown.computeIfAbsent(id, first -> new ArrayList<>(1)).add(added);
    count++;
    return added;
  }

  /** A call has succeeded. */
  synchronized Ended end(
      AgentInstance agent,
      @Nullable Object inputs,
      @Nullable Object output,
      @Nullable ChatResponse response) {
    Call call = take(agent, inputs);
    if (call == null) {
      return Ended.NOTHING;
    }
    Shown of = call.shown;
    if (of != null) {
      of.part.answered(response);
      end(of, output);
    } else if (call != root) {
      each(one -> {
        if (call.agentId.equals(one.place.repeatedBy())) {
          one.complete(null);
        }
      });
    }
    if (call == root) {
      settle();
      result = texts.output(agent.outputKey(), output);
    }
    return endOnceAllHave();
  }

  private Ended endOnceAllHave() {
    if (result == null || !open.isEmpty() || isYetToBegin()) {
      return Ended.CALL;
    }
    if (session != null) {
      var unused = session.complete(result);
    }
    return Ended.RUN;
  }

  /** An asynchronous agent may be called when the workflow has returned. */
  private boolean isYetToBegin() {
    return shown.values().stream()
        .flatMap(List::stream)
        .anyMatch(each -> each.calls == 0
            && each.place.certain()
            && each.place.repeatedBy() == null
            && each.place.async());
  }

  private void end(Shown of, @Nullable Object output) {
    String key = of.place.outputKey();
    if (output instanceof DeferredResponse<?> answer && session != null) {
      of.part.await(of.place.description());
      of.awaited = answer;
      settle();
    } else if (output instanceof TokenStream && session != null) {
      of.part.step("Streaming the answer"); // nobody tells when it ends
    } else {
      of.part.output(key, output);
      if (of.place.repeatedBy() == null) {
        of.complete(output);
      } else {
        of.part.rest(of.place.maxRounds());
      }
    }
  }

  /** Ends those whose person has answered. */
  private void settle() {
    each(one -> {
      DeferredResponse<?> answer = one.awaited;
      if (answer != null && answer.isDone()) {
        one.awaited = null;
        try {
          end(one, answer.blockingGet());
        } catch (RuntimeException refused) {
          fail(one, refused);
        }
      }
    });
  }

  /** A call has failed. */
  synchronized Ended fail(AgentInstance agent, @Nullable Object inputs, @Nullable Throwable error) {
    Call call = take(agent, inputs);
    if (call == null) {
      return Ended.NOTHING;
    }
    if (call.shown != null) {
      fail(call.shown, error);
    } else if (call == root && session != null) {
      var unused = session.fail(failure(error));
    }
    return call == root ? Ended.RUN : endOnceAllHave();
  }

  private void fail(Shown of, @Nullable Throwable error) {
    of.ended = true;
    of.part.fail(failure(error));
  }

  private Throwable failure(@Nullable Throwable error) {
    return texts.failure(error, one -> one.getClass() == AgentInvocationException.class);
  }

  /** Returns what is shown of an agent that calls a tool; {@code null} if it is none of this run. */
  synchronized @Nullable Part user(AgentInstance agent) {
    String id = Place.idOf(agent);
    Part found = null;
    for (Call call : open) {
      Shown of = call.shown;
      if (of != null && call.agentId.equals(id) && (found == null || call.isHere())) {
        found = of.part;
      }
    }
    return found;
  }

  /** The workflow waits for a person, and goes on when it is called again. */
  synchronized void suspend() {
    if (session != null && !suspended) {
      suspended = true;
      open.clear();
      each(one -> one.busy = 0);
      var unused = session.phase("Waiting for a person");
    }
  }

  /** The scope is gone, and with it whoever could tell what became of the run. */
  synchronized void lost() {
    if (session == null) {
      // The framework tells of failures, but not of an agent that returns null.
      each(one -> {
        one.busy = 0;
        one.complete(null);
      });
    } else if (result != null) {
      var unused = session.complete(result);
    } else if (suspended) {
      var unused = session.cancel("Nobody answered");
    } else {
      session.close();
    }
  }

  /** There are too many runs. */
  synchronized void forget() {
    if (session != null) {
      session.close();
    } else {
      each(one -> one.part.close());
    }
  }

  private void each(Consumer<Shown> action) {
    shown.values().forEach(ones -> ones.forEach(action));
  }

  private @Nullable Call take(AgentInstance agent, @Nullable Object inputs) {
    Call call = find(Place.idOf(agent), inputs);
    if (call != null) {
      open.remove(call);
      if (call.shown != null) {
        call.shown.busy--;
      }
    }
    return call;
  }

  private @Nullable Call find(String id, @Nullable Object inputs) {
    Call found = null;
    for (Call call : open) {
      if (call.agentId.equals(id) && (call.isHere() || call.isWith(inputs))) {
        found = call;
        if (call.isHere() && call.isWith(inputs)) {
          break;
        }
      }
    }
    return found;
  }
}
