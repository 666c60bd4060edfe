package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The server that a command talks to. */
final class Target {

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "The server, for example ws://localhost:8000.")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Send the bearer token in this file, which is read anew for each handshake.")
  private @Nullable Path tokenFile;

  /** Builds a client; what the builder refuses is an argument that is wrong. */
  AgentCraftClient client(CommandLine command, UnaryOperator<AgentCraftClientBuilder> options) {
    return build(command, () -> {
      AgentCraftClientBuilder builder = AgentCraftClient.builder(url());
      Path file = tokenFile;
      if (file != null) {
        var unused = read(file);
        builder.tokenProvider(() -> CompletableFuture.completedFuture(read(file)));
      }
      return options.apply(builder).build();
    });
  }

  /** Returns the URL as it was typed. */
  String url() {
    return Objects.requireNonNull(url);
  }

  /** Builds a client; what the builder refuses is an argument that is wrong. */
  static AgentCraftClient build(CommandLine command, Supplier<AgentCraftClient> client) {
    try {
      return client.get();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "--token-file " + file + " can't be read. Give a file that holds the token.", unreadable);
    }
  }
}
