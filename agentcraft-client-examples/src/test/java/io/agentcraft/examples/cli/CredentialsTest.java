package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.testing.ReferenceServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command that connects takes the same credentials, and none on the command line. */
@Timeout(120)
class CredentialsTest {

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Each command with the other arguments that it needs. */
  static Stream<List<String>> connecting() {
    return Stream.of(
        List.of("demo", "--plain", "--url"),
        List.of("watch", "--plain"),
        List.of("tail", "--", "URL", "session_1"),
        List.of("sessions"),
        List.of("state", "--", "URL", "session_1"),
        List.of("publish", "--agent", "Indexer", "--status", "idle"),
        List.of("check"),
        List.of("record", "--", "URL", "FILE"),
        List.of("soak", "--clients", "1", "--rounds", "2"));
  }

  @ParameterizedTest
  @MethodSource("connecting")
  void aTokenOnTheCommandLineIsRefusedAndNotRepeated(List<String> command) {
    List<String> args = new ArrayList<>(List.of(command.get(0), "--token", "hush-7"));
    args.addAll(completed(command, "ws://localhost:1"));
    assertThat(run(args)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(out + err.toString())
        .contains("Use --token-file FILE, or the variable AGENTCRAFT_TOKEN.")
        .doesNotContain("hush-7");
  }

  @ParameterizedTest
  @MethodSource("connecting")
  void anEmptyTokenFileIsNamed(List<String> command) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "\n");
    assertThat(run(withTokenFile(command, "ws://localhost:1", file)))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("--token-file " + file + " is empty.");
  }

  @ParameterizedTest
  @MethodSource("connecting")
  void aTokenIsNotSentUnencryptedToAnotherMachine(List<String> command) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "hush-7");
    assertThat(run(withTokenFile(command, "ws://example.com", file)))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .contains("unencrypted to example.com")
        .contains("--allow-token-over-plaintext")
        .doesNotContain("hush-7");
  }

  @Test
  void aMissingTokenFileIsNamedWithTheReason() {
    Path missing = folder.resolve("missing");
    assertThat(run(List.of("sessions", "ws://localhost:1", "--token-file", missing.toString())))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("can't be read: there is no such file.");
  }

  @Test
  void soakLetsItsClientsIn() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "hush-7");
    try (ReferenceServer server =
        ReferenceServer.builder().requireToken("hush-7").start()) {
      run(withTokenFile(List.of("soak", "--clients", "2", "--rounds", "2"), server.url(), file));
      assertThat(out.toString()).contains("connected   2 of 2");
    }
  }

  @Test
  void soakWithoutItSaysWhatTheServerSaid() {
    try (ReferenceServer server =
        ReferenceServer.builder().requireToken("hush-7").start()) {
      assertThat(run(List.of("soak", server.url(), "--clients", "2", "--rounds", "2")))
          .isEqualTo(1);
      assertThat(out.toString())
          .contains("Only 0 of 2 clients were connected")
          .contains("401")
          .contains("Set --token-file FILE or AGENTCRAFT_TOKEN.");
    }
  }

  @Test
  void theVariableCountsWhereThereIsNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "of-the-file\n");
    assertThat(sent("of-the-variable")).contains("Bearer of-the-variable");
    assertThat(sent(" \n")).isEmpty();
    assertThat(sent("of-the-variable", "--token-file", file.toString()))
        .contains("Bearer of-the-file");
  }

  /** What a client shows the server. */
  private static Optional<String> sent(@Nullable String variable, String... args) throws Exception {
    Credentials credentials = new Credentials(variable);
    CommandSpec command = CommandSpec.create();
    command.addMixin("credentials", CommandSpec.forAnnotatedObject(credentials));
    new CommandLine(command).parseArgs(args);
    try (ReferenceServer server = ReferenceServer.start()) {
      AgentCraftClientBuilder builder = AgentCraftClient.builder(server.url());
      credentials.addTo(builder);
      try (AgentCraftClient client = builder.build()) {
        client.connect().get(30, TimeUnit.SECONDS);
        return server.awaitConnection().header("authorization");
      }
    }
  }

  private static List<String> withTokenFile(List<String> command, String url, Path file) {
    List<String> args = new ArrayList<>(List.of(command.get(0), "--token-file", file.toString()));
    args.addAll(completed(command, url));
    return args;
  }

  private static List<String> completed(List<String> command, String url) {
    List<String> args = new ArrayList<>(command.subList(1, command.size()));
    args.replaceAll(arg -> arg.equals("URL") ? url : arg.equals("FILE") ? "unwritten" : arg);
    if (!command.contains("URL")) {
      args.add(url);
    }
    return args;
  }

  private int run(List<String> args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args.toArray(String[]::new));
  }
}
