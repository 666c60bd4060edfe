package io.agentcraft.client.internal.client;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.json.PackageVersion;
import com.fasterxml.jackson.core.util.VersionUtil;
import okhttp3.OkHttp;
import org.jspecify.annotations.Nullable;

/**
 * Refuses libraries on the class path that are older than the SDK can work with: another dependency may have brought them,
 * and otherwise they would fail on a network thread, in the middle of a handshake.
 */
public final class Libraries {

  private Libraries() {}

  /**
   * Checks the class path.
   *
   * @throws IllegalStateException if something is too old
   */
  public static void requireNewEnough() {
    refuse(Found.PROBLEM);
  }

  static void refuse(@Nullable String problem) {
    if (problem != null) {
      throw new IllegalStateException(problem);
    }
  }

  static @Nullable String problem(String library, String found, String least, String artifacts) {
    return version(found).compareTo(version(least)) >= 0
        ? null
        : "The AgentCraft client needs " + library + " " + least + " or newer, but " + found
            + " comes first on the class path. Exclude the older one, or ask for a newer version of "
            + artifacts + ".";
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

  /** Looked at once, at the first client: the class path does not change. */
  private static final class Found {

    static final @Nullable String PROBLEM = problem();

    private static @Nullable String problem() {
      String okHttp =
          Libraries.problem("OkHttp", okHttp(), "5.2.0", "com.squareup.okhttp3:okhttp-jvm");
      return okHttp != null
          ? okHttp
          : Libraries.problem(
              "Jackson",
              PackageVersion.VERSION.toString(),
              "2.16.0",
              "com.fasterxml.jackson.core:jackson-core and jackson-databind");
    }
  }
}
