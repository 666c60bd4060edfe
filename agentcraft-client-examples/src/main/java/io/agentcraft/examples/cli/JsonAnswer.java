package io.agentcraft.examples.cli;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ServerMessage;
import java.io.PrintWriter;
import java.util.function.BiConsumer;
import picocli.CommandLine.Option;

/** An answer for people, or for programs. */
final class JsonAnswer {

  @Option(names = "--json", description = "The server's message, as JSON in one line.")
  private boolean json;

  /** Returns what prints an answer as it is wanted. */
  <M extends ServerMessage> BiConsumer<M, PrintWriter> or(BiConsumer<M, PrintWriter> words) {
    return json ? (answer, out) -> out.println(MessageCodec.create().encode(answer)) : words;
  }
}
