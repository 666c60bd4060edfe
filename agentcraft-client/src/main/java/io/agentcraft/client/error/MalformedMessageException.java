package io.agentcraft.client.error;

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
    super(problem + " The frame begins: " + truncate(rawText), cause);
    this.rawText = truncate(rawText);
  }

  /**
   * Returns the beginning of the frame.
   *
   * @return at most {@value #RAW_LIMIT} characters, ending with an ellipsis if the frame is longer
   */
  public String rawText() {
    return rawText;
  }

  private static String truncate(String text) {
    if (text.length() <= RAW_LIMIT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(RAW_LIMIT - 2)) ? RAW_LIMIT - 2 : RAW_LIMIT - 1;
    return text.substring(0, end) + "…";
  }
}
