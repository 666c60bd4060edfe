package io.agentcraft.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which names the server answers to, and whose pages may use it. Otherwise every web page that is opened on this machine could,
 * because of cross-site requests and DNS rebinding.
 */
final class AccessRules {

  static final String ANY = "*";

  private static final String LOCALHOST = "localhost";
  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final Pattern IP =
      Pattern.compile("\\[[0-9a-f:.]+]|((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#@]+)");

  private final Set<String> hosts;
  private final Set<String> origins;

  /**
   * Creates the rules.
   *
   * @param hosts names that are allowed as well
   * @param origins foreign origins that are allowed
   */
  AccessRules(Set<String> hosts, Set<String> origins) {
    this.hosts = Set.copyOf(hosts);
    this.origins = Set.copyOf(origins);
  }

  /** Returns the name in a header {@code Host}, in the form in which names are compared. */
  static String name(String host) {
    return PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
  }

  /** Returns an origin in the form in which origins are compared; null if it is not an origin. */
  static @Nullable String origin(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return lower.equals("null") || ORIGIN.matcher(lower).matches() ? lower : null;
  }

  /** Returns why a request is refused, and how to allow it; null if it is allowed. */
  @Nullable
  String refusal(Headers request, InetAddress address) {
    String host = String.valueOf(request.get("Host"));
    if (!isOwn(name(host), address)) {
      String shown = Refusals.shown(name(host));
      return "The host " + shown
          + " is not one of this server's, which are localhost and the address that it listens on."
          + " Allow it with --allow-host, or with ReferenceServerBuilder.allowHosts(…).";
    }
    String origin = request.get("Origin");
    if (origin != null && !isOwn(origin, host) && !isAllowed(origin)) {
      return "The origin " + Refusals.shown(origin)
          + " is not this server's own. Allow its pages to use the server with --allow-origin, or with"
          + " ReferenceServerBuilder.allowOrigins(…).";
    }
    return null;
  }

  /** Returns the foreign origin of a request, which is allowed; null if the origin is the server's own. */
  @Nullable
  String foreignOrigin(Headers request) {
    String origin = request.get("Origin");
    return origin == null || isOwn(origin, String.valueOf(request.get("Host"))) ? null : origin;
  }

  private boolean isOwn(String name, InetAddress address) {
    return hosts.contains(ANY)
        || hosts.contains(name)
        || name.equals(LOCALHOST)
        || name.endsWith("." + LOCALHOST)
        || (IP.matcher(name).matches() && isOwnAddress(name, address));
  }

  /** A name that a browser resolves can be anybody's, but an address can't. */
  private static boolean isOwnAddress(String literal, InetAddress address) {
    try {
      InetAddress asked = InetAddress.getByName(literal);
      return asked.isLoopbackAddress() || asked.equals(address);
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }

  private static boolean isOwn(String origin, String host) {
    Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return false;
    }
    String defaultPort = parts.group(1).equals("https") ? ":443" : ":80";
    return without(defaultPort, parts.group(2))
        .equals(without(defaultPort, host.toLowerCase(Locale.ROOT)));
  }

  private boolean isAllowed(String origin) {
    return origins.contains(ANY) || origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static String without(String suffix, String text) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
