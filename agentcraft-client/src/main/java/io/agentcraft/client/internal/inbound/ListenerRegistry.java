package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.codec.MessageType;
import io.agentcraft.client.listener.ConnectionListener;
import io.agentcraft.client.listener.ErrorListener;
import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Who listens to what. Reading it takes no lock; listeners come and go at any time, from any thread. */
public final class ListenerRegistry {

  private final Map<String, List<ServerMessageListener>> byType = new ConcurrentHashMap<>();
  private final List<ServerMessageListener> ofEverything = new CopyOnWriteArrayList<>();
  private final List<ServerMessageListener> ofUnknown = new CopyOnWriteArrayList<>();
  private final List<ConnectionListener> ofStates = new CopyOnWriteArrayList<>();
  private final List<ErrorListener> ofErrors = new CopyOnWriteArrayList<>();

  /** Adds a listener to messages of these wire types. */
  public Subscription add(Collection<String> types, ServerMessageListener listener) {
    for (String type : types) {
      byType.compute(type, (t, listeners) -> {
        List<ServerMessageListener> present =
            listeners == null ? new CopyOnWriteArrayList<>() : listeners;
        present.add(listener);
        return present;
      });
    }
    return new Registration(() -> types.forEach(type -> remove(type, listener)));
  }

  public Subscription addForEverything(ServerMessageListener listener) {
    return add(ofEverything, listener);
  }

  public Subscription addForUnknown(ServerMessageListener listener) {
    return add(ofUnknown, listener);
  }

  public Subscription addForStates(ConnectionListener listener) {
    return add(ofStates, listener);
  }

  public Subscription addForErrors(ErrorListener listener) {
    return add(ofErrors, listener);
  }

  /** Returns whether a message of this type has a listener: one that has none is never parsed. */
  boolean wants(String type) {
    return !ofEverything.isEmpty()
        || byType.containsKey(type)
        || (!ofUnknown.isEmpty() && !MessageType.FROM_SERVER.isKnown(type));
  }

  void forEach(ServerMessage message, Consumer<ServerMessageListener> call) {
    ofEverything.forEach(call);
    List<ServerMessageListener> listeners = byType.get(message.type());
    if (listeners != null) {
      listeners.forEach(call);
    }
    if (message instanceof UnknownMessage) {
      ofUnknown.forEach(call);
    }
  }

  List<ConnectionListener> ofStates() {
    return ofStates;
  }

  List<ErrorListener> ofErrors() {
    return ofErrors;
  }

  private void remove(String type, ServerMessageListener listener) {
    byType.computeIfPresent(type, (t, listeners) -> {
      listeners.remove(listener);
      return listeners.isEmpty() ? null : listeners;
    });
  }

  private static <L> Subscription add(List<L> listeners, L listener) {
    listeners.add(listener);
    return new Registration(() -> listeners.remove(listener));
  }

  /** Ends a registration once: the same listener may be registered twice, and each subscription ends one of the two. */
  private static final class Registration implements Subscription {

    private final Runnable end;
    private final AtomicBoolean ended = new AtomicBoolean();

    Registration(Runnable end) {
      this.end = end;
    }

    @Override
    public void close() {
      if (ended.compareAndSet(false, true)) {
        end.run();
      }
    }
  }
}
