package io.agentcraft.testing;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * An AgentCraft server in this process, for tests and demonstrations. It follows the protocol's rules, does what a test
 * tells it, and remembers what clients did.
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
 * queues. It listens on loopback only unless told otherwise.
 */
public final class ReferenceServer extends SessionControls implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerParts parts;
  private final Waits waits;
  private final Faults faults;
  private final AtomicBoolean closed = new AtomicBoolean();

  ReferenceServer(ReferenceServerBuilder options) {
    this(new ServerParts(options));
  }

  private ReferenceServer(ServerParts parts) {
    super(parts);
    this.parts = parts;
    waits = new Waits(parts.journal, PATIENCE);
    faults = new Faults(parts);
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
   * Returns the options of a server to be.
   *
   * @return a builder with all defaults
   */
  public static ReferenceServerBuilder builder() {
    return new ReferenceServerBuilder();
  }

  /**
   * Returns the address for clients that find the path themselves. Of a server that listens on all addresses it is that of
   * loopback.
   *
   * @return {@code ws://HOST:PORT}, or {@code wss} with TLS
   */
  public String url() {
    return (parts.secure ? "wss://" : "ws://") + authority();
  }

  /**
   * Returns the address with a path.
   *
   * @param path the path before the client id, such as {@code /ws/agent-tracking}
   * @return {@code ws://HOST:PORT/PATH}
   */
  public String url(String path) {
    return url() + (path.startsWith("/") ? path : "/" + path);
  }

  /**
   * Returns the address of the REST interface.
   *
   * @return {@code http://HOST:PORT}, or {@code https} with TLS
   */
  public String httpUrl() {
    return (parts.secure ? "https://" : "http://") + authority();
  }

  /**
   * Returns the port.
   *
   * @return the port that the server listens on
   */
  public int port() {
    return parts.web.getPort();
  }

  /**
   * Sends a message to everyone.
   *
   * @param message any message; encoded once
   */
  public void broadcast(ServerMessage message) {
    parts.loop.call(() -> parts.hub.outbox().broadcast(message));
  }

  /**
   * Sends a message to one client.
   *
   * @param clientId its id
   * @param message any message
   * @throws IllegalStateException if nobody with this id is connected
   */
  public void sendTo(String clientId, ServerMessage message) {
    int receivers = parts.loop.call(() -> parts.hub.outbox().personal(clientId, message));
    if (receivers == 0) {
      throw new IllegalStateException("No client " + clientId + " is connected, but " + clients()
          + ". Wait with awaitConnection().");
    }
  }

  /**
   * Sends a text frame to everyone as it is.
   *
   * @param text anything, also what is no JSON
   */
  public void sendRaw(String text) {
    parts.loop.call(() -> parts.hub.outbox().broadcastText(text));
  }

  /**
   * Sends a binary frame to everyone.
   *
   * @param bytes anything
   */
  public void sendBinary(byte[] bytes) {
    byte[] copy = bytes.clone();
    parts.loop.call(() -> parts.hub.outbox().broadcastBinary(copy));
  }

  /**
   * Returns what can be made to go wrong.
   *
   * @return the faults of this server
   */
  public Faults faults() {
    return faults;
  }

  /**
   * Connects a client of the SDK to this server, and returns when both sides know of it. The caller closes it.
   *
   * @param options sets options of the client; {@code UnaryOperator.identity()} for none
   * @return the connected client
   * @throws IllegalStateException if it did not connect within 10 s
   */
  public AgentCraftClient connectClient(UnaryOperator<AgentCraftClientBuilder> options) {
    return ClientStarter.connect(this, parts.journal, options);
  }

  /**
   * Returns who is connected.
   *
   * @return the open connections in the order they were opened
   */
  public List<ClientConnection> clients() {
    return parts.journal.open();
  }

  /**
   * Returns who ever connected.
   *
   * @return those that are open and the last 10,000 that are over, in the order they were opened
   */
  public List<ClientConnection> connections() {
    return parts.journal.all();
  }

  /**
   * Returns what clients sent.
   *
   * @return the last 100,000 frames of all connections in the order they arrived
   */
  public List<ReceivedFrame> receivedFrames() {
    return parts.journal.frames();
  }

  /**
   * Returns how many frames were dropped because their client had used up its frames of the minute.
   *
   * @return the number since the start
   */
  public long droppedFrames() {
    return parts.journal.dropped();
  }

  /**
   * Returns waits with a time-out of their own. The {@code await} methods of the server wait for 10 s.
   *
   * @param patience how long to wait, in real time
   * @return the waits
   */
  public Waits within(Duration patience) {
    return new Waits(parts.journal, patience);
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
   * Waits until so many connections are open at once, for up to 10 s.
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

  /** Ends all connections without a close frame, and all threads of the server. Does nothing the second time. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.close();
    }
  }

  private String authority() {
    InetAddress bound = parts.web.getSocketAddress().getAddress();
    InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    String host = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port();
  }
}
