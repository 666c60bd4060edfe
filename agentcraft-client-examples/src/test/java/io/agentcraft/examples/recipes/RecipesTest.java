package io.agentcraft.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.examples.guides.FrameWatcher;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the recipes against a server in this process. */
@Timeout(120)
class RecipesTest {

  private final PrintStream before = System.out;
  private final Printed printed = new Printed();
  private ReferenceServer server = ReferenceServer.start();

  @BeforeEach
  void takeStandardOutput() {
    System.setOut(printed);
  }

  @AfterEach
  void giveItBack() {
    System.setOut(before);
    server.close();
  }

  @Test
  void listens() throws Exception {
    try (Running recipe = new Running(Listen::main, server.url())) {
      printed.await("CONNECTED");
      server.awaitConnections(1);
      server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
      printed.await("Java Indexer: PROCESSING Indexing");
      recipe.stop();
    }
  }

  @Test
  void listensToTheDeployedForm() throws Exception {
    server.close();
    server = ReferenceServer.builder().form(WireForm.DEPLOYED).start();
    try (Running recipe = new Running(Listen::main, server.url())) {
      printed.await("CONNECTED");
      server.awaitConnections(1);
      server.startSession("session_1", "Why?", "Reader");
      printed.await("session_1: STARTED");
      server.agentStatus("agent-1", "Reader", AgentStatus.PROCESSING, 42, "Reading");
      printed.await("Reader: PROCESSING Reading");
      server.completeSession("session_1");
      printed.await("Reader: COMPLETED Reading");
      printed.await("session_1: COMPLETED");
      recipe.stop();
    }
  }

  @Test
  void asksForASession() throws Exception {
    server.startSession("session_1", "Why?", "Reader");
    AskForSession.main(new String[] {server.url(), "session_1"});
    assertThat(printed.next()).contains("Reader: ");
  }

  @Test
  void namesASessionThatIsUnknown() throws Exception {
    server.close();
    server = ReferenceServer.builder().form(WireForm.DEPLOYED).start();
    AskForSession.main(new String[] {server.url(), "session_9"});
    assertThat(printed.next()).isEqualTo("No session session_9");
  }

  @Test
  void followsALog() throws Exception {
    server.startSession("session_1", "Why?", "Reader");
    server.appendLog("session_1", "info", "Reader", "Before");
    server.startSession("session_2", "Why not?", "Writer");
    try (Running recipe = new Running(FollowLogs::main, server.url(), "session_1")) {
      server.awaitFrame("start_log_streaming");
      server.appendLog("session_2", "info", "Writer", "Elsewhere");
      server.appendLog("session_1", "error", "Reader", "Afterwards");
      printed.await("ERROR Afterwards");
      recipe.stop();
    }
    assertThat(printed.all()).containsExactly("INFO Before", "ERROR Afterwards");
  }

  @Test
  void followsALogOfTheDeployedForm() throws Exception {
    server.close();
    server = ReferenceServer.builder().form(WireForm.DEPLOYED).start();
    server.startSession("session_1", "Why?", "Reader");
    server.appendLog("session_1", "info", "Reader", "Before");
    server.startSession("session_2", "Why not?", "Writer");
    try (Running recipe = new Running(FollowLogs::main, server.url(), "session_1")) {
      server.awaitFrame("get_session_logs");
      server.appendLog("session_2", "info", "Writer", "Elsewhere");
      server.phase("session_1", "synthesis");
      printed.await("Phase: synthesis");
      recipe.stop();
    }
    assertThat(printed.all()).containsExactly("Before", "Phase: synthesis");
    assertThat(server.receivedFrames())
        .noneMatch(frame -> frame.text().contains("start_log_streaming"));
  }

  @Test
  void publishesAsAnAgent() throws Exception {
    try (FrameWatcher watcher = new FrameWatcher(server)) {
      PublishAsAgent.main(new String[] {server.url()});
      assertThat(List.of(printed.next(), printed.next()))
          .allMatch(receipt -> receipt.startsWith("Delivered["));
      assertThat(watcher.await("3 files indexed")).contains("\"task_id\":\"t-9\"");
    }
  }

