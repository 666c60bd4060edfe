package io.agentcraft.testing;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.time.Scheduler;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ReferenceServer}. Not thread-safe; every {@link #start} starts another server. */
public final class ReferenceServerBuilder {

  static final int NO_LIMIT = Integer.MAX_VALUE;

  WireForm form = WireForm.DOCUMENTED;
  Duration pingInterval = Duration.ofSeconds(30);
  int framesPerMinute = 60;
  MalformedFrameReaction malformedFrameReaction = MalformedFrameReaction.END_OF_STREAM;
  boolean compression = true;
  int port;
  InetAddress bindAddress = InetAddress.getLoopbackAddress();

  @Nullable
  String token;

  @Nullable
  SSLSocketFactory tls;

  boolean clientCertificate;

  @Nullable
  Scheduler scheduler;

  @Nullable
  InstantSource clock;

  final Set<String> hosts = new LinkedHashSet<>();
  final Set<String> origins = new LinkedHashSet<>();
  Consumer<String> refusalListener = Refusals::log;
  int mostWaiting = 1_024;
  Duration waitLimit = Duration.ofSeconds(30);
  Function<ServerMessage, String> encoder = MessageCodec.create()::encode;
  final Map<String, StaticContent> contents = new LinkedHashMap<>();
  private @Nullable Set<String> paths;
  private @Nullable Boolean relayStatus;
  private @Nullable Boolean deafConnections;
  private @Nullable ClientIdCheck clientIdCheck;

  ReferenceServerBuilder() {}

  /**
   * Sets which form of the protocol the server uses. It also determines the defaults of {@link #paths}, {@link #clientIdCheck},
   * {@link #relayStatus} and {@link #deafConnections}.
   *
   * @param wireForm the form; {@link WireForm#DOCUMENTED} by default
   * @return this builder
   */
  public ReferenceServerBuilder form(WireForm wireForm) {
    this.form = Objects.requireNonNull(wireForm, "wireForm");
    return this;
  }

  /**
   * Sets after how long without a frame from a client the server sends {@code ping}.
   *
   * @param interval the interval; 30 s by default; zero for no pings
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  public ReferenceServerBuilder pingInterval(Duration interval) {
    if (interval.isNegative()) {
      throw new IllegalArgumentException(
          "The ping interval was " + interval + ". Use a positive duration, or zero for no pings.");
    }
    this.pingInterval = interval;
    return this;
  }

  /**
   * Sets how many frames of one client id the server accepts in any 60 s. It silently drops the rest.
   *
   * @param frames how many; 60 by default
   * @return this builder
   * @throws IllegalArgumentException below 1
   */
  public ReferenceServerBuilder framesPerMinute(int frames) {
    if (frames < 1) {
      throw new IllegalArgumentException(
          "A limit of " + frames + " frames accepts nothing. Use 1 or more, or unlimitedFrames().");
    }
    this.framesPerMinute = frames;
    return this;
  }

  /**
   * Accepts any number of frames.
   *
   * @return this builder
   */
  public ReferenceServerBuilder unlimitedFrames() {
    this.framesPerMinute = NO_LIMIT;
    return this;
  }

  /**
   * Sets what the server does with client ids that don't have the form required by the protocol.
   *
   * @param check the reaction; by default {@link ClientIdCheck#HTTP_403} in the documented form, and {@link ClientIdCheck#OFF} in
   *     the deployed one, since that backend accepts any id
   * @return this builder
   */
  public ReferenceServerBuilder clientIdCheck(ClientIdCheck check) {
    this.clientIdCheck = Objects.requireNonNull(check, "check");
    return this;
  }

  /**
   * Sets how the server ends a connection on which a client sends something other than a JSON object.
   *
   * @param reaction the reaction; {@link MalformedFrameReaction#END_OF_STREAM} by default
   * @return this builder
   */
  public ReferenceServerBuilder onMalformedFrame(MalformedFrameReaction reaction) {
    this.malformedFrameReaction = Objects.requireNonNull(reaction, "reaction");
    return this;
  }

  /**
   * Sets where the WebSocket endpoint is mounted. A handshake elsewhere is refused with HTTP 403.
   *
   * @param mounts paths before the client id, such as {@code /ws/agent-tracking}; {@link WireForm#path} by default
   * @return this builder
   */
  public ReferenceServerBuilder paths(String... mounts) {
    this.paths = Stream.of(mounts)
        .map(mount -> mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount)
        .collect(Collectors.toUnmodifiableSet());
    return this;
  }

  /**
   * Sets whether an {@code agent_status} from a client is relayed to all clients, including the sender.
   *
   * @param relay whether to relay it; by default only in the documented form, since the deployed backend ignores the frame
   * @return this builder
   */
  public ReferenceServerBuilder relayStatus(boolean relay) {
    this.relayStatus = relay;
    return this;
  }

  /**
   * Sets whether the server knows its connections by client id only. Then the late clean-up of an old connection removes a new
   * one with the same id: the new one stays open, but receives no more answers, broadcasts or pings.
   *
   * @param deaf whether connections can become deaf; by default only in the deployed form
   * @return this builder
   */
  public ReferenceServerBuilder deafConnections(boolean deaf) {
    this.deafConnections = deaf;
    return this;
  }

  /**
   * Sets whether permessage-deflate is accepted when a client offers it.
   *
   * @param accepted whether to accept it; {@code true} by default
   * @return this builder
   */
  public ReferenceServerBuilder compression(boolean accepted) {
    this.compression = accepted;
    return this;
  }

  /**
   * Requires {@code Authorization: Bearer} with this token on every request. Other requests are answered with HTTP 401.
   *
   * @param bearerToken the token; none by default
   * @return this builder
   */
  public ReferenceServerBuilder requireToken(String bearerToken) {
    this.token = Objects.requireNonNull(bearerToken, "bearerToken");
    return this;
  }

  /**
   * Sets the port.
   *
   * @param number the port; 0, the default, takes a free one
   * @return this builder
   * @throws IllegalArgumentException if it is not from 0 to 65,535
   */
  public ReferenceServerBuilder port(int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException("There is no port " + number + ". Use 0 for a free one.");
    }
    this.port = number;
    return this;
  }

  /**
   * Sets the address that the server listens on. Any address but loopback makes it reachable from other machines.
   *
   * @param address the address; loopback by default
   * @return this builder
   */
  public ReferenceServerBuilder bindAddress(InetAddress address) {
    this.bindAddress = Objects.requireNonNull(address, "address");
    return this;
  }

  /**
   * Answers to other names than {@code localhost} and the address that the server listens on, such as the name of a proxy.
   * Requests with another {@code Host} are refused with HTTP 403. Otherwise a web page could use the server under a name of its
   * own (DNS rebinding).
   *
   * @param names names without a port; {@code *} for any. Added to those that were set before
   * @return this builder
   */
  public ReferenceServerBuilder allowHosts(String... names) {
    Stream.of(names).map(AccessRules::name).forEach(hosts::add);
    return this;
  }

  /**
   * Lets web pages from other origins than the server's own use it, over WebSocket and HTTP. Requests with another {@code Origin}
   * are refused with HTTP 403; requests without one, such as those of programs, are not affected.
   *
   * @param allowed origins such as {@code http://localhost:3000}; {@code *} for any. Added to those that were set before
   * @return this builder
   * @throws IllegalArgumentException if one is not an origin
   */
  public ReferenceServerBuilder allowOrigins(String... allowed) {
    for (String one : allowed) {
      String origin = one.equals(AccessRules.ANY) ? one : AccessRules.origin(one);
      if (origin == null) {
        throw new IllegalArgumentException("\"" + one
            + "\" is not an origin. Write for example http://localhost:3000, without a path.");
      }
      origins.add(origin);
    }
    return this;
  }

  /**
   * Sets who is notified when the server refuses a client id, a path, a {@code Host} or an {@code Origin}, at most ten times a
   * minute.
   *
   * @param listener receives a line that says what was refused and how to allow it, on any thread; by default it is logged
   * @return this builder
   */
  public ReferenceServerBuilder onRefusal(Consumer<String> listener) {
    this.refusalListener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Accepts TLS only ({@code wss}, {@code https}). {@code HeldCertificate} and {@code HandshakeCertificates} of {@code okhttp-tls}
   * create certificates for tests; the certificate has to name the host of {@link ReferenceServer#url}, 127.0.0.1 by default.
   *
   * @param sockets creates the server's sockets, with its certificate
   * @param clientCertificate whether clients have to present a certificate too
   * @return this builder
   */
  public ReferenceServerBuilder tls(SSLSocketFactory sockets, boolean clientCertificate) {
    this.tls = Objects.requireNonNull(sockets, "sockets");
    this.clientCertificate = clientCertificate;
    return this;
  }

  /**
   * Sets the source of time and timers, such as a {@link ManualScheduler}. The server does not close it.
   *
   * @param source the scheduler; by default the wall clock and a thread of the server's own
   * @return this builder
   */
  public ReferenceServerBuilder scheduler(Scheduler source) {
    this.scheduler = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * Sets the clock for the timestamps in messages, for a server whose clock is wrong.
   *
   * @param wallClock the clock; by default the scheduler's
   * @return this builder
   */
  public ReferenceServerBuilder clock(InstantSource wallClock) {
    this.clock = Objects.requireNonNull(wallClock, "wallClock");
    return this;
  }

  /**
   * Serves static content at a path over HTTP, in place of what the protocol has there. Handshakes are not affected.
   *
   * @param path the whole path, such as {@code /} or {@code /page.css}; previous content is replaced
   * @param content the answer to {@code GET} and {@code HEAD}; other methods are answered with HTTP 405
   * @return this builder
   * @throws IllegalArgumentException if the path does not begin with a slash
   */
  public ReferenceServerBuilder content(String path, StaticContent content) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path was " + path + ". Begin it with a slash, as /" + path + ".");
    }
    contents.put(path, content);
    return this;
  }

  /**
   * Starts the server and returns as soon as it listens.
   *
   * @return the running server
   * @throws java.io.UncheckedIOException if it can't listen on that address and port
   */
  public ReferenceServer start() {
    return new ReferenceServer(this);
  }

  /** Replaces the encoder, so that a test can count what is encoded. */
  ReferenceServerBuilder encoder(Function<ServerMessage, String> function) {
    this.encoder = function;
    return this;
  }

  /** Sets how many connections may wait for their client, and how long each may. */
  ReferenceServerBuilder waiting(int most, Duration limit) {
    this.mostWaiting = most;
    this.waitLimit = limit;
    return this;
  }

  ClientIdCheck checksClientIds() {
    if (clientIdCheck != null) {
      return clientIdCheck;
    }
    return form == WireForm.DEPLOYED ? ClientIdCheck.OFF : ClientIdCheck.HTTP_403;
  }

  Set<String> mounts() {
    return paths == null ? Set.of(form.path()) : paths;
  }

  boolean relaysStatus() {
    return relayStatus == null ? form == WireForm.DOCUMENTED : relayStatus;
  }

  boolean mapsByClientId() {
    return deafConnections == null ? form == WireForm.DEPLOYED : deafConnections;
  }
}
