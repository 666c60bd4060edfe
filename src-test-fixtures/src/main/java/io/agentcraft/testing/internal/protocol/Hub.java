package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.testing.internal.form.Form;
import io.agentcraft.testing.internal.session.SessionStore;
import io.agentcraft.testing.internal.time.Loop;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where connections, frames and sessions meet: takes events off the sockets' threads and applies the rules in order. */
public final class Hub implements Connection.Events {

  /** Frames over this size are refused with 1009. */
  static final int FRAME_LIMIT = 16 * 1024 * 1024;

  /** Who watches. Called in the loop. */
  public interface Observer {
    void opened(Connection connection);

    void received(
        Connection connection, String text, @Nullable ClientMessage message, boolean dropped);

    void closed(Connection connection);
  }

  /**
   * The rules that can be set.
   *
   * @param pingInterval zero for none
   * @param relayStatus whether a client's agent_status goes to everyone
   * @param mapByClientId whether connections are known by client id only, so that they can turn deaf
   * @param closeOnGarbage whether a frame that is no JSON object is followed by a close frame (1000) or by none
   */
  public record Rules(
      Duration pingInterval, boolean relayStatus, boolean mapByClientId, boolean closeOnGarbage) {}

  private final Loop loop;
  private final Rules rules;
  private final Observer observer;
  private final RateLimiter limiter;
  private final Connections connections;
  private final Rewriting rewriting = new Rewriting();
  private final Outbox outbox;
  private final SessionDesk sessions;
  private final SilenceRule silence;
  private final Answers answers;
  private final ClientCommands commands;
  private final Consumer<Connection> welcome;
  private final MessageCodec codec = MessageCodec.create();

  /** Makes it; {@code welcome} may do something to each new connection before it is greeted. */
  public Hub(
      Loop loop,
      Rules rules,
      Form form,
      SessionStore store,
      RateLimiter limiter,
      Function<ServerMessage, String> encoder,
      Observer observer,
      Consumer<Connection> welcome) {
    this.loop = loop;
    this.rules = rules;
    this.observer = observer;
    this.welcome = welcome;
    this.limiter = limiter;
    this.connections = new Connections(rules.mapByClientId());
    this.outbox = new Outbox(encoder, connections, rewriting);
    this.sessions = new SessionDesk(store, form, outbox);
    this.silence = new SilenceRule(
        loop, rules.pingInterval(), connection -> outbox.answer(connection, List.of(form.ping())));
    this.answers = new Answers(outbox);
    this.commands = new ClientCommands(form, rules.relayStatus(), sessions, outbox, answers);
  }

  public Outbox outbox() {
    return outbox;
  }

  public SessionDesk sessions() {
    return sessions;
  }

  public Answers answers() {
    return answers;
  }

  public Rewriting rewriting() {
    return rewriting;
  }

  /** Everyone that a broadcast reaches. */
  public List<Connection> reachable() {
    return connections.reachable();
  }

  /** How many messages were sent to all connections together. */
  public long sent() {
    return outbox.sent();
  }

  @Override
  public void opened(Connection connection) {
    loop.execute(() -> {
      connections.add(connection);
      observer.opened(connection);
      welcome.accept(connection);
      if (connection.closure() != null) {
        return;
      }
      silence.restart(connection);
      outbox.answer(connection, List.of(sessions.active()));
    });
  }

  @Override
  public void text(Connection connection, String text) {
    loop.execute(
        () -> rewriting.received(connection, text).forEach(frame -> received(connection, frame)));
  }

  @Override
  public void binary(Connection connection, int size) {
    // The endpoint reads text only: anything else ends its handler.
    loop.execute(() -> garbage(connection, "(binary, " + size + " bytes)"));
  }

  @Override
  public void closed(Connection connection) {
    loop.inlineOrSoon(() -> {
      connections.remove(connection);
      silence.stop(connection);
      connection.stopWaiting();
      observer.closed(connection);
    });
  }

  private void received(Connection connection, String text) {
    if (text.length() > FRAME_LIMIT) {
      connection.close(loop, 1009, "Message too big");
      return;
    }
    silence.restart(connection);
    ClientMessage message;
    try {
      message = codec.decodeClient(text);
    } catch (MalformedMessageException malformed) {
      malformed(connection, text);
      return;
    }
    if (limiter.tryTake(connection.clientId())) {
      observer.received(connection, text, message, false);
      commands.handle(connection, message, text);
    } else {
      observer.received(connection, text, message, true);
    }
  }

  private void malformed(Connection connection, String text) {
    if (JsonText.isObject(text)) {
      // An object without a type or without what its type needs is passed over, but it counts.
      observer.received(connection, text, null, !limiter.tryTake(connection.clientId()));
    } else {
      garbage(connection, text);
    }
  }

  private void garbage(Connection connection, String text) {
    observer.received(connection, text, null, false);
    if (rules.closeOnGarbage()) {
      connection.close(loop, 1000, null);
    } else {
      connection.cut(false);
    }
  }
}
