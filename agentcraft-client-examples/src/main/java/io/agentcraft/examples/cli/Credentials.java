package io.agentcraft.examples.cli;

import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.testing.conformance.ConformanceKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The credentials that a command sends. The token itself is not an argument: others on the machine can see the command
 * line, and the shell keeps it in its history.
 */
final class Credentials {

  private static final String VARIABLE = "AGENTCRAFT_TOKEN";

  private final @Nullable String inVariable;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Send the bearer token in this file, which is read again for each handshake."
          + " By default the token in the variable " + VARIABLE + ", if it is set.")
  private @Nullable Path file;

  @Option(
      names = "--allow-token-over-plaintext",
      description = "Send the token over ws:// to another machine as well.")
  private boolean plaintext;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  Credentials() {
    this(System.getenv(VARIABLE));
  }

  Credentials(@Nullable String inVariable) {
    this.inVariable = inVariable == null || inVariable.isBlank() ? null : inVariable.strip();
  }

  /** Refuses a token on the command line and names the alternatives, without repeating the token. */
  @Option(names = "--token", hidden = true, arity = "0..1", paramLabel = "TOKEN")
  @SuppressWarnings("DoNotCallSuggester") // picocli calls it
  void refuse(String token) {
    throw new ParameterException(
        Objects.requireNonNull(command).commandLine(),
        "--token would show the token to others on this machine. Use --token-file FILE, or the"
            + " variable " + VARIABLE + ".");
  }

  /** Adds them to a client. */
  void addTo(AgentCraftClientBuilder client) {
    Path tokenFile = file;
    if (tokenFile != null) {
      var unused = read(tokenFile);
      client.tokenProvider(() -> CompletableFuture.completedFuture(read(tokenFile)));
    } else if (inVariable != null) {
      client.token(inVariable);
    }
    if (plaintext) {
      client.allowTokenOverPlaintext();
    }
  }

  /** Adds them to the conformance kit, which uses one token for all of its connections. */
  void addTo(ConformanceKit kit) {
    String token = file != null ? read(file) : inVariable;
    if (token != null) {
      kit.token(token);
    }
    if (plaintext) {
      kit.allowTokenOverPlaintext();
    }
  }

  private static String read(Path file) {
    String token;
    try {
      token = Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw Network.unreadable("--token-file", file, unreadable, "the token");
    }
    if (token.isEmpty()) {
      throw new Advice.WrongFile(
          "--token-file " + file + " is empty. Give a file that holds the token.", null);
    }
    return token;
  }
}
