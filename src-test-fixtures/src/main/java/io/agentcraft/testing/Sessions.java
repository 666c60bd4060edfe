package io.agentcraft.testing;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.internal.protocol.Form;
import io.agentcraft.testing.internal.protocol.Session;
import io.agentcraft.testing.internal.protocol.SessionChange;
import io.agentcraft.testing.internal.protocol.SessionStore;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes sessions and announces each change to the clients. Confined to the server's loop. */
final class Sessions {

  private final SessionStore store;
  private final Form form;
  private final Broadcaster broadcaster;
  private List<Object> lastListed = List.of();

  Sessions(SessionStore store, Form form, Broadcaster broadcaster) {
    this.store = store;
    this.form = form;
    this.broadcaster = broadcaster;
  }

  void change(Function<SessionStore, SessionChange> change) {
    broadcaster.deliver(form.announce(change.apply(store)));
    listIfChanged();
  }

  ActiveSessions active() {
    return form.activeSessions(store.all());
  }

  @Nullable
  Session find(String sessionId) {
    return store.find(sessionId);
  }

  /** Relays a client's status as it is, and applies it to the sessions. */
  void relay(AgentStatusUpdate update, String text) {
    broadcaster.relay(update, text);
    store.report(update);
    listIfChanged();
  }

  private void listIfChanged() {
    List<Object> listed = store.all().stream().map(form::listed).toList();
    if (!listed.equals(lastListed)) {
      lastListed = listed;
      broadcaster.broadcast(active());
    }
  }
}