  @Test
  void publishesUpToTheLastWord() throws Exception {
    try (FrameWatcher watcher = new FrameWatcher(server);
        AgentCraftClient client = client()) {
      AgentPublisher agent = client.agent("agent-7", "Java Indexer");
      assertThat(PublishAsAgent.read(agent).toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isInstanceOf(PublishReceipt.Delivered.class);
      assertThat(watcher.await("All files are read")).contains("\"status\":\"COMPLETED\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsACrewOfLangChain4j(WireForm form) throws Exception {
    server.close();
    server = ReferenceServer.builder().form(form).start();
    try (AgentCraftClient watching = client()) {
      BlockingQueue<SessionChange> ends = new LinkedBlockingQueue<>();
      watching.onSessionChange(change -> {
        if (change.isEnd()) {
          ends.add(change);
        }
      });
      connect(watching);
      LangChain4jCrew.main(new String[] {server.url()});
      String report = printed.next();
      assertThat(report).startsWith("Whoever has the secret");
      SessionChange end = Objects.requireNonNull(ends.poll(60, TimeUnit.SECONDS));
      assertThat(end.kind()).isEqualTo(SessionChange.Kind.COMPLETED);
      assertThat(end.now().query()).isEqualTo("Webhooks");
      assertThat(end.now().result()).isEqualTo(report);
      assertThat(end.now().agents())
          .extracting(AgentView::displayName)
          .containsExactly("Researcher", "Writer");
      assertThat(end.now().crewOutput().toString())
          .contains("Calling search {\"query\": \"Webhooks\"}");
    }
  }

  @Test
  void batchesAndThrottles() throws Exception {
    try (Running recipe = new Running(BatchAndThrottle::main, server.url())) {
      server.awaitConnections(1);
      server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
      printed.await("Java Indexer 42 %: Indexing");
      printed.awaitMatch(line -> line.endsWith(" changes"));
      recipe.stop();
    }
  }

  @Test
  void anAbsentProgressPrintsAsNothing() throws Exception {
    try (Running recipe = new Running(BatchAndThrottle::main, server.url())) {
      server.awaitConnections(1);
      server.sendRaw("{\"type\":\"agent_status\",\"agent_id\":\"agent-7\","
          + "\"agent_name\":\"Java Indexer\",\"status\":\"processing\",\"message\":\"Indexing\"}");
      printed.await("Java Indexer: Indexing");
      recipe.stop();
    }
  }

  @Test
  void sharesOneOkHttpClient() {
    OkHttpClient http = new OkHttpClient();
    try (AgentCraftClient client = SharedOkHttp.client(server.url(), http)) {
      new SharedOkHttp.FinishedAgents(client).start();
      assertThat(http.dispatcher().runningCallsCount()).isEqualTo(1);
    }
    http.dispatcher().executorService().shutdown();
  }

  @Test
  void printsTheAgentsThatAreDone() throws Exception {
    try (Running recipe = new Running(SharedOkHttp::main, server.url())) {
      server.awaitConnections(1);
      server.agentStatus("agent-7", "Java Indexer", AgentStatus.COMPLETED, 100, "Indexed");
      printed.await("Java Indexer is done: Indexed");
      recipe.stop();
    }
  }

  @Test
  void trustsAPrivateAuthorityAndSendsTheTokenOfTheFile(@TempDir Path folder) throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate certificate = new HeldCertificate.Builder()
        .addSubjectAlternativeName("127.0.0.1")
        .addSubjectAlternativeName("localhost")
        .signedBy(authority)
        .build();
    Path pem = Files.writeString(folder.resolve("authority.pem"), authority.certificatePem());
    Path token = Files.writeString(folder.resolve("token"), "example-token\n");
    HandshakeCertificates tls =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    OkHttpClient http = TlsAndToken.trusting(pem);
    try (ReferenceServer secured = ReferenceServer.builder()
            .tls(tls.sslSocketFactory(), false)
            .requireToken("example-token")
            .start();
        AgentCraftClient client = TlsAndToken.client(secured.url(), http, token)) {
      assertThat(client.connect().get(10, TimeUnit.SECONDS).isConnected()).isTrue();
      TlsAndToken.main(new String[] {secured.url(), pem.toString(), token.toString()});
      assertThat(printed.next()).isEqualTo("CONNECTED");
    } finally {
      http.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void streamsIntoReactor() throws Exception {
    try (AgentCraftClient client = client()) {
      var lines = ReactorStream.finished(client).take(2).collectList().toFuture();
      connect(client);
      server.agentStatus("agent-1", "Reader", AgentStatus.PROCESSING, 42, "Reading");
      server.agentStatus("agent-1", "Reader", AgentStatus.COMPLETED, 100, "Read");
      server.agentStatus("agent-1", "Reader", AgentStatus.COMPLETED, 100, "Read again");
      server.agentStatus("agent-2", "Writer", AgentStatus.ERROR, 10, "Out of ink");
      assertThat(lines.get(10, TimeUnit.SECONDS))
          .containsExactly("Reader: Read", "Writer: Out of ink");
    }
  }

  @Test
  void endsAfterThreeAgents() throws Exception {
    try (Running recipe = new Running(ReactorStream::main, server.url())) {
      server.awaitConnections(1);
      for (String name : List.of("Reader", "Writer", "Reviewer")) {
        server.agentStatus(name, name, AgentStatus.COMPLETED, 100, "Done");
        printed.await(name + ": Done");
      }
      recipe.awaitEnd();
    }
  }

  @Test
  void records(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    try (Running recipe = new Running(RecordTraffic::main, server.url(), file.toString(), "600")) {
      server.awaitConnections(1);
      server.collaboration("Researcher", "Writer", "It is ready");
      awaitContent(file, "It is ready");
      recipe.stop();
    }
    assertThat(Files.readAllLines(file))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(RecordedFrame.parse(line).text()).startsWith("{"));
  }

  @Test
  void showsItsNumbersAsPrometheusText() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (AgentCraftClient client = PrometheusMetrics.client(server.url(), registry)) {
      BlockingQueue<String> received = new LinkedBlockingQueue<>();
      client.onAgentStatus(update -> received.add(update.agentName()));
      connect(client);
      server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
      assertThat(received.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(registry.scrape())
          .contains(
              "agentcraft_frames_received_total{server=\"staging\",type=\"agent_status\"} 1.0",
              "agentcraft_connections_total{server=\"staging\"} 1.0");
    }
  }

  private AgentCraftClient client() {
    return AgentCraftClient.builder(server.url()).build();
  }

  private void connect(AgentCraftClient client) throws Exception {
    client.connect().get(10, TimeUnit.SECONDS);
    server.awaitConnections(1);
  }

  private static void awaitContent(Path file, String content) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(file).contains(content)) {
      assertThat(System.nanoTime() - deadline).as("%s in %s", content, file).isNegative();
      Thread.onSpinWait();
    }
  }

  /** The lines that a recipe prints. */
  private static final class Printed extends PrintStream {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> all = new CopyOnWriteArrayList<>();

    Printed() {
      super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(@Nullable String line) {
      all.add(String.valueOf(line));
      lines.add(String.valueOf(line));
    }

    @Override
    public void println(@Nullable Object line) {
      println(String.valueOf(line));
    }

    List<String> all() {
      return all;
    }

    String next() throws InterruptedException {
      String line = lines.poll(60, TimeUnit.SECONDS);
      assertThat(line).as("the line after %s", all).isNotNull();
      return Objects.requireNonNull(line);
    }

    void await(String expected) throws InterruptedException {
      awaitMatch(expected::equals);
    }

    void awaitMatch(Predicate<String> expected) throws InterruptedException {
      String line = next();
      while (!expected.test(line)) {
        line = next();
      }
    }
  }

  /** The main method of a recipe, on a thread of its own: most recipes run until they are stopped. */
  private static final class Running implements AutoCloseable {

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread;

    Running(Recipe recipe, String... args) {
      thread = new Thread(() -> {
        try {
          recipe.run(args);
          end.complete(null);
        } catch (InterruptedException stopped) {
          end.complete(null);
        } catch (Exception | Error failure) {
          end.completeExceptionally(failure);
        }
      });
      thread.start();
    }

    /** Stops the recipe. It must not have failed. */
    void stop() throws Exception {
      thread.interrupt();
      awaitEnd();
    }

    void awaitEnd() throws Exception {
      end.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  @FunctionalInterface
  private interface Recipe {

    void run(String[] args) throws Exception;
  }
}
