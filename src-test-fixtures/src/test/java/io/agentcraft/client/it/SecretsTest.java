package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A secret is in no log line, no error and no {@code toString}, whatever happens to the connection. */
class SecretsTest extends IntegrationTest {

  private static final String SECRET = "hunter2";
  private static final String TOKEN = "tok-" + SECRET;

  /** Where the secret of the Authorization header comes from. Another header and the query always contain it. */
  enum Source {
    TOKEN,
    PROVIDER,
    HEADER
  }

  private final SdkLogs logs = new SdkLogs();
  private final Queue<String> shown = new ConcurrentLinkedQueue<>();

  @AfterEach
  void nothingShowsTheSecret() {
    logs.close();
    assertThat(logs.everything())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).doesNotContain(SECRET));
    assertThat(shown).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain(SECRET));
  }

  private AgentCraftClient secretive(String url, Source source, OkHttpClient http) {
    return secretive(url, source, http, 0);
  }

  private AgentCraftClient secretive(String url, Source source, OkHttpClient http, int attempts) {
    AgentCraftClient client = client(url + "?key=" + SECRET, options -> {
      AgentCraftClientBuilder builder = options
          .allowTokenOverPlaintext()
          .okHttpClient(http)
          .header("X-Api-Key", SECRET)
          .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(attempts));
      show(builder);
      return switch (source) {
        case TOKEN -> builder.token(TOKEN);
        case PROVIDER -> builder.tokenProvider(() -> CompletableFuture.completedFuture(TOKEN));
        case HEADER -> builder.header("Authorization", "Bearer " + TOKEN);
      };
    });
    client.onConnectionState(this::show);
    client.onError(this::show);
    client.onAgentStatus(this::show);
    return client;
  }

  private void show(Object object) {
    shown.add(String.valueOf(object));
    if (object instanceof Throwable error) {
      // With causes and suppressed exceptions.
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      shown.add(trace.toString());
    }
    if (object instanceof ConnectionFailedException failed) {
      show(failed.disconnectCause());
    }
    if (object instanceof ConnectionState state && state.cause() != null) {
      show(state.cause());
    }
    if (object instanceof DisconnectCause cause) {
      shown.add(cause.description());
    }
  }

  private void failsToConnect(String url, Source source, OkHttpClient http, String why) {
    AgentCraftClient client = secretive(url, source, http);
    Exception error = Await.failure(client.connect(), ConnectionFailedException.class);
    assertThat(error).hasMessageContaining(why);
    show(error);
    show(client);
    show(client.connectionState());
  }

  private void failsToPost(String url, Source source, OkHttpClient http, String why) {
    AgentCraftClient client = closed(AgentCraftClient.builder(url + "?key=" + SECRET)
        .scheduler(clock)
        .allowTokenOverPlaintext()
        .okHttpClient(http)
        .header("X-Api-Key", SECRET)
        .publishTransport(PublishTransport.HTTP)
        .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0))
        .tokenProvider(
            () -> CompletableFuture.completedFuture(source == Source.HEADER ? TOKEN + "\n" : TOKEN))
        .build());
    AgentPublisher agent = client.agent("a", "Agent");
    show(agent);
    Exception error = Await.failure(agent.completed("done").toCompletableFuture(), Exception.class);
    if (source != Source.HEADER) {
      assertThat(error).hasMessageContaining(why);
    }
    show(error);
    show(client);
  }

  @ParameterizedTest
  @EnumSource
  void whenAllGoesWellAndTheConnectionIsLost(Source source) {
    ReferenceServer server = server(options -> options.requireToken(TOKEN));
    AgentCraftClient client =
        secretive(server.url("/ws/agent-tracking"), source, new OkHttpClient(), 5);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    server.agentStatus("a", "Agent", AgentStatus.PROCESSING, 1, "at work");
    server.sendRaw("no message");
    AgentPublisher agent = client.agent("b", "Other");
    CompletableFuture<?> receipt = agent.completed("done").toCompletableFuture();
    show(Await.get(receipt));
    show(agent);
    show(client.board());
    cut(server);
    waiting(states);
    var unused = client.getSessionState("nobody");
    clock.advance(seconds(10));
    show(Await.failure(unused, Exception.class));
    show(client);
    show(client.connectionState());
    client.close();
    show(client);
    show(Await.failure(client.connect(), Exception.class));
    show(server.connections());
    show(server.receivedFrames());
  }

  @ParameterizedTest
  @EnumSource
  void whenTheHandshakeIsRefused(Source source) {
    ReferenceServer server = server();
    for (int status : new int[] {302, 400, 401, 403, 404, 500, 503}) {
      // One for each path that is tried.
      server
          .faults()
          .refuseNextHandshakes(2, status, "Location", "http://127.0.0.1:1/?key=" + SECRET);
      failsToConnect(server.url(), source, new OkHttpClient(), "HTTP " + status);
      server.faults().healAll();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenThereIsNoConnection(Source source) {
    ReferenceServer server = server();
    ReferenceServer encrypted = server(options ->
        options.tls(Certificates.server(Certificates.signedFor("other.example")), false));
    ReferenceServer gone = server();
    gone.close();
    OkHttpClient lost = new OkHttpClient.Builder()
        .dns(host -> {
          throw new UnknownHostException(host);
        })
        .build();
    List<InetAddress> two = List.of(loopback(1), loopback(2));
    OkHttpClient twoAddresses = new OkHttpClient.Builder().dns(host -> two).build();
    failsToConnect(
        encrypted.url(), source, Certificates.client(), "certificate is for another host");
    failsToConnect(encrypted.url(), source, new OkHttpClient(), "not trusted");
    failsToConnect(gone.url(), source, new OkHttpClient(), "ConnectException");
    failsToConnect("ws://agents.example:" + gone.port(), source, twoAddresses, "ConnectException");
    failsToConnect("ws://agents.example", source, lost, "UnknownHostException");

    server.faults().stallNextHandshake();
    AgentCraftClient client = secretive(server.url(), source, new OkHttpClient());
    CompletableFuture<?> connecting = client.connect();
    Await.until("a stalled handshake", () -> server.faults().stalledHandshakes() == 1);
    clock.advance(seconds(15));
    show(Await.failure(connecting, ConnectionFailedException.class));
    show(client);
  }

  @ParameterizedTest
  @EnumSource
  void whenAPostFails(Source source) {
    RecordingServer web = closed(new RecordingServer(false));
    String url = web.url("localhost");
    for (int status : new int[] {302, 307, 400, 401, 403, 404, 422, 500, 503}) {
      web.answer(status, "Location", "http://127.0.0.1:1/?key=" + SECRET);
      failsToPost(url, source, new OkHttpClient(), "HTTP " + status);
    }
    web.answer(200, "X-Body", "none");
    failsToPost(url, source, new OkHttpClient(), "not that of an AgentCraft server");
    failsToPost(
        closed(new RecordingServer(true)).url("127.0.0.1"),
        source,
        Certificates.client(),
        "certificate is for another host");
    web.close();
    failsToPost(url, source, new OkHttpClient(), "ConnectException");
    // No client of this test connects by WebSocket, which is what is logged.
    failsToConnect(url, source, new OkHttpClient(), "ConnectException");
  }

  @ParameterizedTest
  @EnumSource
  void whenAnInterceptorOrTheProviderFails(Source source) {
    RecordingServer web = closed(new RecordingServer(false));
    OkHttpClient rerouting = new OkHttpClient.Builder()
        .addInterceptor(chain -> chain.proceed(chain
            .request()
            .newBuilder()
            .url("http://127.0.0.1:1/?key=" + SECRET)
            .build()))
        .build();
    failsToConnect(web.url("localhost"), source, rerouting, "its token is for");
    failsToPost(web.url("localhost"), source, rerouting, "its token is for");

    for (String bad : new String[] {TOKEN + "\n", SECRET + "ü", "", SECRET + " " + SECRET}) {
      AgentCraftClient client = closed(AgentCraftClient.builder(web.url("localhost"))
          .scheduler(clock)
          .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0))
          .tokenProvider(() -> CompletableFuture.completedFuture(bad))
          .build());
      client.onConnectionState(this::show);
      show(Await.failure(client.connect(), ConnectionFailedException.class));
    }
  }

  @Test
  void whenTheProviderFailsItsWordsAreInTheCauseOnly() {
    AgentCraftClient client = closed(AgentCraftClient.builder("ws://localhost:1?key=" + SECRET)
        .scheduler(clock)
        .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0))
        .tokenProvider(() -> {
          throw new IllegalStateException("the vault does not open for " + SECRET);
        })
        .build());
    client.onConnectionState(this::show);
    ConnectionFailedException failed =
        Await.failure(client.connect(), ConnectionFailedException.class);
    assertThat(failed).hasCauseInstanceOf(IllegalStateException.class);
    shown.add(failed.getMessage());
    show(failed.disconnectCause());
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
