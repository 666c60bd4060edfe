package io.agentcraft.client.internal.codec;

/** Finds what a Java text can hold and UTF-8 cannot. */
public final class Surrogates {

  private Surrogates() {}

  /** The index of the first surrogate without its other half; -1 if there is none. */
  public static int firstUnpaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) && !pairedAt(text, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean pairedAt(String text, int i) {
    if (Character.isHighSurrogate(text.charAt(i))) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
