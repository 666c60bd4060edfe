package io.agentcraft.client.error;

import org.jspecify.annotations.Nullable;

/** A frame that is not a message of the protocol. It was skipped; the connection goes on. */
public final class MalformedMessageException extends AgentCraftException {

  /** How much of a frame an error keeps, in characters. */
  public static final int RAW_LIMIT = 512;

  private static final long serialVersionUID = 1L;

  /** What {@code rawText()} gives. */
  private final String rawText;

  /**
   * Makes the exception.
   *
   * @param problem what is wrong with the frame
   * @param rawText the frame; cut to {@value #RAW_LIMIT} characters
   * @param cause the parser's error; may be {@code null}
   */
  public MalformedMessageException(String problem, String rawText, @Nullable Throwable cause) {
    super(problem + " The frame begins: " + cut(rawText), cause);
    this.rawText = cut(rawText);
  }

  /**
   * Returns the beginning of the frame.
   *
   * @return at most {@value #RAW_LIMIT} characters, an ellipsis marking the cut
   */
  public String rawText() {
    return rawText;
  }

  private static String cut(String text) {
    if (text.length() <= RAW_LIMIT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(RAW_LIMIT - 2)) ? RAW_LIMIT - 2 : RAW_LIMIT - 1;
    return text.substring(0, end) + "…";
  }
}
