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
import io.agentcraft.client.internal.client.RequestKind;
import io.agentcraft.client.listener.LogLineListener;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.view.TrackingBoard;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of one AgentCraft server: listens, asks and sends over one WebSocket, which it keeps alive and opens again
 * when it is lost.
 *
 * <p>All methods may be called from any thread and return without waiting for the network, {@link #close()} excepted.
 * Listeners run one at a time on the callback executor; futures are completed on a thread of the SDK's own, so waiting
 * for one inside a listener works. Register listeners before {@link #connect()} to miss nothing: a server sends {@code
 * active_sessions} at once.
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
   * Begins a client.
   *
   * @param url the server: {@code ws://}, {@code wss://}, {@code http://} or {@code https://} with host and port.
   *     Without a path, {@code /ws/agent-tracking} is tried, and when that is refused {@code /api/ws/agent-tracking};
   *     a path is taken as it is. The client id is appended, before the query if there is one. The query is sent with each
   *     handshake (not with updates published by HTTP) and never shown; the path appears in logs and errors
   * @return a builder with the protocol's defaults
   */
  public static AgentCraftClientBuilder builder(String url) {
    return new AgentCraftClientBuilder(Objects.requireNonNull(url, "url"));
  }

  /**
   * Connects, and from then on stays connected: a lost connection is opened again as the {@code reconnectPolicy} says.
   * Calling it while connecting or connected only returns another future.
   *
   * @return completes with the state once the WebSocket is open. Fails with {@link ConnectionFailedException}, which
   *     has the typed cause, when the client gave up; with {@link ClientClosedException} when it was closed
   */
  public CompletableFuture<ConnectionState> connect() {
    return core.connect();
  }

  /**
   * Returns where the connection stands now.
   *
   * @return an immutable snapshot
   */
  public ConnectionState connectionState() {
    return core.state();
  }

  /**
   * Asks for the state of a session ({@code get_session_state}). While reconnecting the question waits for the new
   * connection; one in flight when a connection is lost is asked again.
   *
   * @param sessionId the session's id
   * @return completes with the answer. Fails with {@link SessionNotFoundException} if the server says so, {@link
   *     RequestTimeoutException} if nothing came in time (what a server of the documented form does for a session that
   *     it does not know), {@link NotConnectedException} if the client neither is nor is about to be connected, {@link
   *     ConnectionFailedException} if it gave up, {@link ClientClosedException} if it was closed
   * @throws IllegalArgumentException if the id is empty, or has half a character (an unpaired surrogate)
   */
  public CompletableFuture<SessionState> getSessionState(String sessionId) {
    return core.ask(RequestKind.STATE, sessionId, SessionState.class);
  }

  /**
   * Asks for the newest log entries of a session ({@code get_session_logs}), at most 50. A server answers with an empty
   * list for a session that it does not know.
   *
   * @param sessionId the session's id
   * @return completes with the answer; fails like {@link #getSessionState(String)}
   * @throws IllegalArgumentException if the id is empty, or has half a character (an unpaired surrogate)
   */
  public CompletableFuture<SessionLogs> getSessionLogs(String sessionId) {
    return core.ask(RequestKind.LOGS, sessionId, SessionLogs.class);
  }

  /**
   * Asks for a session's log lines as they happen ({@code start_log_streaming}), now and on every new connection, until
   * {@link #stopLogStreaming()}. There is one stream: another call replaces the session. Listen with {@link
   * #onLogLine(LogLineListener)}.
   *
   * @param sessionId the session's id
   * @throws IllegalArgumentException if the id is empty, or has half a character (an unpaired surrogate)
   * @throws ClientClosedException if the client was closed
   */
  public void startLogStreaming(String sessionId) {
    core.streamLogsOf(ClientCore.requireSessionId(sessionId));
  }

  /**
   * Ends the log stream ({@code stop_log_streaming}). Does nothing if none was asked for.
   *
   * @throws ClientClosedException if the client was closed
   */
  public void stopLogStreaming() {
    core.streamLogsOf(null);
  }

  /**
   * Sends a message as it is, once, below the server's limit of frames a minute.
   *
   * @param message the message; {@link io.agentcraft.client.message.UnknownMessage} for types of one's own
   * @return completes when the socket has taken the message: the protocol has no acknowledgement. Fails with {@link
   *     NotConnectedException} without an open connection, {@link SendRejectedException} if it is too large or too
   *     much waits already, {@link ClientClosedException} if the client was closed
   * @throws IllegalArgumentException if the message holds something that JSON cannot, for example {@code NaN}
   */
  public CompletableFuture<Void> send(ClientMessage message) {
    return core.send(Objects.requireNonNull(message, "message"));
  }

  /**
   * Speaks for an agent: publishes what it does. Connects by itself if need be; with {@code PublishTransport.HTTP} it opens no
   * WebSocket at all.
   *
   * @param id the agent's id; not empty
   * @param name the agent's name, for people
   * @return a publisher, to be kept as long as the agent lives
   * @throws IllegalArgumentException if the id is empty, or one of the two has half a character (an unpaired surrogate)
   */
  public AgentPublisher agent(String id, String name) {
    return core.agent(Objects.requireNonNull(id, "id"), Objects.requireNonNull(name, "name"));
  }

  /**
   * Returns what is true now, folded from all messages. The board is attached at the first call, and begins with the
   * messages that come after it: call it before {@link #connect()}.
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
   * Returns the messages of one type as a reactive stream. Each subscriber gets what arrives after it subscribed, as much
   * as it asks for; what it has not asked for yet waits in a buffer of its own. When that is full, {@link
   * OverflowStrategy#BLOCK} holds back the callbacks of this client, all of them, and so in the end the server: nothing is lost,
   * but a subscriber that never asks holds up every listener, and after 30 to 60 s costs the connection. {@link
   * OverflowStrategy#DROP_OLDEST} drops the oldest in the buffer and counts it in {@link #droppedMessages()}.
   *
   * <p>Signals are given on the callback executor, in turn with the listeners, apart from {@code onSubscribe}, which the
   * subscribing thread gives. A stream outlasts reconnects and ends with {@code onComplete} when the client is closed. A
   * subscriber that throws loses its subscription, and {@link #onError} hears of it.
   *
   * @param type the record that messages arrive as, or {@code ServerMessage.class} for all of them
   * @param buffer how many messages may wait for a subscriber, at least 1
   * @param overflow what happens then
   * @param <M> the type
   * @return the publisher; it may be subscribed to any number of times
   * @throws IllegalArgumentException if the buffer is less than 1
   */
  public <M extends ServerMessage> Flow.Publisher<M> stream(
      Class<M> type, int buffer, OverflowStrategy overflow) {
    return registrations().messages(Objects.requireNonNull(type, "type"), buffer, overflow);
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
   * Returns how many frames came in that are no message: binary, no JSON, no object, without a type, broken inside, or
   * larger than {@code maxMessageBytes(…)}. Each is also told to {@link #onError}; the connection goes on. What nobody
   * listens to, and what {@code DROP_OLDEST} dropped, is not looked at.
   *
   * @return the number since the client was built
   */
  public long malformedFrames() {
    return core.malformedFrames();
  }

  /**
   * Closes the connection ({@code 1000}) and ends everything: no reconnection follows, pending futures fail with {@link
   * ClientClosedException}, listeners hear what was received before and then the state {@code CLOSED}. Waits for that,
   * at most about the {@code drainTimeout} and twice the {@code closeTimeout}; called by a listener, or by an interrupted thread, it does not wait.
   * May be called in any state, any number of times.
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
              + " With a scheduler that stands still, use closeAsync() and move it.",
          core.longestClose());
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("Closing never fails.", impossible);
    }
  }

  /**
   * Closes like {@link #close()}, without waiting.
   *
   * @return completes when everything has ended; never fails
   */
  public CompletableFuture<Void> closeAsync() {
    return core.close();
  }

  /**
   * Names the server and the state; holds no secrets.
   *
   * @return a line for logs
   */
  @Override
  public String toString() {
    return "AgentCraftClient[" + core.endpoint() + ", " + connectionState().status() + "]";
  }
}
