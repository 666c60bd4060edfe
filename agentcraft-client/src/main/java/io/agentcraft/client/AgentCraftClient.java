package io.agentcraft.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.internal.client.ClientConfig;
import io.agentcraft.client.internal.client.ClientCore;
import io.agentcraft.client.internal.client.OptionChecks;
import io.agentcraft.client.internal.client.Requests;
import io.agentcraft.client.listener.LogLineListener;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.TrackingBoard;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of one AgentCraft server: listens, sends requests and publishes over one WebSocket, which it keeps alive and
 * reopens when it is lost.
 *
 * <p>All methods may be called from any thread and return without waiting for the network, {@link #close()} excepted.
 * Listeners run one at a time on the callback executor. Futures complete on other threads of the SDK, so a listener may wait
 * for one. Register listeners before {@link #connect()} to miss nothing: the server sends {@code active_sessions} at
 * once.
 */
public final class AgentCraftClient extends MessageSource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private final ClientCore core;

  AgentCraftClient(ClientConfig config) {
    this(new ClientCore(config));
  }

  private AgentCraftClient(ClientCore core) {
    super(core.registrations());
    this.core = core;
  }

  /**
   * Creates a builder.
   *
   * @param url the server: {@code ws://}, {@code wss://}, {@code http://} or {@code https://} with host and port.
   *     Without a path, {@code /ws/agent-tracking} is tried, and when that is refused {@code /api/ws/agent-tracking};
   *     a path is used as it is. The client id is appended, before the query if there is one. The query is sent with each
   *     handshake (not with updates published over HTTP) and never shown; the path appears in logs and errors
   * @return a builder with the protocol's defaults
   */
  public static AgentCraftClientBuilder builder(String url) {
    return new AgentCraftClientBuilder(Objects.requireNonNull(url, "url"));
  }

  /**
   * Connects and stays connected: a lost connection is reopened as the {@code reconnectPolicy} decides. Called while
   * connecting or connected, it only returns another future.
   *
   * @return completes with the state once the WebSocket is open. Fails with {@link ConnectionFailedException}, which
   *     has the typed cause, when the client gives up, and with {@link ClientClosedException} when it is closed
   */
  public CompletableFuture<ConnectionState> connect() {
    return core.connect();
  }

  /**
   * Returns the current state of the connection.
   *
   * @return an immutable snapshot
   */
  public ConnectionState connectionState() {
    return core.state();
  }

  /**
   * Requests the state of a session ({@code get_session_state}). Made while reconnecting, the request waits for the new
   * connection; one in flight when a connection is lost is sent again.
   *
   * @param sessionId the session's id
   * @return completes with the reply. Fails with {@link SessionNotFoundException} if the server does not know the session, {@link
   *     RequestTimeoutException} if no reply came in time (a server of the documented form does not reply for a session
   *     that it does not know), {@link NotConnectedException} if the client neither is nor is about to be connected, {@link
   *     ConnectionFailedException} if it gave up, {@link ClientClosedException} if it was closed
   * @throws IllegalArgumentException if the id is empty, or has an unpaired surrogate
   */
  public CompletableFuture<SessionState> getSessionState(String sessionId) {
    return core.request(Requests.Kind.STATE, OptionChecks.sessionId(sessionId), SessionState.class);
  }

  /**
   * Requests the newest log entries of a session ({@code get_session_logs}), at most 50. A server replies with an empty
   * list for a session that it does not know.
   *
   * @param sessionId the session's id
   * @return completes with the reply; fails like {@link #getSessionState(String)}
   * @throws IllegalArgumentException if the id is empty, or has an unpaired surrogate
   */
  public CompletableFuture<SessionLogs> getSessionLogs(String sessionId) {
    return core.request(Requests.Kind.LOGS, OptionChecks.sessionId(sessionId), SessionLogs.class);
  }

  /**
   * Streams a session's log lines as they are written ({@code start_log_streaming}), on this connection and on every new
   * one, until {@link #stopLogStreaming()}. A client has one stream: another call replaces the session. Listen with
   * {@link #onLogLine(LogLineListener)}.
   *
   * @param sessionId the session's id
   * @throws IllegalArgumentException if the id is empty, or has an unpaired surrogate
   * @throws ClientClosedException if the client was closed
   */
  public void startLogStreaming(String sessionId) {
    core.streamLogs(OptionChecks.sessionId(sessionId));
  }

  /**
   * Ends the log stream ({@code stop_log_streaming}). Does nothing if there is none.
   *
   * @throws ClientClosedException if the client was closed
   */
  public void stopLogStreaming() {
    core.streamLogs(null);
  }

  /**
   * Sends a message as it is, once, within the server's limit of frames a minute. A message that still waits for that limit
   * when its future is cancelled is not sent.
   *
   * @param message the message; {@link io.agentcraft.client.message.UnknownMessage} for types of your own
   * @return completes when the socket has accepted the message: the protocol has no acknowledgement. Fails with {@link
   *     NotConnectedException} without an open connection, {@link SendRejectedException} if it is too large or too
   *     much is queued already, {@link ClientClosedException} if the client was closed
   * @throws IllegalArgumentException if the message contains something that JSON cannot represent, for example {@code NaN}
   */
  public CompletableFuture<Void> send(ClientMessage message) {
    return core.send(Objects.requireNonNull(message, "message"));
  }

  /**
   * Returns a publisher for an agent's status. Publishing connects by itself if necessary; with {@code PublishTransport.HTTP}
   * it opens no WebSocket at all.
   *
   * @param id the agent's id; not empty
   * @param name the agent's name, as people see it
   * @return a publisher, to keep as long as the agent lives
   * @throws IllegalArgumentException if the id is empty, or one of the two has an unpaired surrogate
   */
  public AgentPublisher agent(String id, String name) {
    return core.publishers()
        .agent(Objects.requireNonNull(id, "id"), Objects.requireNonNull(name, "name"));
  }

  /**
   * Returns a publisher for a new session: a crew of agents that work on one query. It is published with its first update.
   *
   * @param query what the session works on
   * @return the session, to be closed
   */
  public SessionPublisher session(@Nullable String query) {
    return core.publishers().session(query);
  }

  /**
   * Returns a publisher for a new session with an id of your own.
   *
   * @param id the session's id, which no other session has; not empty
   * @param query what the session works on
   * @return the session, to be closed
   * @throws IllegalArgumentException if the id is empty, or has an unpaired surrogate
   */
  public SessionPublisher session(String id, @Nullable String query) {
    return core.publishers().session(Objects.requireNonNull(id, "id"), query);
  }

  /**
   * Returns the board, which reduces all messages to the current state of agents and sessions. It is attached at the first
   * call and begins with the messages that arrive after it: call it before {@link #connect()}.
   *
   * @return always the same board
   */
  public TrackingBoard board() {
    return registrations().board();
  }

  /**
   * Returns the messages of one type as a reactive stream, with a buffer of 256 and {@link OverflowStrategy#BLOCK}; see {@link
   * #stream(Class, int, OverflowStrategy)}.
   *
   * @param type the record that messages arrive as, or {@code ServerMessage.class} for all of them
   * @param <M> the type
   * @return the publisher
   */
  public <M extends ServerMessage> Flow.Publisher<M> stream(Class<M> type) {
    return stream(type, 256, OverflowStrategy.BLOCK);
  }

  /**
   * Returns the messages of one type as a reactive stream. Each subscriber receives what arrives after it subscribed, as much
   * as it requests; what it has not requested yet is kept in a buffer of its own. When that is full, of messages or of about a
   * million characters, {@link OverflowStrategy#BLOCK} holds back all callbacks of this client, and in the end the server: nothing is lost, but a
   * subscriber that never requests blocks every listener, and after 30 to 60 s costs the connection. {@link
   * OverflowStrategy#DROP_OLDEST} drops the oldest in the buffer and counts it in {@link #droppedMessages()}.
   *
   * <p>Signals are given on the callback executor, in order with the listeners, except for {@code onSubscribe}, which is
   * called on the subscribing thread. A stream survives reconnects and ends with {@code onComplete} when the client is
   * closed. A subscriber that throws loses its subscription, which is reported to {@link #onError}.
   *
   * @param type the record that messages arrive as, or {@code ServerMessage.class} for all of them
   * @param buffer how many messages are buffered for a subscriber, at least 1
   * @param overflow what happens when the buffer is full
   * @param <M> the type
   * @return the publisher; it may be subscribed to any number of times
   * @throws IllegalArgumentException if the buffer is less than 1
   */
  public <M extends ServerMessage> Flow.Publisher<M> stream(
      Class<M> type, int buffer, OverflowStrategy overflow) {
    return registrations().stream(Objects.requireNonNull(type, "type"), buffer, overflow);
  }

  /**
   * Returns the changes of agents as a reactive stream, with a buffer of 256 and {@link OverflowStrategy#BLOCK}; see {@link
   * #agentChanges(int, OverflowStrategy)}.
   *
   * @return the publisher
   */
  public Flow.Publisher<AgentChange> agentChanges() {
    return agentChanges(256, OverflowStrategy.BLOCK);
  }

  /**
   * Returns what {@link #onAgentChange} reports as a reactive stream, which is like that of {@link #stream(Class, int,
   * OverflowStrategy)} in all else.
   *
   * @param buffer how many changes are buffered for a subscriber, at least 1
   * @param overflow what happens when the buffer is full
   * @return the publisher; it may be subscribed to any number of times
   * @throws IllegalArgumentException if the buffer is less than 1
   */
  public Flow.Publisher<AgentChange> agentChanges(int buffer, OverflowStrategy overflow) {
    return registrations().agentChanges(buffer, overflow);
  }

  /**
   * Returns the changes of sessions as a reactive stream, with a buffer of 256 and {@link OverflowStrategy#BLOCK}; see {@link
   * #sessionChanges(int, OverflowStrategy)}.
   *
   * @return the publisher
   */
  public Flow.Publisher<SessionChange> sessionChanges() {
    return sessionChanges(256, OverflowStrategy.BLOCK);
  }

  /**
   * Returns what {@link #onSessionChange} reports as a reactive stream, which is like that of {@link #stream(Class, int,
   * OverflowStrategy)} in all else.
   *
   * @param buffer how many changes are buffered for a subscriber, at least 1
   * @param overflow what happens when the buffer is full
   * @return the publisher; it may be subscribed to any number of times
   * @throws IllegalArgumentException if the buffer is less than 1
   */
  public Flow.Publisher<SessionChange> sessionChanges(int buffer, OverflowStrategy overflow) {
    return registrations().sessionChanges(buffer, overflow);
  }

  /**
   * Returns how many messages were dropped because listeners or subscribers were too slow: always 0 unless {@link
   * OverflowStrategy#DROP_OLDEST} was chosen for {@code callbackQueue(…)} or a stream.
   *
   * @return the number since the client was built
   */
  public long droppedMessages() {
    return core.droppedMessages();
  }

  /**
   * Returns how many frames arrived that are not messages: binary, not JSON, not an object, without a type, malformed, or
   * larger than {@code maxMessageBytes(…)}. Each is also reported to {@link #onError}, and the connection goes on. Frames
   * that nobody listens to, and those that {@code DROP_OLDEST} dropped, are not checked.
   *
   * @return the number since the client was built
   */
  public long malformedFrames() {
    return core.malformedFrames();
  }

  /**
   * Closes the client: published updates are delivered within the {@code drainTimeout}, the connection is closed with code
   * 1000, pending futures fail with {@link ClientClosedException}, and listeners receive what arrived before and then the
   * state {@code CLOSED}. No reconnection follows.
   *
   * <p>Waits for all of that, at most the {@code drainTimeout} and twice the {@code closeTimeout}. When it returns, every
   * future of this client has completed, and what depends on them has run, as far as it runs on threads of the SDK. It does
   * not wait if it is called by an interrupted thread, by what depends on a future, or by any callback: a listener, the
   * reconnect policy, the token provider, the metrics, the frame listener, or an interceptor of the {@code OkHttpClient}. May
   * be called in any state, any number of times.
   */
  @Override
  public void close() {
    CompletableFuture<Void> closed = core.close();
    if (core.isOwnThread()) {
      return;
    }
    try {
      closed.get(core.longestClose().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException stuck) {
      LOG.warn(
          "Closing goes on in the background: it took longer than {}."
              + " With a manual scheduler, use closeAsync() and advance the clock.",
          core.longestClose());
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("Closing never fails.", impossible);
    }
  }

  /**
   * Closes like {@link #close()}, without waiting.
   *
   * @return completes when everything has ended, on a thread of the SDK; never fails
   */
  public CompletableFuture<Void> closeAsync() {
    return core.close();
  }

  /**
   * Describes the server and the state; contains no secrets.
   *
   * @return a line for logs
   */
  @Override
  public String toString() {
    return "AgentCraftClient[" + core.endpoint() + ", " + connectionState().status() + "]";
  }
}
