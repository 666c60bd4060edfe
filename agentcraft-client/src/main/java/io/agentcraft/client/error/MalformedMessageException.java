package io.agentcraft.client.error;

import io.agentcraft.client.internal.guard.LogText;
import org.jspecify.annotations.Nullable;

/** A received frame is not a valid message of the protocol. It was skipped, and the connection stays open. */
public final class MalformedMessageException extends AgentCraftException {

  /** The maximum length of {@link #rawText()}, in characters. */
  public static final int RAW_LIMIT = 512;

  private static final long serialVersionUID = 1L;

  /** The beginning of the frame. */
  private final String rawText;

  /**
   * Creates the exception.
   *
   * @param problem what is wrong with the frame
   * @param rawText the frame, of which the exception keeps the first {@value #RAW_LIMIT} characters
   * @param cause the parser's error; may be {@code null}
   */
  public MalformedMessageException(String problem, String rawText, @Nullable Throwable cause) {
    super(problem + " The frame begins: " + LogText.beginning(rawText, RAW_LIMIT), cause);
    this.rawText = LogText.beginning(rawText, RAW_LIMIT);
  }

  /**
   * Returns the beginning of the frame, unescaped.
   *
   * @return at most {@value #RAW_LIMIT} characters, ending with an ellipsis if the frame is longer
   */
  public String rawText() {
    return rawText;
  }
}
