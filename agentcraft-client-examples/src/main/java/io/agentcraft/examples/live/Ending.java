package io.agentcraft.examples.live;

import io.agentcraft.client.connection.DisconnectCause;
import org.jspecify.annotations.Nullable;

/** How a run ended. */
public sealed interface Ending {

  /** Everything that was to happen has happened. */
  record Finished() implements Ending {}

  /** The time was up. */
  record TimeUp() implements Ending {}

  /**
   * The client gave up.
   *
   * @param message what happened and what to do
   * @param cause the typed cause; {@code null} if there is none
   */
  record GaveUp(String message, @Nullable DisconnectCause cause) implements Ending {}

  /**
   * The user or the system ended it.
   *
   * @param signal the signal's name, such as {@code INT}
   */
  record Interrupted(String signal) implements Ending {}

  /**
   * The command line itself failed.
   *
   * @param error what was thrown
   */
  record Broken(Throwable error) implements Ending {}

  /**
   * Describes the ending.
   *
   * @return a sentence
   */
  default String description() {
    if (this instanceof GaveUp gaveUp) {
      String type = gaveUp.cause() == null ? "" : gaveUp.cause().getClass().getSimpleName() + ": ";
      return type + gaveUp.message();
    }
    if (this instanceof Interrupted interrupted) {
      return "Ended by " + (interrupted.signal().equals("INT") ? "Ctrl-C" : interrupted.signal())
          + ".";
    }
    if (this instanceof Broken broken) {
      return "This command failed: " + broken.error();
    }
    return this instanceof TimeUp ? "The time is up." : "Finished.";
  }
}
