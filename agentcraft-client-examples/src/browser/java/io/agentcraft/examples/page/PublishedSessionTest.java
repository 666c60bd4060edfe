package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.client.view.AgentChange;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * What a Java program publishes over FastAPI on uvicorn is shown by both components of the deployed web page: {@code
 * pages/readers.js} has their reading rules. The same program runs against a server of the documented form.
 */
@Browser
class PublishedSessionTest {

  private static final Path PAGE =
      Path.of("src", "browser", "resources", "pages", "page.html").toAbsolutePath();

  @SuppressWarnings("NullAway.Init")
  private static ChromeDriver driver;

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void startBrowser() {
    driver = Chromium.start();
  }

  @AfterAll
  static void quitBrowser() {
    if (driver != null) {
      driver.quit();
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    driver.get("about:blank");
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void aCrewIsShownAtWorkAndEnded() throws Exception {
    AgentCraftClient client = client(server("deployed"));
    try (SessionPublisher session = client.session("Why do webhooks fail?")) {
      AgentTask reader = session.agent("Reader");
      AgentTask checker = session.agent("Checker");
      AgentTask writer = session.agent("Writer");

      reader.progress(40, "Reading the logs").get(10, TimeUnit.SECONDS);
      checker.thinking("Which signatures?").get(10, TimeUnit.SECONDS);
      awaitShown(
          "demo", "Reader|PROCESSING|Reading the logs|40", "Checker|ANALYZING|Which signatures?|0");
      awaitShown(
          "chat",
          "Reader|processing|Reading the logs|40",
          "Checker|analyzing|Which signatures?|0",
          "Writer|idle||0");

      reader.complete("2,113 lines").get(10, TimeUnit.SECONDS);
      checker.fail(new IOException("no key")).get(10, TimeUnit.SECONDS);
      session.phase("writing");
      writer.toolStarted("search", "webhook signatures").get(10, TimeUnit.SECONDS);
      await(
          "the crew goes on",
          () -> shown("demo").get(0).equals("Reader|FINISHED|2,113 lines|100")
              && shown("demo").get(1).startsWith("Checker|ERROR|")
              && shown("demo").get(2).startsWith("Writer|PROCESSING|"));
      writer.complete("One page").get(10, TimeUnit.SECONDS);

      session.complete("The signature is checked twice").get(10, TimeUnit.SECONDS);
      awaitShown("demo");
      await(
          "nobody at work",
          () -> shown("chat").size() == 3
              && shown("chat").stream().allMatch(row -> row.contains("|finished|")));
    }
    assertThat(shown("bad")).isEmpty();
  }

  @Test
  void anAgentAloneIsShownAtWorkAndEnded() throws Exception {
    AgentCraftClient client = client(server("deployed"));
    AgentTask task = client.agent("agent-7", "Java Indexer").task("Index the repository");
    task.progress(3, 4, "3 of 4 files").get(10, TimeUnit.SECONDS);
    awaitShown("demo", "Java Indexer|PROCESSING|3 of 4 files|75");
    awaitShown("chat", "Java Indexer|processing|3 of 4 files|75");

    task.complete("4 files indexed").get(10, TimeUnit.SECONDS);
    awaitShown("demo");
    awaitShown("chat", "Java Indexer|finished|4 files indexed|100");
    assertThat(shown("bad")).isEmpty();
  }

  @Test
  void whoOpensThePageHalfwaySeesTheCrewWithinTheReminder() throws Exception {
    Server server = server("deployed");
    AgentCraftClient client = AgentCraftClient.builder(server.url())
        .publishReminder(Duration.ofMillis(500))
        .build();
    open.add(client);
    SessionPublisher session = client.session("Why do webhooks fail?");
    session.agent("Reader").progress(40, "Reading the logs").get(10, TimeUnit.SECONDS);
    session.agent("Writer").thinking("Finding words").get(10, TimeUnit.SECONDS);

    openPage(server);

    awaitShown("demo", "Reader|PROCESSING|Reading the logs|40", "Writer|ANALYZING|Finding words|0");
    awaitShown("chat", "Reader|processing|Reading the logs|40", "Writer|analyzing|Finding words|0");
    session.complete("Done").get(10, TimeUnit.SECONDS);
    awaitShown("demo");
    assertThat(shown("bad")).isEmpty();
  }

  /** The ends that a client of this library sees of the same program, on servers of both forms. */
  @Test
  void theSameProgramIsSeenByClientsOnBothForms() throws Exception {
    assertThat(ends(server("deployed"))).isEqualTo(ends(server("documented")));
  }

  private Map<String, AgentStatus> ends(Server server) throws Exception {
    Map<String, AgentStatus> ends = new HashMap<>();
    CountDownLatch all = new CountDownLatch(3);
    CompletableFuture<String> twice = new CompletableFuture<>();
    try (AgentCraftClient watcher = AgentCraftClient.builder(server.url()).build();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      watcher.onAgentChange(change -> {
        if (change.isEnd()) {
          note(change, ends, twice);
          all.countDown();
        }
      });
      watcher.connect().get(10, TimeUnit.SECONDS);
      try (SessionPublisher session = client.session("Why do webhooks fail?")) {
        session.agent("Reader").complete("2,113 lines");
        session.agent("Checker").fail(new IOException("no key"));
        session.complete("The signature is checked twice");
      }
      client.agent("agent-7", "Java Indexer").task("Index").complete("4 files");
      assertThat(all.await(10, TimeUnit.SECONDS)).as("ends: " + ends).isTrue();
    }
    assertThat(twice).as("a second end").isNotDone();
    return ends;
  }

  private static void note(
      AgentChange change, Map<String, AgentStatus> ends, CompletableFuture<String> twice) {
    if (ends.put(change.now().name(), change.now().status()) != null) {
      twice.complete(change.now().name());
    }
  }

  private Server server(String form) throws IOException, InterruptedException {
    Server server = Server.start(form);
    open.add(server);
    return server;
  }

  /** Opens the page and returns a client that publishes. */
  private AgentCraftClient client(Server server) {
    openPage(server);
    AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
    open.add(client);
    return client;
  }

  private static void openPage(Server server) {
    driver.get(PAGE.toUri() + "?server=" + server.url() + "/api/ws/agent-tracking");
    await(
        "the page is connected",
        () -> Long.valueOf(1).equals(driver.executeScript("return ws.readyState")));
  }

  private static List<String> shown(String list) {
    return driver.findElements(By.cssSelector("#" + list + " li")).stream()
        .map(WebElement::getText)
        .toList();
  }

  private static void awaitShown(String list, String... rows) {
    await("#" + list + " shows " + List.of(rows), () -> shown(list).equals(List.of(rows)));
  }

  private static void await(String what, java.util.function.BooleanSupplier condition) {
    new WebDriverWait(driver, Duration.ofSeconds(30), Duration.ofMillis(50))
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .ignoring(IndexOutOfBoundsException.class)
        .withMessage(() -> what + ", but #demo shows " + shown("demo") + ", #chat " + shown("chat")
            + ", #bad " + shown("bad"))
        .until(ignored -> condition.getAsBoolean());
  }

  /** The FastAPI application of the interop tests, run by uvicorn; ends with this JVM, which holds its standard input. */
  private record Server(Process process, int port) implements AutoCloseable {

    private static final String PYTHON =
        System.getenv().getOrDefault("AGENTCRAFT_PYTHON", "/usr/bin/python3");
    private static final Pattern RUNNING =
        Pattern.compile("Uvicorn running on http://127\\.0\\.0\\.1:(\\d+)");

    static Server start(String form) throws IOException, InterruptedException {
      assumeTrue(
          new ProcessBuilder(PYTHON, "-c", "import fastapi, uvicorn, websockets")
                  .start()
                  .waitFor()
              == 0,
          "There is no FastAPI. On Debian: apt-get install python3-fastapi uvicorn python3-websockets.");
      ProcessBuilder builder = new ProcessBuilder(
              PYTHON,
              "-m",
              "uvicorn",
              "app:app",
              "--app-dir",
              "../src-test-fixtures/src/interop",
              "--host",
              "127.0.0.1",
              "--port",
              "0",
              "--ws",
              "websockets")
          .redirectErrorStream(true);
      builder.environment().put("AGENTCRAFT_FORM", form);
      builder.environment().put("AGENTCRAFT_END_WITH_STDIN", "1");
      builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
      Process process = builder.start();
      return new Server(process, awaitPort(process));
    }

    private static int awaitPort(Process process) throws IOException {
      BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
      StringBuilder said = new StringBuilder();
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        said.append(line).append('\n');
        Matcher matcher = RUNNING.matcher(line);
        if (matcher.find()) {
          // Nobody reads more of it, and it must not block.
          Thread reader = new Thread(() -> log.lines().forEach(ignored -> {}), "uvicorn-log");
          reader.setDaemon(true);
          reader.start();
          return Integer.parseInt(matcher.group(1));
        }
      }
      throw new AssertionError("uvicorn did not start:\n" + said);
    }

    String url() {
      return "ws://127.0.0.1:" + port;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
