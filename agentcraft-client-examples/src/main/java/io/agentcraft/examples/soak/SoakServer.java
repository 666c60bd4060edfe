package io.agentcraft.examples.soak;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.examples.live.Advice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;

/** The server of a run, as far as the run may interfere with it. */
interface SoakServer extends AutoCloseable {

  /** Ends the description of a fault after which not all clients reconnected. */
  String LOST = ", and not all came back";

  /** Returns its URL for the report. */
  String url();

  /** Returns options for one more client. */
  AgentCraftClientBuilder options();

  /** Returns how long a run that lasts by the clock pauses between two rounds. */
  Duration rest();

  /** Returns the session that clients request. */
  String sessionId();

  /** Sends messages to the clients, if the run can make the server do so. */
  void traffic();

  /**
   * Injects a fault, and waits until all clients have recovered from it.
   *
   * @return a description; ends with {@link #LOST} if a client did not reconnect
   */
  String injectFault(Fleet fleet, Random random);

  /** Ends a fault that lasts. */
  void heal();

  /** Discards what the server remembers, so that only the clients' memory is measured; clients reconnect. */
  void restart(Fleet fleet);

  @Override
  void close();

  /** A server elsewhere. Nothing is done to it; only the sockets of the clients are cut. */
  final class Foreign implements SoakServer {

    private final String url;
    private final OkHttpClient http;
    private final CuttableSockets sockets;
    private final Consumer<AgentCraftClientBuilder> credentials;

    Foreign(
        String url,
        OkHttpClient http,
        CuttableSockets sockets,
        Consumer<AgentCraftClientBuilder> credentials) {
      this.url = url;
      this.http = http;
      this.sockets = sockets;
      this.credentials = credentials;
    }

    @Override
    public String url() {
      return url;
    }

    /** The protocol's own pace and limits, with jitter so that the clients do not reconnect all at once. */
    @Override
    public AgentCraftClientBuilder options() {
      AgentCraftClientBuilder options = AgentCraftClient.builder(url)
          .okHttpClient(http)
          .requestTimeout(Duration.ofSeconds(30))
          .reconnectPolicy(ExponentialBackoff.defaults()
              .withMaxAttempts(ExponentialBackoff.UNLIMITED)
              .withGiveUpRule(Advice::isFinal)
              .withJitter(0.5));
      credentials.accept(options);
      return options;
    }

    /** Each client sends one request per round, which is far below the server's 60 frames a minute. */
    @Override
    public Duration rest() {
      return Duration.ofSeconds(5);
    }

    @Override
    public String sessionId() {
      return "session_soak";
    }

    @Override
    public void traffic() {}

    @Override
    public String injectFault(Fleet fleet, Random random) {
      boolean reset = random.nextBoolean();
      int cut = sockets.cutHalf(random, reset);
      boolean allBack = fleet.awaitAllConnected();
      return (reset ? "reset of " : "cut of ") + cut + " client sockets" + (allBack ? "" : LOST);
    }

    @Override
    public void heal() {}

    @Override
    public void restart(Fleet fleet) {}

    @Override
    public void close() {}
  }

  /** Creates the sockets of an OkHttpClient, and cuts them. */
  final class CuttableSockets extends SocketFactory {

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Closes each open socket with a chance of one half.
     *
     * @param reset whether the server sees a reset instead of an end of stream
     * @return how many were closed
     */
    int cutHalf(Random random, boolean reset) {
      int cut = 0;
      for (Socket socket : Set.copyOf(open)) {
        if (random.nextBoolean()) {
          cut++;
          close(socket, reset);
        }
      }
      return cut;
    }

    @Override
    public Socket createSocket() {
      Socket socket = new Tracked();
      open.add(socket);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
      throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw onlyUnconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw onlyUnconnected();
    }

    private static void close(Socket socket, boolean reset) {
      try (socket) {
        socket.setSoLinger(reset, 0);
      } catch (IOException closedMeanwhile) {
        // As intended.
      }
    }

    private static UnsupportedOperationException onlyUnconnected() {
      return new UnsupportedOperationException("OkHttp creates unconnected sockets only.");
    }

    private final class Tracked extends Socket {

      @Override
      public synchronized void close() throws IOException {
        open.remove(this);
        super.close();
      }
    }
  }
}
