package io.agentcraft.client.it.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.ClientHarness;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.it.publish.LastWords.Ending;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that ends without closing its client: what people see of its agents and sessions afterwards. */
class ShutdownTest extends ClientHarness {

  private static final String REASON = "the process is shutting down";

  private final Recorder<ServerMessage> seen = new Recorder<>();

  @AfterEach
  void closeAll() {
    close();
  }

  private ReferenceServer watched(WireForm form) {
    ReferenceServer server = server(options -> options.form(form).pingInterval(Duration.ZERO));
    AgentCraftClient watcher = client(server.url(), options -> options);
    watcher.onMessage(seen::add);
    Await.get(watcher.connect());
    server.awaitConnections(1);
    return server;
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOYED, SIGNAL, 143",
    "DOCUMENTED, SIGNAL, 143",
    "DEPLOYED, EXIT, 3",
    "DOCUMENTED, EXIT, 3",
    "DEPLOYED, RETURN, 0",
    "DOCUMENTED, RETURN, 0",
    // Both block a thread of the SDK until the JVM has ended.
    "DEPLOYED, EXIT_BY_A_COMPLETION, 3",
    "DOCUMENTED, EXIT_BY_A_COMPLETION, 3",
    "DEPLOYED, EXIT_BY_A_LISTENER, 3",
    "DOCUMENTED, EXIT_BY_A_LISTENER, 3"
  })
  void whatIsOpenFailsWithTheProcess(WireForm form, Ending ending, int exitCode) {
    Child child = closed(new Child(watched(form), ending));
    if (ending == Ending.SIGNAL) {
      child.awaitAtWork();
      child.terminate();
    }
    for (int ends = 0; ends < 3; ends++) {
      assertThat(seen.next(message -> end(message) != null))
          .extracting(ShutdownTest::end)
          .isEqualTo(REASON);
    }
    assertThat(child.awaitExit()).isEqualTo(exitCode);
    // Nothing is logged.
    assertThat(child.output())
        .isEqualTo(ending == Ending.RETURN ? List.of() : List.of(LastWords.AT_WORK));
  }

  @Test
  void withoutTheHookNothingIsEnded() {
    ReferenceServer server = watched(WireForm.DEPLOYED);
    Child child = closed(new Child(server, Ending.EXIT_WITHOUT_HOOK));
    assertThat(child.awaitExit()).isEqualTo(LastWords.EXIT_CODE);
    server.sendRaw("{\"type\":\"marker\"}");
    seen.next(message -> message instanceof UnknownMessage);
    assertThat(seen.taken())
        .hasAtLeastOneElementOfType(SessionEvent.class)
        .extracting(ShutdownTest::end)
        .containsOnlyNulls();
  }

  /** Returns the error with which a message ends a session; {@code null} if it ends none. */
  private static @Nullable Object end(ServerMessage message) {
    if (message instanceof SessionEvent event && event.kind() == SessionEvent.Kind.SESSION_ERROR) {
      return event.data().get("error");
    }
    return message instanceof AgentStatusUpdate update
        ? update.metadata().get("session_error")
        : null;
  }

  /** The program in a JVM of its own. */
  private static final class Child implements AutoCloseable {

    private final Process process;
    private final Recorder<String> lines = new Recorder<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Child(ReferenceServer server, Ending ending) {
      List<String> command = List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-cp",
          classPath(),
          LastWords.class.getName(),
          server.url(),
          ending.name());
      try {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
      Thread reader = new Thread(this::read, "child-output");
      reader.setDaemon(true);
      reader.start();
    }

    /** Returns all that the tests run with: given by a launcher's class loader, or to this JVM as modules and jars. */
    private static String classPath() {
      if (LastWords.class.getClassLoader() instanceof URLClassLoader launcher) {
        return Arrays.stream(launcher.getURLs())
            .map(url -> Path.of(URI.create(url.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator));
      }
      return Stream.of(
              testClasses(),
              System.getProperty("jdk.module.path"),
              System.getProperty("surefire.test.class.path"),
              System.getProperty("java.class.path"))
          .filter(Objects::nonNull)
          .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the folder of the tests, which are on no path if they are patched into a module. */
    private static String testClasses() {
      String name = LastWords.class.getName().replace('.', '/') + ".class";
      URL file = Objects.requireNonNull(LastWords.class.getResource("/" + name));
      return Path.of(
              URI.create(file.toString().substring(0, file.toString().length() - name.length())))
          .toString();
    }

    private void read() {
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        output.lines().forEach(lines::add);
      } catch (IOException gone) {
        lines.add(gone.toString());
      }
      ended.complete(null);
    }

    void awaitAtWork() {
      assertThat(lines.next()).isEqualTo(LastWords.AT_WORK);
    }

    /** Sends SIGTERM. */
    void terminate() {
      process.toHandle().destroy();
    }

    int awaitExit() {
      Await.get(ended);
      return Await.get(process.onExit()).exitValue();
    }

    /** Returns all lines of its output. */
    List<String> output() {
      return Stream.concat(lines.taken().stream(), lines.rest().stream()).toList();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
