package io.agentcraft.client.internal.config;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.json.PackageVersion;
import com.fasterxml.jackson.core.util.VersionUtil;
import okhttp3.OkHttp;

/**
 * Finds libraries on the class path that are older than the SDK can work with: another dependency may have brought them,
 * and without a word they would fail on a thread of the network, in the middle of a handshake.
 */
public final class Libraries {

  private static final String OKHTTP = "OkHttp";
  private static final String JACKSON = "Jackson";

  private Libraries() {}

  /**
   * Checks what is there.
   *
   * @throws IllegalStateException if something is too old
   */
  public static void requireNewEnough() {
    require(OKHTTP, okHttp(), "5.2.0", "com.squareup.okhttp3:okhttp-jvm");
    require(
        JACKSON,
        PackageVersion.VERSION.toString(),
        "2.16.0",
        "com.fasterxml.jackson.core:jackson-core and jackson-databind");
  }

  static void require(String library, String found, String least, String artifacts) {
    if (version(found).compareTo(version(least)) < 0) {
      throw new IllegalStateException("The AgentCraft client needs " + library + " " + least
          + " or newer, but " + found + " comes first on the class path. Exclude the older one, or"
          + " ask for a newer version of " + artifacts + ".");
    }
  }

  private static Version version(String text) {
    return VersionUtil.parseVersion(text, null, null);
  }

  /** Not OkHttp.VERSION itself, which the compiler would copy. */
  private static String okHttp() {
    try {
      return String.valueOf(OkHttp.class.getField("VERSION").get(null));
    } catch (ReflectiveOperationException older) {
      return "0";
    }
  }
}
