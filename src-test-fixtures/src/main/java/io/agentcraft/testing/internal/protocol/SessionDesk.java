package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.internal.form.Form;
import io.agentcraft.testing.internal.session.Session;
import io.agentcraft.testing.internal.session.SessionChange;
import io.agentcraft.testing.internal.session.SessionStore;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes sessions and tells everyone about it. Confined to the server's loop. */
public final class SessionDesk {

  private final SessionStore store;
  private final Form form;
  private final Outbox outbox;
  private List<Object> lastListed = List.of();

  SessionDesk(SessionStore store, Form form, Outbox outbox) {
    this.store = store;
    this.form = form;
    this.outbox = outbox;
  }

  public void change(Function<SessionStore, SessionChange> change) {
    outbox.deliver(form.announce(change.apply(store)));
    listIfChanged();
  }

  public ActiveSessions active() {
    return form.activeSessions(store.all());
  }

  public @Nullable Session find(String sessionId) {
    return store.find(sessionId);
  }

  /** Passes a client's own status on as it is, and takes note of it. */
  void relay(AgentStatusUpdate update, String text) {
    outbox.broadcastText(text);
    store.report(update);
    listIfChanged();
  }

  private void listIfChanged() {
    List<Object> listed = store.all().stream().map(form::listed).toList();
    if (!listed.equals(lastListed)) {
      lastListed = listed;
      outbox.broadcast(active());
    }
  }
}
