package io.agentcraft.client.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The application in {@code src/interop}, run by uvicorn in another process. */
final class RealServer implements AutoCloseable {

  static final String PYTHON =
      System.getenv().getOrDefault("AGENTCRAFT_PYTHON", "/usr/bin/python3");

  /** The WebSocket implementation that uvicorn uses: {@code websockets} is its default up to 0.54. */
  private static final String PROTOCOL =
      System.getenv().getOrDefault("AGENTCRAFT_UVICORN_WS", "websockets");

  private static final Path APPLICATION =
      Path.of(System.getProperty("basedir", "."), "src", "interop");
  private static final Pattern RUNNING =
      Pattern.compile("Uvicorn running on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final OkHttpClient HTTP = new OkHttpClient.Builder()
      .readTimeout(PATIENCE)
      .retryOnConnectionFailure(true)
      .build();

  private final Map<String, String> environment;
  private final List<String> options;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private Process process;
  private int port;

  private RealServer(Map<String, String> environment, List<String> options)
      throws IOException, InterruptedException {
    this.environment = environment;
    this.options = options;
    this.process = start(0);
  }

  static RealServer documented(String... options) throws Exception {
    return new RealServer(Map.of(), List.of(options));
  }

  static RealServer deployed(String... options) throws Exception {
    return new RealServer(Map.of("AGENTCRAFT_FORM", "deployed"), List.of(options));
  }

  static RealServer with(Map<String, String> environment, String... options) throws Exception {
    return new RealServer(environment, List.of(options));
  }

  int port() {
    return port;
  }

  String url() {
    return "ws://127.0.0.1:" + port;
  }

  /** Stops it as a deployment does (SIGTERM), and waits for its end. */
  void terminate() {
    // Process.destroy() would also close its standard input, on which it ends at once.
    process.toHandle().destroy();
    awaitExit();
  }

  /** Kills it (SIGKILL). */
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Starts a new process on the same port. */
  void startAgain() throws IOException, InterruptedException {
    HTTP.connectionPool().evictAll();
    process = start(port);
  }

  JsonNode get(String path) throws IOException {
    return call(new Request.Builder().url("http://127.0.0.1:" + port + path).build());
  }

  JsonNode post(String path, String body) throws IOException {
    return call(new Request.Builder()
        .url("http://127.0.0.1:" + port + path)
        .post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8)))
        .build());
  }

  void broadcast(String message) throws IOException {
    JsonNode answer = post("/api/ws/broadcast", message);
    if (!answer.path("success").asBoolean()) {
      throw new AssertionError("broadcast failed: " + answer);
    }
  }

  /** Waits until a count that {@code hooks.py} keeps for a client is reached. */
  JsonNode await(String clientId, String what, int least) throws IOException {
    return get("/test/await/" + clientId + "/" + what + "/" + least);
  }

  /** Returns what the server knows of a client. */
  JsonNode client(String clientId) throws IOException {
    return get("/test/client/" + clientId);
  }

  String log() {
    return String.join("\n", log);
  }

  @Override
  public void close() {
    kill();
  }

  private JsonNode call(Request request) throws IOException {
    try (Response response = HTTP.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new AssertionError(request.url() + ": HTTP " + response.code() + "\n" + log());
      }
      return MAPPER.readTree(response.body().bytes());
    }
  }

  private Process start(int wantedPort) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-m", "uvicorn", "app:app"));
    command.addAll(List.of("--app-dir", APPLICATION.toString(), "--host", "127.0.0.1"));
    command.addAll(List.of("--port", String.valueOf(wantedPort), "--ws", PROTOCOL));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    // It ends with this JVM, however this JVM ends: its standard input is closed then.
    builder.environment().put("AGENTCRAFT_END_WITH_STDIN", "1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process started = builder.start();
    CompletableFuture<Integer> running = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(started, running), "uvicorn-log");
    reader.setDaemon(true);
    reader.start();
    try {
      port = running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      started.destroyForcibly();
      throw new AssertionError("uvicorn did not start:\n" + log(), failed);
    }
    return started;
  }

  private void read(Process of, CompletableFuture<Integer> running) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(of.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        Matcher matcher = RUNNING.matcher(line);
        if (matcher.find()) {
          running.complete(Integer.valueOf(matcher.group(1)));
        }
      }
    } catch (IOException gone) {
      log.add(gone.toString());
    }
    running.completeExceptionally(new IOException("the process ended"));
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("uvicorn does not stop:\n" + log());
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
