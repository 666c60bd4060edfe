package io.agentcraft.testing;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange.Kind;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.testing.internal.protocol.SessionChange;
import io.agentcraft.testing.internal.protocol.SessionStore;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An AgentCraft server in this process, for tests and demonstrations. It follows the rules of the protocol, lets a test decide
 * what happens in its sessions, and records what clients do.
 *
 * <pre>{@code
 * try (ReferenceServer server = ReferenceServer.start()) {
 *   // connect a client to server.url()
 *   server.awaitConnection();
 *   server.startSession("session_1", "Why is the sky blue?", "Researcher", "Writer");
 *   server.agentStatus("agent-1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread. A method that sends returns when the frames are in the connections'
 * queues. By default the server listens on loopback only.
 */
public final class ReferenceServer implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ServerComponents components;
  private final Waits waits;
  private final Faults faults;
  private final AtomicBoolean closed = new AtomicBoolean();

  ReferenceServer(ReferenceServerBuilder options) {
    components = new ServerComponents(options);
    waits = new Waits(components.journal, TIMEOUT);
    faults = new Faults(components);
  }

  /**
   * Starts a server with all defaults: the documented form on a free port of the loopback interface.
   *
   * @return the running server
   */
  public static ReferenceServer start() {
    return builder().start();
  }

  /**
   * Creates a builder.
   *
   * @return a builder with all defaults
   */
  public static ReferenceServerBuilder builder() {
    return new ReferenceServerBuilder();
  }

  /**
   * Returns the URL for clients that find the path themselves. If the server listens on all addresses, it is that of
   * loopback.
   *
   * @return {@code ws://HOST:PORT}, or {@code wss} with TLS
   */
  public String url() {
    return (components.secure ? "wss://" : "ws://") + authority();
  }

  /**
   * Returns the URL with a path.
   *
   * @param path the path before the client id, such as {@code /ws/agent-tracking}
   * @return {@code ws://HOST:PORT/PATH}
   */
  public String url(String path) {
    return url() + (path.startsWith("/") ? path : "/" + path);
  }

  /**
   * Returns the URL of the REST interface.
   *
   * @return {@code http://HOST:PORT}, or {@code https} with TLS
   */
  public String httpUrl() {
    return (components.secure ? "https://" : "http://") + authority();
  }

  /**
   * Returns the port.
   *
   * @return the port that the server listens on
   */
  public int port() {
    return components.web.getPort();
  }

  /**
   * Sends a message to every client.
   *
   * @param message the message; encoded once
   */
  public void broadcast(ServerMessage message) {
    components.loop.call(() -> components.hub.broadcaster().broadcast(message));
  }

  /**
   * Sends a message to one client.
   *
   * @param clientId its id
   * @param message the message
   * @throws IllegalStateException if no client with this id is connected
   */
  public void sendTo(String clientId, ServerMessage message) {
    int receivers =
        components.loop.call(() -> components.hub.broadcaster().sendTo(clientId, message));
    if (receivers == 0) {
      throw new IllegalStateException("No client " + clientId + " is connected, but "
          + openConnections() + ". Wait with awaitConnection().");
    }
  }

  /**
   * Sends a text frame as it is to every client.
   *
   * @param text any text, also if it is not JSON
   */
  public void sendRaw(String text) {
    components.loop.call(() -> components.hub.broadcaster().broadcastText(text));
  }

  /**
   * Sends a binary frame to every client.
   *
   * @param bytes the payload
   */
  public void sendBinary(byte[] bytes) {
    byte[] payload = bytes.clone();
    components.loop.call(() -> components.hub.broadcaster().broadcastBinary(payload));
  }

  /**
   * Starts a session.
   *
   * @param sessionId the id; an existing session with this id is replaced
   * @param query the task of the crew
   * @param agentNames the agents of the crew; all are idle at first
   */
  public void startSession(String sessionId, String query, String... agentNames) {
    change(store -> store.start(sessionId, query, List.of(agentNames)));
  }

  /**
   * Reports the status of an agent.
   *
   * @param agentId the agent's id
   * @param agentName its name; the status is applied to running sessions that have an agent of this name
   * @param status the status
   * @param progress the progress, a percentage from 0 to 100
   * @param message what the agent is doing
   * @throws IllegalArgumentException if the progress or the status can't be published
   */
  public void agentStatus(
      String agentId, String agentName, AgentStatus status, double progress, String message) {
    agentStatus(AgentStatusUpdate.builder(agentId, agentName)
        .status(status)
        .progress(progress)
        .message(message)
        .timestamp(components.clock.now())
        .build());
  }

  /**
   * Reports the status of an agent. In the documented form clients receive the update as it is; in the deployed form a
   * snapshot of each running session that has an agent of this name, or the update as it is if there is none.
   *
   * @param update the update
   */
  public void agentStatus(AgentStatusUpdate update) {
    change(store -> store.report(update));
  }

  /**
   * Lets one agent hand off to another.
   *
   * @param from the first agent's name
   * @param to the second agent's name
   * @param reason why
   */
  public void collaboration(String from, String to, String reason) {
    collaboration(new AgentCollaboration(from, to, "handoff", reason, components.clock.iso()));
  }

  /**
   * Lets two agents collaborate.
   *
   * @param collaboration the message
   */
  public void collaboration(AgentCollaboration collaboration) {
    change(store -> new SessionChange.Collaborated(collaboration));
  }

  /**
   * Moves a session to another phase.
   *
   * @param sessionId the session
   * @param phase the phase; any text
   * @throws IllegalArgumentException if there is no such session
   */
  public void phase(String sessionId, String phase) {
    change(store -> store.enterPhase(sessionId, phase));
  }

  /**
   * Adds output of the crew.
   *
   * @param sessionId the session
   * @param agentName the agent whose output it is
   * @param type such as {@code thought} or {@code final_result}
   * @param content the output
   * @throws IllegalArgumentException if there is no such session
   */
  public void crewOutput(String sessionId, String agentName, String type, String content) {
    change(store -> store.addOutput(sessionId, type, content, agentName));
  }

  /**
   * Adds a line to a session's log.
   *
   * @param sessionId the session
   * @param level such as {@code info}
   * @param agentName the agent that logs it
   * @param message the line
   * @throws IllegalArgumentException if there is no such session
   */
  public void appendLog(String sessionId, String level, String agentName, String message) {
    appendLog(sessionId, LogEntry.documented(components.clock.iso(), level, agentName, message));
  }

  /**
   * Adds an entry to a session's log. In the documented form it is sent to the clients that stream this session's log, as
   * {@code session_logs} with this entry only; in the deployed form to every client, as {@code crewai_log}.
   *
   * @param sessionId the session
   * @param entry the entry
   * @throws IllegalArgumentException if there is no such session
   */
  public void appendLog(String sessionId, LogEntry entry) {
    change(store -> store.appendLog(sessionId, entry));
  }

  /**
   * Completes a session: all its agents are completed at 100 %. It stays in the list.
   *
   * @param sessionId the session
   * @throws IllegalArgumentException if there is no such session
   */
  public void completeSession(String sessionId) {
    change(store -> store.complete(sessionId));
  }

  /**
   * Fails a session: its agents that had not finished fail. It stays in the list.
   *
   * @param sessionId the session
   * @param error what went wrong
   * @throws IllegalArgumentException if there is no such session
   */
  public void failSession(String sessionId, String error) {
    change(store -> store.fail(sessionId, error));
  }

  /**
   * Removes a session from the list, as if it had never existed.
   *
   * @param sessionId the session; has no effect if there is none
   */
  public void removeSession(String sessionId) {
    change(store -> store.remove(sessionId));
  }

  /**
   * Replays a recording of a {@code FrameRecorder}: sends what its client received to every client that is connected, now or
   * later. The first frame is sent at once. The server still sends what it sends otherwise; {@code
   * faults().rewriteSent((connection, text) -> List.of())} silences it without affecting the replay.
   *
   * @param recording the file
   * @param speed how fast; time is that of the server's scheduler
   * @return the running replay
   * @throws java.io.UncheckedIOException if the file can't be read
   */
  public Replay replay(Path recording, ReplaySpeed speed) {
    Replay replay = new Replay(components.loop, components.hub.broadcaster(), recording, speed);
    components.start(replay);
    return replay;
  }

  /**
   * Returns the faults that a test can cause.
   *
   * @return the faults of this server
   */
  public Faults faults() {
    return faults;
  }

  /**
   * Connects a client of the SDK to this server, and returns when both sides know that it is connected. The caller closes it.
   *
   * @param options sets options of the client; {@code UnaryOperator.identity()} for none
   * @return the connected client
   * @throws IllegalStateException if it did not connect within 10 s
   */
  public AgentCraftClient connectClient(UnaryOperator<AgentCraftClientBuilder> options) {
    int before = components.journal.open().size();
    AgentCraftClient client = options.apply(AgentCraftClient.builder(url())).build();
    try {
      client.connect().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      components.journal.await(
          TIMEOUT, "the client to connect", seen -> seen.open().size() > before ? seen : null);
      return client;
    } catch (ExecutionException | TimeoutException failed) {
      client.close();
      throw new IllegalStateException("The client did not connect to " + url() + ".", failed);
    } catch (InterruptedException interrupted) {
      client.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the client connected.", interrupted);
    }
  }

  /**
   * Returns the open connections.
   *
   * @return the connections in the order in which they were opened
   */
  public List<ClientConnection> openConnections() {
    return components.journal.open();
  }

  /**
   * Returns all connections.
   *
   * @return the open ones and the last 10,000 that ended, in the order in which they were opened
   */
  public List<ClientConnection> connections() {
    return components.journal.all();
  }

  /**
   * Returns what clients sent.
   *
   * @return the last 100,000 frames of all connections, in the order in which they were received; fewer if they have more
   *     than 64 million characters together
   */
  public List<ReceivedFrame> receivedFrames() {
    return components.journal.frames();
  }

  /**
   * Returns how many frames were dropped because of the rate limit.
   *
   * @return the number since the server was started
   */
  public long droppedFrames() {
    return components.journal.dropped();
  }

  /**
   * Returns the same waits with another timeout. The {@code await} methods of the server wait for up to 10 s.
   *
   * @param timeout how long to wait, in real time
   * @return the waits
   */
  public Waits within(Duration timeout) {
    return new Waits(components.journal, timeout);
  }

  /**
   * Waits for a new connection, for up to 10 s.
   *
   * @return the connection
   * @see Waits#connection
   */
  public ClientConnection awaitConnection() {
    return waits.connection();
  }

  /**
   * Waits until exactly this many connections are open, for up to 10 s.
   *
   * @param count how many
   * @return the connections
   * @see Waits#connections
   */
  public List<ClientConnection> awaitConnections(int count) {
    return waits.connections(count);
  }

  /**
   * Waits for the end of a connection, for up to 10 s.
   *
   * @return the connection
   * @see Waits#disconnect
   */
  public ClientConnection awaitDisconnect() {
    return waits.disconnect();
  }

  /**
   * Waits for the next frame of a type, for up to 10 s.
   *
   * @param type the type on the wire, such as {@code pong}
   * @return the frame
   * @see Waits#frame(String)
   */
  public ReceivedFrame awaitFrame(String type) {
    return waits.frame(type);
  }

  /**
   * Waits for the next frame of a type, for up to 10 s.
   *
   * @param type the message class
   * @param <M> the message class
   * @return the decoded message
   * @see Waits#frame(Class)
   */
  public <M extends ClientMessage> M awaitFrame(Class<M> type) {
    return waits.frame(type);
  }

  /**
   * Waits for several frames of a type, for up to 10 s.
   *
   * @param type the type on the wire
   * @param count how many
   * @return the frames
   * @see Waits#frames
   */
  public List<ReceivedFrame> awaitFrames(String type, int count) {
    return waits.frames(type, count);
  }

  /**
   * Waits until clients have seen an agent in a status, for up to 10 s.
   *
   * @param agent the agent's name or id
   * @param status the status
   * @return the agent as it was then
   * @see Waits#agent
   */
  public AgentView awaitAgent(String agent, AgentStatus status) {
    return waits.agent(agent, status);
  }

  /**
   * Waits until clients have seen a change of a session, for up to 10 s.
   *
   * @param session the session's id or query
   * @param kind what changed
   * @return the session as it was then
   * @see Waits#session
   */
  public SessionView awaitSession(String session, Kind kind) {
    return waits.session(session, kind);
  }

  /**
   * Ends the server as a graceful stop does: it takes no new connections, closes all open ones with code 1001, and gives their
   * clients up to 2 s to answer. Has no effect after {@link #close}.
   */
  public void closeGracefully() {
    if (!closed.get()) {
      components.stop(GRACE);
      close();
    }
  }

  /** Ends all connections without a close frame, and all threads of the server. Has no effect the second time. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      components.close();
    }
  }

  private void change(Function<SessionStore, SessionChange> change) {
    components.loop.call(() -> components.hub.sessions().change(change));
  }

  private String authority() {
    InetAddress bound = components.web.getSocketAddress().getAddress();
    InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    String host = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port();
  }
}
