package io.agentcraft.client.internal.codec;

import io.agentcraft.client.internal.guard.LogText;

/** Finds unpaired surrogates, which a Java string can hold and UTF-8 cannot encode. */
public final class Surrogates {

  private Surrogates() {}

  /**
   * Checks that a text can be sent.
   *
   * @param what the subject of the error message, for example {@code The session id}
   * @throws IllegalArgumentException if the text has an unpaired surrogate
   */
  public static void requirePaired(String what, String text) {
    int index = firstUnpaired(text);
    if (index >= 0) {
      throw unpaired(what, index);
    }
  }

  /** Returns the index of the first unpaired surrogate; -1 if there is none. */
  static int firstUnpaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) && !isPaired(text, i)) {
        return i;
      }
    }
    return -1;
  }

  static IllegalArgumentException unpaired(String what, int index) {
    return new IllegalArgumentException(
        LogText.escape(what) + " has an unpaired surrogate at index " + index
            + ", which UTF-8 cannot encode. Cut texts only between code points.");
  }

  private static boolean isPaired(String text, int i) {
    if (Character.isHighSurrogate(text.charAt(i))) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
