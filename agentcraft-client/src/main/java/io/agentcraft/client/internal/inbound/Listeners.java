package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Who wants which messages. Reading it takes no lock; listeners come and go at any time, from any thread. */
final class Listeners {

  private final Map<String, List<ServerMessageListener>> byType = new ConcurrentHashMap<>();
  private final List<ServerMessageListener> ofEverything = new CopyOnWriteArrayList<>();
  private final List<ServerMessageListener> ofUnknown = new CopyOnWriteArrayList<>();
  private final Predicate<String> isKnown;

  Listeners(Predicate<String> isKnown) {
    this.isKnown = isKnown;
  }

  Subscription add(Collection<String> types, ServerMessageListener listener) {
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

  Subscription addForEverything(ServerMessageListener listener) {
    return Registration.in(ofEverything, listener);
  }

  Subscription addForUnknown(ServerMessageListener listener) {
    return Registration.in(ofUnknown, listener);
  }

  /** Tells whether a message of this type has a listener, so that one that has none is never parsed. */
  boolean wants(String type) {
    return !ofEverything.isEmpty()
        || byType.containsKey(type)
        || (!ofUnknown.isEmpty() && !isKnown.test(type));
  }

  /** Hands each listener that wants the message to a caller, which decides what to do when it throws. */
  void forEach(ServerMessage message, Consumer<ServerMessageListener> caller) {
    ofEverything.forEach(caller);
    List<ServerMessageListener> listeners = byType.get(message.type());
    if (listeners != null) {
      listeners.forEach(caller);
    }
    if (message instanceof UnknownMessage) {
      ofUnknown.forEach(caller);
    }
  }

  private void remove(String type, ServerMessageListener listener) {
    byType.computeIfPresent(type, (t, listeners) -> {
      listeners.remove(listener);
      return listeners.isEmpty() ? null : listeners;
    });
  }
}
